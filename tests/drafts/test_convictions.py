"""The owner's answer to a belief, and their name for a feature: what of the configuration reaches a text, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nurture.config import Conviction, Near, OfferConfig
from nurture.drafts import Draft, Memory, Refused, Resource, Setting, Templates, capsule_of, likest, write
from nurture.followups import DraftState, Lane, Sequences, plan_one, policy_of
from nurture.messages import sentence_hashes
from nurture.stages import Signal, Stage
from tests.drafts.builders import KEY, NOW, PARIS, SHIPPED, a_config
from tests.followups.builders import a_case, a_person, a_row, ours, theirs

SCRIPT = Conviction(
    belief="pas besoin de script, on improvise", answer="un script court libère celui qui parle",
    reason="il n'a plus à chercher ses mots et peut écouter",
)  # fmt: skip
TOOL = Conviction(
    belief="le bon outil suffit",
    answer="l'outil suit la méthode",
    reason="sans méthode il ne fait qu'aller plus vite au mauvais endroit",
)
PRICE = Conviction(
    belief="a cheaper tool does the same job", answer="the tool is the smaller part", reason="most of the cost lies in using it"
)
ALL = (SCRIPT, TOOL, PRICE)
OFFER = OfferConfig(
    outside=(Near(name="plateforme e-learning", fr=("plateforme e-learning",), en=("LMS",)),),
    near=(Near(name="former vos formateurs", fr=("formation de formateurs",), en=("train the trainer",)),),
)
MEMORY = Memory(key=KEY)


@pytest.mark.parametrize(
    ("quote", "belief"),
    [
        ("Chez nous pas de script, les gens improvisent et ça marche.", SCRIPT),
        ("On improvise sans script, comme toujours.", SCRIPT),
        ("Je crois que le bon outil suffit.", TOOL),
        ("A cheaper tool would do the same job for us.", PRICE),
        ("Nous voulons un script en trois langues.", None),  # one word is not the belief
        ("Faites-le en visioconférence, un point c'est tout.", None),
        ("", None),
    ],
)
def test_a_belief_is_known_by_the_words_that_it_shares(quote: str, belief: Conviction | None) -> None:
    """Two of them and half of it, at least."""
    assert likest(quote, ALL) == belief


def setting(**changes: Any) -> Setting:
    """One run of an owner with convictions, an offer and a library."""
    config = a_config(**({"convictions": ALL, "offer": OFFER} | changes))
    return Setting(config=config, sequences=Sequences.shipped(), now=NOW, tz=PARIS, library=LIBRARY)


LIBRARY = (
    Resource(
        key=1,
        title="Former par les pairs",
        lang="fr",
        url="https://exemple.example/pairs",
        tags=("clients",),
        sentence="Un cas chiffré.",
    ),
    Resource(
        key=2,
        title="Learning from peers",
        lang="en",
        url="https://example.com/peers",
        tags=("customers",),
        sentence="A case with figures.",
    ),
)


def dictated(stage: Stage = Stage.PROSPECT, quote: str = "On improvise, pas de script.", lang: str = "fr", **more: Any) -> Any:
    """Somebody who says how it is to be done."""
    mail = theirs("2026-03-09", Signal.HOW_DICTATED, quote=quote)
    return a_case(ours("2026-03-03"), mail, person=a_person(lang=lang), stage=stage, revealed=stage is not Stage.CONTACT, **more)


def written(case: Any, memory: Memory = MEMORY, **changes: Any) -> Draft:
    """The draft of a case."""
    made = setting(**changes)
    item = plan_one(case, made.sequences, policy_of(made.config), NOW, PARIS)
    draft = write(case, item, Templates((SHIPPED,)), made, memory)
    assert isinstance(draft, Draft), draft
    return draft


def test_the_answer_and_its_reason_stand_in_the_text() -> None:
    """And the ledger will know that it was the one challenge."""
    draft = written(dictated())

    assert SCRIPT.answer in draft.text.said.replace("’", "'")
    assert SCRIPT.reason in draft.text.said.replace("’", "'")
    assert draft.challenged


@pytest.mark.parametrize(
    ("case", "memory"),
    [
        (dictated(Stage.CONTACT), MEMORY),
        (dictated(ledger=(a_row("2026-02-20", "answer:feature_request", lane=Lane.ANSWERS),), quote="tout autre chose"), MEMORY),
        (dictated(), Memory(key=KEY, said=sentence_hashes(SCRIPT.answer, KEY))),
        (dictated(ledger=(replace(a_row("2026-02-20", "x", lane=Lane.ANSWERS), challenged=True),)), MEMORY),
        (dictated(quote="A cheaper tool does the same job."), MEMORY),  # its answer is in English
    ],
    ids=["too early", "no such belief", "said by hand", "once already", "another language"],
)
def test_otherwise_nothing_is_contradicted(case: Any, memory: Memory) -> None:
    """The text leaves that to the owner, or asks."""
    draft = written(case, memory)

    assert not draft.challenged
    assert all(c.answer not in draft.text.said.replace("’", "'") for c in ALL)


def test_a_second_contradiction_is_refused_whatever_the_plan_says() -> None:
    """A sequence or a template of the owner's may lead there: the text is read with the ledger in mind."""
    case = dictated(ledger=(replace(a_row("2026-02-20", "x", lane=Lane.ANSWERS), challenged=True),))
    made = setting()
    item = plan_one(case, made.sequences, policy_of(made.config), NOW, PARIS)
    led_there = replace(item, template="answer-how-dictated", scope="")

    assert isinstance(write(dictated(), led_there, Templates((SHIPPED,)), made, MEMORY), Draft)
    assert isinstance(write(case, led_there, Templates((SHIPPED,)), made, MEMORY), Refused)


