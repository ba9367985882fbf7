"""What they require, looked up in the configuration: outside, near, inside, or a question; and what their yes to a supposition brings."""

from __future__ import annotations

from typing import Any

import pytest

from nurture.config import Near
from nurture.followups import Action, DraftState, Lane, Policy, feature_name, named, scope_of
from nurture.stages import Signal, Stage
from tests.followups.builders import a_case, a_row, ours, planned, theirs

POLICY = Policy(
    outside=(
        Near(name="plateforme e-learning", fr=("plateforme e-learning", "module e-learning"), en=("e-learning platform", "LMS")),
        Near(name="connecteur SAP", fr=("SAP",), en=("SAP",)),
    ),
    near=(
        Near(name="former vos formateurs", fr=("formation de formateurs",), en=("train the trainer",)),
        Near(name="export vers SAP", fr=("export SAP",), en=("SAP export",)),
    ),
    inside=(
        Near(name="atelier", fr=("atelier",), en=("workshop",)),
        Near(name="support papier", fr=("support papier",), en=("handout",)),
    ),
    sentences=(
        "Des ateliers où vos clients apprennent ensemble, avec un compte rendu écrit.",
        "Workshops in which your customers learn together, with a written summary.",
    ),
)


@pytest.mark.parametrize(
    ("quote", "scope", "name"),
    [
        ("Il nous faut absolument une plateforme e-learning.", "outside", "plateforme e-learning"),
        ("Des PLATEFORMES E-LEARNING, ou rien", "outside", "plateforme e-learning"),
        ("une plateforme elearning serait indispensable", "outside", "plateforme e-learning"),
        ("We need an LMS before we go any further.", "outside", "plateforme e-learning"),
        ("Pourriez-vous assurer la formation de formateurs ?", "near", "former vos formateurs"),
        ("We would need a train-the-trainer session.", "near", "former vos formateurs"),
        # the longest name is what they speak of
        ("Il nous faut l'export SAP.", "near", "export vers SAP"),
        ("Il faut que ce soit relié à SAP.", "outside", "connecteur SAP"),
        # what is offered may be spoken of beside what is not
        ("Il faudrait un module e-learning après l'atelier.", "outside", "plateforme e-learning"),
        ("Il nous faut un support papier pour chacun.", "inside", "support papier"),
        ("Every participant needs a handout.", "inside", "support papier"),
        # a sentence of the offer holds all of it
        ("Il nous faut un compte rendu écrit.", "inside", None),
        ("We absolutely need a written summary.", "inside", None),
        # unknown, of two minds, a part of a word, the opposite of what is offered: a question
        ("Il nous faut un compte rendu écrit sous trois jours.", "", None),
        ("Il nous faut un compte rendu, pas écrit.", "", None),
        ("A written summary in Dutch is a must for us.", "", None),
        ("Une plateforme e-learning et la formation de formateurs, sinon rien", "", None),
        ("Il nous faut un sapin.", "", None),
        ("Il nous faut une application mobile.", "", None),
        ("Nos clients veulent autre chose.", "", None),
        ("", "", None),
    ],
)
def test_a_request_is_looked_up_by_its_words(quote: str, scope: str, name: str | None) -> None:
    """Folded, whole words, the longest name first; unknown is a question, never a promise."""
    found = named(quote, POLICY)

    assert (found.scope, found.entry.name if found.entry else None) == (scope, name)
    assert scope_of(quote, POLICY) == scope


@pytest.mark.parametrize(("lang", "says"), [("fr", "former vos formateurs"), ("en", "train the trainer"), ("de", "")])
def test_the_owners_name_for_it_is_in_the_language_of_the_letter(lang: str, says: str) -> None:
    """A French name has no place in an English letter."""
    assert feature_name(POLICY.near[0], lang) == says
    assert feature_name(None, lang) == ""
    assert feature_name(Near(name="SAP"), lang) == "SAP"


@pytest.mark.parametrize(
    ("quote", "template"),
    [
        ("Il nous faut une plateforme e-learning.", "kind-no"),
        ("Il nous faut la formation de formateurs.", "suppose-built"),
        ("Il nous faut un support papier.", "feature-inside"),
        ("Il nous faut une application mobile.", "feature-question"),
    ],
)
def test_every_scope_has_its_answer(quote: str, template: str) -> None:
    """By the shipped sequences."""
    item = planned(a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.FEATURE_REQUEST, quote=quote)), policy=POLICY)

    assert (item.action, item.template) == (Action.DRAFT, template)


