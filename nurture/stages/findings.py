"""From scored candidates to what is said: thresholds, honest unsureness, and a thank-you that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from nurture.stages import model
from nurture.stages.answers import by_answer
from nurture.stages.later import by_day
from nurture.stages.lexical import by_lexicon
from nurture.stages.plain import bare_trouble
from nurture.stages.promises import announced, promise
from nurture.stages.scored import NEVER_DROPPED, Detector, Scored
from nurture.stages.sense import withstands
from nurture.stages.sentences import Letter, Role, Sentence
from nurture.stages.verdict import Finding, Signal

THRESHOLD = 0.5
SURE = 0.7  # of a stop; of a rule of the lexicon that is heard beside the model …
HEARD = 0.4  # … and what it adds
OFFERED = 0.71  # of an offer of ours: of those that are one nearly all are surer
HANDED = 0.85  # of a rule by which a mail of ours hands over an offer in so many words
BOTH = frozenset({Signal.DECLINE, Signal.ACCEPTANCE, Signal.NEED})  # where its rules are rarely wrong
DOUBT = 0.3  # what the lexicon alone, or the linear model alone, sees of a final word
CERTAIN = 0.985  # of what is said beside its contrary all the same
SUSPECT = 0.25  # from here on one of those is held against writing
HINTED = 0.45  # from here on a no is said where nothing but objections stands beside it
LIKELIEST = 0.2  # of what is said where nothing is sure: hardly anybody writes to say nothing
ALONE = frozenset({Signal.THANKS, Signal.PROPOSAL_SENT})  # said where nothing else is, and by our own mails
LONG_THANKS = 4  # sentences; a longer letter says more than thanks
HERE, SENDS = "ours-hands-over", "sends-it"  # …, and a rule of it that promises where a day is named
BRIEF, QUITE = 4, 0.9  # words of a stop that no rule knows, and how sure it has to be
SHORT = 3  # words that add nothing to a thank-you
CLOSED = frozenset({Signal.DECLINE, Signal.OPT_OUT})  # …
OPEN = frozenset(  # and what nobody says beside them: in the phrase bank one letter in fifty does
    {
        Signal.INTEREST, Signal.PRICE_QUESTION, Signal.INFO_REQUEST, Signal.MEETING, Signal.PROPOSAL_REQUEST, Signal.ACCEPTANCE,
        Signal.DEFERRAL, Signal.OBJECTION_TIMING, Signal.NEED, Signal.RESULT, Signal.MEASURE, Signal.HOW_QUESTION, Signal.FEATURE_REQUEST,
    }
)  # fmt: skip
OBJECTIONS = frozenset(  # … and what they may
    {Signal.OBJECTION_INCUMBENT, Signal.OBJECTION_TRUST, Signal.OBJECTION_AUTHORITY, Signal.OBJECTION_BUDGET}
)
NOT_GUESSED = NEVER_DROPPED | {Signal.ACCEPTANCE}
POLITE = ("thanks", "courtesy", "closing", "greeting")


def findings(
    letter: Letter, detectors: Iterable[Detector] | None = None, *, doubtful: bool = False
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(what the letter says, what is only suspected), each signal once with its surest sentence.

    `doubtful`: some of the words may be somebody else's, so that no final word is more than suspected.
    """
    if detectors is None and model.load(letter.lexicon.lang) is not None:
        heard, by_rule = [s for s in model.by_model(letter) if withstands(s, letter)], list(by_lexicon(letter))
        found = list(_seen(letter, heard, by_rule))
        seen, doubts = _surest([*found, *bare_trouble(letter, found)]), list(_doubts(heard, by_rule))
        guess = not doubtful and not _says_what_for(letter)
    else:  # a language without a model has its lexicon
        seen, doubts = _surest(s for detector in detectors or (by_lexicon, by_answer) for s in detector(letter)), []
        guess = False
    _write_or_meet(seen)
    _excused(seen)
    said = chosen({s: one.score for s, one in seen.items() if not (doubtful and s in NEVER_DROPPED)}, guess=guess)
    sure = [one for s, one in seen.items() if s in said]
    suspected = _surest((*seen.values(), *doubts)).values()
    unsure = [s for s in suspected if s.score >= SUSPECT and s.signal in NEVER_DROPPED and s.signal not in said]
    if not sure and not unsure and (polite := only_polite(letter)):
        sure = [polite]
    return tuple(map(_finding, sure)), tuple(map(_finding, unsure))


