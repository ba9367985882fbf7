"""What is known of whom: of others only, together with their company, common property, kept with the person and gone with them."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from nurture.conversations import named_in, told_by
from nurture.messages import headers_of, parse_text
from nurture.store import Session, Store, joining, known, people
from nurture.store.tables import Held, Known, People
from tests.store.builders import NOW


def person(session: Session, address: str, name: str = "") -> int:
    """Somebody."""
    return people.add(session, address=address, name=name, source="test", followed=True, now=NOW)


def tell(session: Session, key: int, text: str, mark: known.Mark = known.THEIRS) -> None:
    """They have written this."""
    headers = headers_of(sender="x@mail.example", to=[], date="2026-03-04T10:00:00+01:00", subject="", headers={})
    known.keep(session, {key: dict.fromkeys(told_by(parse_text(text, headers)), mark)})


def leaks(session: Session, key: int | None, text: str) -> set[str]:
    """What a text for somebody would tell of others; the widest readings."""
    known.catch_up(session)
    found = {m.text for m in known.of_others(session, key, named_in(text))}
    return {t for t in found if not any(t != other and t in other for other in found)}


def test_what_is_known_of_somebody_else_only_is_found(store: Store) -> None:
    """Their name, address, company; what they named; the same is clear for themselves."""
    with store.begin() as session:
        anna = person(session, "anna@client.example", "Anna Roux")
        paul = person(session, "paul.carre@carre-bois.example", "Paul Carré")
        tell(session, paul, "Le Portail Forgerons coûte 12 000 €, appelez le 06 12 34 56 78.")
        text = "Paul Carré de Carré Bois (p@carre-bois.example) a payé 12 000 euros pour le Portail Forgerons, tél. +33 6 12 34 56 78."

        assert leaks(session, anna, text) == {
            "Paul Carré",
            "Carré Bois",
            "carre-bois.example",
            "12 000 euros",
            "Portail Forgerons",
            "+33 6 12 34 56 78",
        }
        assert leaks(session, paul, text) == set()
        assert leaks(session, anna, "Anna Roux, anna@client.example") == set()
        assert leaks(session, None, "Anna Roux") == {"Anna Roux"}


def test_what_both_know_is_clear_for_both(store: Store) -> None:
    """Whoever has read it from us knows it; what we wrote to somebody is no secret of theirs."""
    with store.begin() as session:
        anna, paul, rose = (person(session, f"{n}@{n}.example") for n in ("anna", "paul", "rose"))
        tell(session, paul, "chez Forge Martel")
        tell(session, anna, "comme Forge Martel", known.OURS)
        tell(session, anna, "à la Halle Blanche", known.OURS)

        assert leaks(session, anna, "chez Forge Martel") == set()
        assert leaks(session, rose, "chez Forge Martel") == {"Forge Martel"}
        assert leaks(session, rose, "à la Halle Blanche") == set()


def test_what_somebody_else_wrote_in_the_thread_is_clear_for_nobody(store: Store) -> None:
    """They may not have seen it."""
    with store.begin() as session:
        anna, paul = person(session, "anna@client.example"), person(session, "paul@other.example")
        tell(session, anna, "chez Forge Martel", known.ASIDE)

        assert leaks(session, anna, "chez Forge Martel") == {"Forge Martel"}
        assert leaks(session, paul, "chez Forge Martel") == {"Forge Martel"}


def test_a_colleague_is_somebody_else(store: Store) -> None:
    """The company is known to both; what the colleague said is not."""
    with store.begin() as session:
        anna, paul = (
            person(session, "anna@client-bois.example", "Anna Roux"),
            person(session, "paul@client-bois.example", "Paul Petit"),
        )
        tell(session, paul, "le budget est de 9 000 €")

        assert leaks(session, anna, "Client Bois, 9 000 €, Paul Petit") == {"9 000 €", "Paul Petit"}


def test_a_product_that_several_companies_name_is_nobodys_own(store: Store) -> None:
    """From the third company on; but people whom the owner knows, companies, and amounts stay."""
    with store.begin() as session:
        anna = person(session, "anna@client.example")
        for i in range(3):
            assert (leaks(session, anna, "Google Analytics") == set()) is (i == 0)
            key = person(session, f"x{i}@maker{i}.example")
            tell(session, key, "Nous avons Google Analytics, par Paul Carré, et 9 000 € pour cela.")

        assert leaks(session, anna, "Google Analytics, 9 000 €") == {"9 000 €"}
        assert leaks(session, anna, "Paul Carré") == set()
        person(session, "pc@carre.example", "Paul Carré")
        assert leaks(session, anna, "Paul Carré") == {"Paul Carré"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'orange est mûre, chez nous comme chez Marie.", set()),
        ("On m'a dit du bien d'Orange hier.", set()),
        ("Marie pense comme vous.", set()),
        ("Je l'ai vu avec Delmas, chez Orange.", {"Orange"}),
        ("Comme Marie d'Orange le disait.", {"Orange"}),
        ("Orange. Marie l'a dit.", set()),
    ],
)
def test_a_company_with_an_everyday_name_counts_together_with_its_people(store: Store, text: str, found: set[str]) -> None:
    """« Orange » alone may be a fruit."""
    with store.begin() as session:
        anna = person(session, "anna@client.example")
        person(session, "m.delmas@orange.example", "Marie Delmas")

        assert leaks(session, anna, text) == found


def test_a_word_inside_a_known_name_is_no_leak(store: Store) -> None:
    """Their own company's name may hold somebody's."""
    with store.begin() as session:
        anna = person(session, "anna@jean-martin-et-fils.example", "Anna Roux")
        person(session, "jean@other.example", "Jean Martin")

        assert leaks(session, anna, "chez Jean Martin et Fils") == set()
        assert leaks(session, anna, "chez Jean Martin") == {"Jean Martin"}


def test_it_goes_with_the_person(store: Store) -> None:
    """And what was held back for it is told no more."""
    with store.begin() as session:
        anna, paul = person(session, "anna@client.example"), person(session, "paul@carre-bois.example")
        known.catch_up(session)
        found = known.of_others(session, anna, named_in("chez Carré Bois"))
        known.hold(session, anna, found, NOW)
        assert [(h.text, h.people) for h in known.held(session)] == [("Carré Bois", 1)]

        session.execute(delete(People).where(People.id == paul))

        assert session.scalars(select(Known.form).where(Known.person == paul)).all() == []
        assert known.held(session) == ()
        assert session.scalars(select(Held.text)).all() == []


def test_catching_up_twice_changes_nothing_and_misses_nobody(store: Store) -> None:
    """A second address and a name that come later are taken down too."""
    with store.begin() as session:
        anna = person(session, "anna@client.example")
        for _ in range(2):
            known.catch_up(session)
        before = session.scalars(select(Known.form)).all()
        known.introduce(session, anna, ["a.roux@gmail.com"], "Anna Roux")

        assert len(before) == len(set(before)) > 0
        assert {"aroux@gmail.com", "anna roux"} <= set(session.scalars(select(Known.form)))


def test_more_ways_of_knowing_add_up(store: Store) -> None:
    """Heard aside first, and then from them."""
    with store.begin() as session:
        anna = person(session, "anna@client.example")
        tell(session, anna, "Nous allons chez Forge Martel.", known.ASIDE)
        tell(session, anna, "Nous allons chez Forge Martel.", known.OURS)
        tell(session, anna, "Nous allons chez Forge Martel.", known.ASIDE)
        marks = session.execute(select(Known.secret, Known.own, Known.itself).where(Known.form == "forge martel")).all()

        assert [tuple(m) for m in marks] == [(True, True, False)]


def test_the_owner_clears_and_takes_back(store: Store) -> None:
    """By the text as it was written."""
    with store.begin() as session:
        known.clear(session, "Forge Martel", NOW)
        known.clear(session, "Forge Martel", NOW)

        assert [text for text, _ in known.cleared(session)] == ["Forge Martel"]
        assert known.forget(session, "Forge Martel")
        assert not known.forget(session, "Forge Martel")
        assert known.cleared(session) == ()


def test_what_is_known_of_either_is_known_of_both_once_they_are_joined(store: Store) -> None:
    """Every thing of theirs stays secret, and is clear for them."""
    with store.begin() as session:
        anna, paul = person(session, "anna@client.example", "Anna Roux"), person(session, "paul@client.example")
        other = person(session, "marc@autre.example", "Marc Petit")
        tell(session, anna, "Le Portail Forgerons nous coûte 12 000 €.", known.OURS)
        tell(session, paul, "Le Portail Forgerons nous coûte 9 000 €. Le Projet Zéphyr aussi.")
        joining.merge(session, anna, paul)

        assert leaks(session, anna, "Portail Forgerons, Projet Zéphyr") == set()
        assert len(leaks(session, other, "Portail Forgerons, Projet Zéphyr")) == 2


def test_after_parting_nobody_is_told_what_either_has_said(store: Store) -> None:
    """Whose words told what is not kept: it is clear for neither, and their own names are for each."""
    with store.begin() as session:
        anna = person(session, "anna@client.example", "Anna Roux")
        people.join(session, anna, "paul@autre.example")
        tell(session, anna, "Le Portail Forgerons nous coûte 12 000 €.")
        paul = joining.part(session, anna, ["paul@autre.example"], NOW)

        for who, own in ((anna, "anna@client.example"), (paul, "paul@autre.example")):
            assert leaks(session, who, "Portail Forgerons") == {"Portail Forgerons"}
            assert leaks(session, who, own) == set()
        assert leaks(session, paul, "anna@client.example") != set()