def supposed(
    *signals: Signal,
    state: DraftState = DraftState.SENT,
    template: str = "suppose-built",
    extra: tuple[Any, ...] = (),
    **more: Any,
) -> Any:
    """They asked for something near, we supposed it, and they answer."""
    case = a_case(
        ours("2026-02-20"), theirs("2026-02-23", Signal.FEATURE_REQUEST, quote="la formation de formateurs"), ours("2026-02-26"), *extra,
        theirs("2026-03-09", *signals, quote="Dans ce cas, on signe."),
        ledger=(a_row("2026-02-24", "answer:feature_request", state, sequence="every-stage", lane=Lane.ANSWERS, template=template),),
        known=frozenset({Signal.FEATURE_REQUEST, Signal.RESULT, Signal.MEASURE}), stage=Stage.QUALIFIED, revealed=True,
    )  # fmt: skip
    from dataclasses import replace

    last = max(case.readings)
    would = more.get("would", "Dans ce cas, on signe.")
    return replace(
        case,
        readings=case.readings | {last: replace(case.readings[last], would=would)},
        **{k: v for k, v in more.items() if k == "verdict"},
    )


def test_their_yes_to_a_supposition_brings_an_agreement_in_principle() -> None:
    """Whether it reads as an acceptance or as what they would decide; and the plan says so."""
    item = planned(supposed(), policy=POLICY)

    assert (item.template, item.scope, item.signal) == ("agreed-in-principle", "agreed", "feature_request")
    assert "only supposed" in item.why
    assert item.evidence.quote == "Dans ce cas, on signe."
    assert planned(supposed(Signal.ACCEPTANCE, would=""), policy=POLICY).template == "agreed-in-principle"


@pytest.mark.parametrize(
    "case",
    [
        supposed(would=""),
        supposed(Signal.OBJECTION_AUTHORITY),
        supposed(state=DraftState.DELETED),
        supposed(state=DraftState.CLOSED),
        supposed(template="feature-question"),
        supposed(extra=(ours("2026-03-02"),)),
    ],
    ids=[
        "no yes",
        "a yes with an objection",
        "never sent",
        "written by hand instead",
        "nothing was supposed",
        "we wrote again since",
    ],
)
def test_without_their_yes_there_is_none(case: Any) -> None:
    """The agreement in principle needs it, and the supposition before it."""
    assert planned(case, policy=POLICY).template != "agreed-in-principle"


# what they dictate


@pytest.mark.parametrize(
    ("stage", "rows", "template"),
    [
        (Stage.CONTACT, (), "how-dictated-question"),
        (Stage.PROSPECT, (), "answer-how-dictated"),
        (Stage.PROPOSAL, (), "answer-how-dictated"),
        (Stage.PROSPECT, (("answer-how-dictated", DraftState.SENT),), "how-dictated-question"),
        (Stage.PROSPECT, (("answer-how-dictated", DraftState.DELETED),), "how-dictated-question"),
        (Stage.PROSPECT, (("answer-how-dictated", DraftState.WITHDRAWN),), "answer-how-dictated"),
        (Stage.PROSPECT, (("how-dictated-question", DraftState.SENT),), "answer-how-dictated"),
    ],
)
def test_a_belief_is_contradicted_once_and_never_at_the_start(
    stage: Stage, rows: tuple[tuple[str, DraftState], ...], template: str
) -> None:
    """`tactful-challenge`: from prospect on, once a conversation; otherwise they are asked."""
    ledger = tuple(
        a_row("2026-02-20", "answer:how_dictated", s, sequence="every-stage", lane=Lane.ANSWERS, template=t) for t, s in rows
    )
    case = a_case(
        ours("2026-03-03"),
        theirs("2026-03-09", Signal.HOW_DICTATED),
        stage=stage,
        revealed=stage is not Stage.CONTACT,
        ledger=ledger,
    )

    assert planned(case, policy=POLICY).template == template