def _says_what_for(letter: Letter) -> bool:
    """Who only promises to answer has said what they wrote for; a bare yes to nothing known, or a thumb, says nothing."""
    return bool(promise(letter)[0]) or all(s.hit("assent") or not any(map(str.isalpha, s.folded)) for s in letter.body)


def chosen(confidences: Mapping[Signal, float], *, guess: bool) -> frozenset[Signal]:
    """Which signals of a letter are said, by how sure each is (0..1).

    Those that are sure; with `guess`, where nothing is, the likeliest one, since hardly anybody writes to say nothing. A stop or a pause is
    not guessed but suspected; a no is what is left where it is the likeliest and nothing keeps the door open: most are hinted at, and « we
    have somebody » is one with the door closed (docs/labels.md). « Not now » beside « write in May » is the reason for the pause (there,
    too). A door is open or closed: of both the surer one is said, and a stop or no that is not becomes a suspicion.
    """
    told = {signal: sure for signal, sure in confidences.items() if signal not in ALONE}
    said = {signal for signal, sure in told.items() if sure >= THRESHOLD}
    if guess:
        said |= _guessed(told, said)
    if guess and not said and confidences.get(Signal.THANKS, 0.0) >= THRESHOLD:
        said = {Signal.THANKS}
    agreed = _either(told, said)
    return frozenset(agreed - {Signal.OBJECTION_TIMING} if Signal.DEFERRAL in agreed else agreed)


def _guessed(told: Mapping[Signal, float], said: Set[Signal]) -> Set[Signal]:
    """What is said beside what is sure: the likeliest, or nothing."""
    likely = max(told.keys() - said, key=lambda signal: told[signal], default=None)
    if likely is Signal.DECLINE and said <= OBJECTIONS and told[likely] >= HINTED:
        return {likely}
    if said or likely is None or told[likely] < LIKELIEST or likely in NOT_GUESSED:
        return set()
    return {likely}


def _either(told: Mapping[Signal, float], said: Set[Signal]) -> Set[Signal]:
    closed, opened = (max((told[signal] for signal in said & side), default=0.0) for side in (CLOSED, OPEN))
    if not closed or not opened:
        return said
    loses = CLOSED if opened > closed else OPEN
    return said - {s for s in loses & said if told[s] < (SURE if s is Signal.OPT_OUT else CERTAIN)}


def _surest(scored: Iterable[Scored]) -> dict[Signal, Scored]:
    best: dict[Signal, Scored] = {}
    for one in scored:
        if one.signal not in best or one.score > best[one.signal].score:
            best[one.signal] = one
    return best


def _write_or_meet(seen: dict[Signal, Scored]) -> None:
    """ "Write to me on Thursday" sounds like a meeting: a sentence that asks to be written to proposes one only where that is surer."""
    write, meet = seen.get(Signal.DEFERRAL), seen.get(Signal.MEETING)
    if write and meet and write.sentence is meet.sentence and write.score >= max(meet.score, THRESHOLD):
        del seen[Signal.MEETING]


def _excused(seen: dict[Signal, Scored]) -> None:
    """Trouble is told as a need, or as the reason for waiting ("two are ill and the audit is on Friday, so not now") and for distrust."""
    need, wait, distrust = (seen.get(s) for s in (Signal.NEED, Signal.OBJECTION_TIMING, Signal.OBJECTION_TRUST))
    reasons = [reason for reason in (wait, distrust) if need and reason and reason.sentence is need.sentence]
    if need and any(reason.score >= max(need.score, THRESHOLD) for reason in reasons):
        del seen[Signal.NEED]


