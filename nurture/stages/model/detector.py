"""The detector that asks the model: every sentence of the body by itself, and with the one after it.

The encoder (`stages.encoder`) reads the whole letter besides, and its logits are added to the model's; of our own mails only those that
may hold an offer, as far as the model sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise

from nurture.stages import encoder
from nurture.stages.encoder import Encoder
from nurture.stages.lexicon import Meanings, meanings
from nurture.stages.model import grams
from nurture.stages.model.weights import Model, Sum, load
from nurture.stages.scored import NEVER_DROPPED, Scored, confidence
from nurture.stages.sentences import Letter, Role, Sentence
from nurture.stages.verdict import Signal

FAINT = -2.2  # of a logit: a confidence of 0.1, below which nothing makes a finding or a doubt of a score
HOPELESS = -2.5  # of a logit: a mail of ours with nothing above it holds no offer, and the encoder is not asked
SHARE, SHARE_OF_OURS = 0.58, 0.4  # of the encoder's logits in the sum, for their letters and for ours
DEAF = -3.0  # of a logit: who is below it hears nothing of a stop …
EVEN = 0.0  # … and the sum from which on that of the other one is enough
LONE = 0.45  # the most that such a stop scores: it is suspected


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its grams added up; `at`: its place in the letter."""

    at: int
    sentence: Sentence
    words: list[str]
    own: Sum

    @property
    def speaks(self) -> bool:
        """It is of the body and has something to be quoted."""
        return self.sentence.role is Role.BODY and bool(self.words and self.sentence.quote)


@dataclass(frozen=True, slots=True)
class Window:
    """One sentence or two in a row: the model's logits, and the encoder's of each sentence that it has read."""

    said: tuple[Said, ...]
    seen: list[float]
    heard: Sequence[Sequence[float]] = ()
    share: float = SHARE

    @property
    def logits(self) -> list[float]:
        """What the model sees, and the most that the encoder hears in one of the sentences."""
        if not self.heard:
            return self.seen
        return [(1 - self.share) * seen + self.share * max(heard) for seen, *heard in zip(self.seen, *self.heard, strict=True)]

    def lone(self, at: int, logit: float) -> bool:
        """One of the two hears it, not for sure (`logit`: both together), and the other nothing at all."""
        return bool(self.heard) and logit < EVEN and min(self.seen[at], max(heard[at] for heard in self.heard)) < DEAF

    def speaking(self, model: Model, at: int) -> Said:
        """The sentence in which a signal is heard best."""
        if len(self.heard) == len(self.said):
            return self.said[max(range(len(self.said)), key=lambda n: self.heard[n][at])]
        return max(self.said, key=lambda said: model.scores(said.own)[at])

    def fired(self, model: Model, at: int) -> str:
        """The lexicon's rule that sees the same, else the words that told, where the model alone would have found it."""
        said = self.speaking(model, at)
        if known := said.sentence.hit(model.signals[at]):
            return known.name
        return f"model:{telling(model, said, at)}" if self.seen[at] >= model.centres[at] or not self.heard else "encoder"


def by_model(letter: Letter) -> Iterator[Scored]:
    """What the model of the letter's language sees in each sentence of the body, and in each two in a row."""
    model = load(letter.lexicon.lang)
    if model is not None and letter.body:
        yield from _seen_by(model, scores_of(letter, model, encoder.load()))


def by_model_of_ours(letter: Letter) -> Iterator[Scored]:
    """The same of a mail of ours, of which only an offer is asked."""
    model = load(f"{letter.lexicon.lang}.ours")
    if model is not None:
        windows = list(scores_of(letter, model))
        if any(seen >= HOPELESS for window in windows for seen in window.seen):
            windows = list(_heard(letter, model, windows, encoder.load()))
        yield from _seen_by(model, windows)


def _seen_by(model: Model, windows: Iterable[Window]) -> Iterator[Scored]:
    for window in windows:
        for at, (logit, seen, centre) in enumerate(zip(window.logits, window.seen, model.centres, strict=True)):
            signal, above = Signal(model.signals[at]), logit - centre
            by_one = signal in NEVER_DROPPED and seen >= centre
            if above >= FAINT or by_one:
                most = LONE if signal is Signal.OPT_OUT and window.lone(at, logit) else 1.0
                yield Scored(
                    signal=signal, sentence=window.speaking(model, at).sentence, score=min(confidence(above), most),
                    rule=partial(window.fired, model, at), by_one=by_one,
                )  # fmt: skip


def scores_of(letter: Letter, model: Model, beside: Encoder | None = None) -> Iterator[Window]:
    """Every sentence of the body, then every two in a row; heard by an encoder, too, where one stands `beside` the model."""
    windows = _added_up(letter, model)
    yield from windows if beside is None else _heard(letter, model, windows, beside)


def _heard(letter: Letter, model: Model, windows: Iterable[Window], beside: Encoder) -> Iterator[Window]:
    ours = letter.context.ours
    heard = beside.logits([s.quote for s in letter.sentences], "" if ours else letter.context.awaits_quote, ours=ours)
    columns = [beside.signals.index(signal) for signal in model.signals]
    of = [[logits[column] for column in columns] if logits else None for logits in heard]
    for window in windows:
        yield replace(window, heard=[logits for s in window.said if (logits := of[s.at])], share=SHARE_OF_OURS if ours else SHARE)


def _added_up(letter: Letter, model: Model) -> Iterator[Window]:
    classes = meanings(letter.lexicon.lang)
    everything = [_said(model, n, sentence, classes) for n, sentence in enumerate(letter.sentences)]
    asked = grams.words(letter.lexicon.folded(letter.context.awaits_quote))
    answers = {short: model.add(grams.asked(asked, short=short)) for short in (True, False)}
    befores = [model.add(grams.before(s.words)) for s in everything]
    afters = [model.add(grams.after(s.words)) for s in everything]
    first, last = model.add(grams.before(())), model.add(grams.after(()))
    for n, one in enumerate(everything):
        if one.speaks:
            around = (befores[n - 1] if n else first) + (afters[n + 1] if n + 1 < len(everything) else last)
            yield Window((one,), model.scores(one.own + around + answers[len(one.words) <= grams.SHORT]))
    for one, other in pairwise(s for s in everything if s.speaks):
        both = one.own + other.own + model.add(grams.crossing(one.words, other.words)) + answers[False]
        yield Window((one, other), model.scores(both + first + last))


def _said(model: Model, at: int, sentence: Sentence, classes: Meanings) -> Said:
    found = grams.words(sentence.folded)
    heard = chain(grams.word_grams(found), grams.meant(classes.said(found)), grams.rules(sentence.hits))
    return Said(at, sentence, found, model.spelled(grams.tokens(sentence.folded)) + model.add(heard))


def telling(model: Model, said: Said, at: int) -> str:
    """The words of a sentence that spoke most for a signal."""
    width = len(model.signals) + 1
    known = [
        (model.table[row * width + at], gram)
        for gram in grams.word_grams(said.words)
        if (row := model.rows.get(gram)) is not None
    ]
    return max(known, default=(0, "w:-"))[1].partition(":")[2]
