"""The detector that asks the model: every sentence of the body by itself, and with the one after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from math import exp

from nurture.stages.lexicon import Meanings, meanings
from nurture.stages.model import grams
from nurture.stages.model.weights import Model, Sum, load
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Role, Sentence
from nurture.stages.verdict import Signal

FAINT = -2.2  # of a logit: a confidence of 0.1, below which nothing makes a finding or a doubt of a score


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its grams added up."""

    sentence: Sentence
    words: list[str]
    own: Sum

    @property
    def speaks(self) -> bool:
        """It is of the body and has something to be quoted."""
        return self.sentence.role is Role.BODY and bool(self.words and self.sentence.quote)


def by_model(letter: Letter) -> Iterator[Scored]:
    """What the model of the letter's language sees in each sentence of the body, and in each two in a row."""
    yield from _seen_by(load(letter.lexicon.lang), letter)


def by_model_of_ours(letter: Letter) -> Iterator[Scored]:
    """The same of a mail of ours, of which only an offer is asked."""
    yield from _seen_by(load(f"{letter.lexicon.lang}.ours"), letter)


def _seen_by(model: Model | None, letter: Letter) -> Iterator[Scored]:
    if model is None:
        return
    for said, logits in scores_of(letter, model):
        for at, (logit, centre) in enumerate(zip(logits, model.centres, strict=True)):
            above = logit - centre
            if above >= FAINT:
                speaking = max(said, key=lambda s: model.scores(s.own)[at]) if len(said) > 1 else said[0]
                yield Scored(
                    signal=Signal(model.signals[at]), sentence=speaking.sentence, score=1 / (1 + exp(-above)),
                    rule=partial(_fired, model, speaking, at),
                )  # fmt: skip


def scores_of(letter: Letter, model: Model) -> Iterator[tuple[tuple[Said, ...], list[float]]]:
    """The logits of every sentence of the body, then of every two in a row."""
    classes = meanings(letter.lexicon.lang)
    everything = [_said(model, sentence, classes) for sentence in letter.sentences]
    asked = grams.words(letter.lexicon.folded(letter.context.awaits_quote))
    answers = {short: model.add(grams.asked(asked, short=short)) for short in (True, False)}
    befores = [model.add(grams.before(s.words)) for s in everything]
    afters = [model.add(grams.after(s.words)) for s in everything]
    first, last = model.add(grams.before(())), model.add(grams.after(()))
    for n, one in enumerate(everything):
        if one.speaks:
            around = (befores[n - 1] if n else first) + (afters[n + 1] if n + 1 < len(everything) else last)
            yield (one,), model.scores(one.own + around + answers[len(one.words) <= grams.SHORT])
    for one, other in pairwise(s for s in everything if s.speaks):
        both = one.own + other.own + model.add(grams.crossing(one.words, other.words)) + answers[False]
        yield (one, other), model.scores(both + first + last)


def _said(model: Model, sentence: Sentence, classes: Meanings) -> Said:
    found = grams.words(sentence.folded)
    heard = chain(grams.word_grams(found), grams.meant(classes.said(found)), grams.rules(sentence.hits))
    return Said(sentence, found, model.spelled(grams.tokens(sentence.folded)) + model.add(heard))


def _fired(model: Model, said: Said, at: int) -> str:
    """The lexicon's rule that sees the same, else the words that told."""
    known = said.sentence.hit(model.signals[at])
    return known.name if known else f"model:{telling(model, said, at)}"


def telling(model: Model, said: Said, at: int) -> str:
    """The words of a sentence that spoke most for a signal."""
    width = len(model.signals) + 1
    known = [
        (model.table[row * width + at], gram)
        for gram in grams.word_grams(said.words)
        if (row := model.rows.get(gram)) is not None
    ]
    return max(known, default=(0, "w:-"))[1].partition(":")[2]