def _seen(letter: Letter, heard: Iterable[Scored], by_rule: Sequence[Scored]) -> Iterator[Scored]:
    """By the language's model, checked by what it cannot know; greeting and closing lines, where it does not look, by the lexicon alone."""
    yield from by_answer(letter)
    yield from by_day(letter)
    known = {s.signal for s in by_rule if s.signal in BOTH and s.score >= SURE}
    for scored in heard:
        sure = scored.signal in known or (scored.score >= SUSPECT and _is_stop(scored))
        if sure:
            yield replace(scored, score=min(1.0, scored.score + HEARD))
        else:
            yield replace(scored, score=DOUBT) if _is_brief_stop(scored) else scored
    yield from (s for s in by_rule if s.sentence.role is not Role.BODY)


def _is_stop(scored: Scored) -> bool:
    """A stop in so many words: the lexicon sees it in the same sentence."""
    hit = scored.sentence.hit(scored.signal.value) if scored.signal is Signal.OPT_OUT else None
    return hit is not None and hit.weight >= SURE


def _is_brief_stop(scored: Scored) -> bool:
    """ "Not in the least.": a few words that no rule knows are a stop only where that is quite sure, else suspected."""
    few = len(scored.sentence.folded.split()) <= BRIEF
    return scored.signal is Signal.OPT_OUT and few and scored.score < QUITE and scored.sentence.hit(scored.signal.value) is None


def _doubts(heard: Iterable[Scored], by_rule: Iterable[Scored]) -> Iterator[Scored]:
    """Final words that only the linear model or only the lexicon sees."""
    yield from (replace(s, score=DOUBT) for s in heard if s.by_one)
    for scored in by_rule:
        told_back = scored.signal is Signal.DEFERRAL and scored.sentence.hit("opposite-deferral")
        if scored.signal in NEVER_DROPPED and scored.score >= SUSPECT and scored.sentence.role is Role.BODY and not told_back:
            yield replace(scored, score=min(scored.score, DOUBT))


def only_polite(letter: Letter) -> Scored | None:
    """A thank-you where every sentence is polite and short of content; thanks stands alone (docs/labels.md)."""
    said = [s for s in letter.sentences if s.role is not Role.GREETING]
    if len(letter.body) > LONG_THANKS or not all(_is_polite(s) for s in said):
        return None
    thanking = [(hit, s) for s in said if (hit := s.hit("thanks"))]
    hit, sentence = max(thanking, key=lambda t: t[0].weight, default=(None, None))
    return Scored(signal=Signal.THANKS, sentence=sentence, score=hit.weight, rule=hit.name) if hit and sentence else None


def _is_polite(sentence: Sentence) -> bool:
    return len(sentence.folded.split()) <= SHORT or any(sentence.hit(topic) for topic in POLITE)


def findings_of_ours(letter: Letter) -> tuple[Finding, ...]:
    """An offer, a quote or an agreement in principle that our own mail hands over; our mails carry no other signal."""
    offers = [
        s for s in by_lexicon(letter) if s.signal is Signal.PROPOSAL_SENT and not s.sentence.hit(f"opposite-{s.signal.value}")
    ]
    offers = [s for s in offers if not _only_announced(s.sentence, letter)]
    learnt = [s for s in model.by_model_of_ours(letter) if withstands(s, letter) and not _only_announced(s.sentence, letter)]
    known = max((s.score for s in offers), default=0.0)
    best = max((*learnt, *offers), key=lambda s: s.score, default=None)
    if best is None:
        return ()
    trained = model.load(f"{letter.lexicon.lang}.ours") is not None
    score = max((s.score for s in learnt), default=0.0) + HEARD * known if trained and known < HANDED else known
    return (_finding(replace(best, score=min(score, 1.0))),) if score >= OFFERED else ()


def _only_announced(sentence: Sentence, letter: Letter) -> bool:
    """« Vous recevrez ma proposition mardi » hands over nothing yet."""
    here = sentence.hit(HERE)
    return (here is None or here.name == SENDS) and announced(sentence, letter)


def _finding(scored: Scored) -> Finding:
    return Finding(signal=scored.signal, quote=scored.sentence.quote, confidence=round(scored.score, 3), rule=scored.fired)
