"""What is asked for, counted: by the owner's name, else by their words; nobody is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nurture.config import Near
from nurture.conversations import Person
from nurture.followups import Policy
from nurture.requested import Feature, requested
from nurture.store import Asked

POLICY = Policy(
    outside=(Near(name="plateforme e-learning", fr=("plateforme e-learning",), en=("LMS",)),),
    near=(Near(name="SAP", fr=("SAP",)),),
)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def asked(who: int, quote: str, *, stage: str = "prospect", days: int = 0) -> Asked:
    """Somebody required something."""
    person = Person(key=who, addresses=(f"p{who}@acme{who}.example",), name="Zoé Bertrand", company=f"acme{who}.example")
    return Asked(person=person, at=MONDAY + timedelta(days=days), lang="fr", quote=quote, stage=stage)


def counted(*rows: Asked) -> list[tuple[str, str, int]]:
    """(name, scope, people) of each thing."""
    return [(f.name, f.scope, f.people) for f in requested(rows, POLICY)]


def test_what_the_configuration_names_is_counted_under_that_name() -> None:
    """In whatever language they said it; each person once."""
    found = counted(
        asked(1, "Il nous faut une plateforme e-learning."), asked(2, "We need an LMS."), asked(1, "Et la plateforme e-learning ?", days=3),
        asked(3, "Relié à SAP, c'est indispensable."),
    )  # fmt: skip

    assert found == [("plateforme e-learning", "outside", 2), ("SAP", "near", 1)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Il nous faut une application mobile.", "On voudrait absolument une appli... enfin, une application mobile !", True),
        ("Il faudrait un export Excel des présences.", "Nous avons besoin de l'export des présences.", True),
        ("We need the slides in Dutch.", "The slides must be in Dutch, no way around it.", True),
        ("Il nous faut une application mobile.", "Il nous faut une permanence téléphonique.", False),
        ("Il faudrait un export Excel.", "Il faudrait un import Word.", False),
    ],
)
def test_what_it_does_not_name_is_counted_by_their_words(one: str, other: str, same: bool) -> None:
    """Much the same words are the same thing."""
    assert len(counted(asked(1, one), asked(2, other))) == (1 if same else 2)


def test_the_words_name_nobody() -> None:
    """Neither the person nor their company."""
    [feature] = requested([asked(1, "Chez Acme1, Zoé Bertrand veut un tableau de bord.")], POLICY)

    assert feature.name == "tableau bord"
    assert feature.scope == ""


def test_people_are_counted_by_where_they_stand() -> None:
    """Three are worth knowing."""
    rows = [asked(n, "une plateforme e-learning", stage=s, days=n) for n, s in enumerate(("prospect", "client", "prospect"))]
    [feature] = requested([*rows, rows[0]], POLICY)

    assert (feature.stages, feature.people, len(feature.asked)) == ({"prospect": 2, "client": 1}, 3, 4)
    assert (str(feature.first), str(feature.last)) == ("2026-03-02", "2026-03-04")
    assert feature.worth_knowing
    assert not Feature(asked=rows[:2]).worth_knowing
    assert requested([], POLICY) == ()