def test_a_challenge_that_was_taken_back_untouched_was_none() -> None:
    """Nobody has read it."""
    row = replace(a_row("2026-02-20", "x", DraftState.WITHDRAWN, lane=Lane.ANSWERS), challenged=True)
    assert written(dictated(ledger=(row,))).challenged


@pytest.mark.parametrize(
    ("quote", "lang", "says"),
    [
        ("Il nous faut une plateforme e-learning.", "fr", "plateforme e-learning"),
        ("We need an LMS.", "en", "LMS"),
        ("Could you train the trainer?", "en", "train the trainer"),
        ("La formation de formateurs est indispensable.", "fr", "former vos formateurs"),
        ("Il nous faut une application.", "fr", ""),
    ],
)
def test_the_feature_has_the_owners_name(quote: str, lang: str, says: str) -> None:
    """In the language of the letter; unknown, it has none."""
    case = a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.FEATURE_REQUEST, quote=quote), person=a_person(lang=lang))
    made = setting()
    item = plan_one(case, made.sequences, policy_of(made.config), NOW, PARIS)

    assert capsule_of(case, item, made, lang=lang, memory=MEMORY).feature == says


def test_after_their_yes_the_feature_is_what_was_supposed_and_the_agreement_passes_lint() -> None:
    """Subject to delivery by a day, which only the owner can name."""
    case = a_case(
        ours("2026-02-20"), theirs("2026-02-23", Signal.FEATURE_REQUEST, quote="la formation de formateurs"), ours("2026-02-26"),
        theirs("2026-03-09", Signal.ACCEPTANCE, quote="Dans ce cas, on signe."),
        ledger=(a_row("2026-02-24", "answer:feature_request", sequence="every-stage", lane=Lane.ANSWERS, template="suppose-built"),),
        known=frozenset({Signal.RESULT, Signal.MEASURE, Signal.FEATURE_REQUEST}), stage=Stage.CLIENT, revealed=True,
    )  # fmt: skip
    made = setting()
    item = plan_one(case, made.sequences, policy_of(made.config), NOW, PARIS)

    assert capsule_of(case, item, made, lang="fr", memory=MEMORY).feature == "former vos formateurs"
    draft = written(case)
    assert draft.text.template == "agreed-in-principle"
    assert draft.text.slots


@pytest.mark.parametrize(("lang", "link"), [("fr", "https://exemple.example/pairs"), ("en", "https://example.com/peers")])
def test_a_text_that_shares_something_says_what_it_shares(lang: str, link: str) -> None:
    """In its language; of somebody who has said nothing yet the subject tells what it may be about."""
    mail = ours("2026-03-02")
    about = replace(mail, entry=replace(mail.entry, subject="Vos clients, your customers", lang=lang))
    draft = written(a_case(about, person=a_person(lang=lang)))

    assert link in draft.text.said
    assert draft.resource is not None


def test_a_text_that_shares_nothing_has_no_resource_whatever_fits() -> None:
    """What is not in the text stays new to them."""
    assert written(dictated()).resource is None
