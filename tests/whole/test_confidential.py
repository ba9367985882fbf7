"""P7 in whole runs: what one prospect said reaches no other's draft, by no way; what is clear stays clear; nothing names anybody."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.confidential import of_anybody
from nurture.config import OfferConfig
from nurture.drafts import Capsule, Words, capsule_of
from nurture.drafts import writer as drafts_writer
from nurture.drafts.draft import Challenge, Shared
from nurture.followups import Action, Item
from nurture.store import cases, known
from tests.whole.house import ANNA, PRICE, House, a_config

PAUL = "Gaspard Tréhin <gaspard@ferronnerie-trehin.example>"
COLLEAGUE = "Lise Hamon <lise@client.example>"
SAID = (
    "Bonjour,\n\nOui, c'est un sujet : le Portail Forgerons nous occupe avec Ludivine Pasquier, et nous avons 17 350 € pour cela.\n\n"
    "Bien à vous,\n\nGaspard Tréhin\nFerronnerie Tréhin SARL\n06 98 76 54 32"
)
SECRETS = [
    "Gaspard Tréhin", "Ferronnerie Tréhin", "gaspard@ferronnerie-trehin.example", "www.ferronnerie-trehin.example", "+33 6 98 76 54 32", "17 350 euros",
    "Portail Forgerons", "Ludivine Pasquier",
]  # fmt: skip
TEMPLATE = '{{# asks = "opinion", gives = "slot", stages = ["stranger"] #}}\n{{% extends "fr/_mail.txt.j2" %}}\n{{% block body %}}\nVoici ce que je voulais vous dire. {} ⟦une chose⟧\n{{% endblock %}}\n'


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Gaspard has told much; Anna's silence is due to be answered."""
    house = House(tmp_path)
    asked = house.write(PAUL)
    house.later(days=1).receive(PAUL, SAID, answers=asked)
    house.run()
    house.write(ANNA)
    return house


def own_templates(house: House, body: str) -> None:
    """All three variants of the first follow-up say this."""
    folder = house.folder / "config" / "templates" / "fr"
    folder.mkdir(parents=True, exist_ok=True)
    for variant in "abc":
        (folder / f"useful-news.{variant}.txt.j2").write_text(TEMPLATE.format(body), encoding="utf-8")


def of_anna(house: House) -> Item:
    """What a run a week later decides for Anna."""
    report = house.later(days=8).run()
    return next(i for i in report.items if i.address.startswith("anna@"))


def held(house: House) -> list[str]:
    """What drafts are held back for."""
    with house.world() as world, world.store.begin() as session:
        return [h.text for h in known.held(session)]


@pytest.mark.parametrize("secret", [s for s in SECRETS if s not in ("17 350 euros", "Portail Forgerons")])
def test_a_secret_in_the_owners_template_holds_the_draft_back_until_it_is_cleared(house: House, secret: str) -> None:
    """The reason names nobody; the words stand in a list of their own; the owner's word is enough."""
    own_templates(house, f"Je viens d'en parler avec {secret}.")
    item = of_anna(house)

    assert (item.action, item.rule) == (Action.SHEET, "confidential")
    assert not re.search("tr[eé]hin|gaspard|pasquier|98 76", item.why, re.IGNORECASE)
    assert "nurture confidential list" in item.why
    assert any(text in secret or secret in text for text in held(house))
    assert not any("Voici ce que je voulais" in house.body(uid) and "anna@" in house.raw(uid).decode() for uid in house.drafts())

    with house.world() as world, world.store.begin() as session:
        known.clear(session, secret, house.now)
        cases.touch(session, {2})
    assert of_anna(house).action is Action.DRAFT
    assert held(house) == []


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "seeded",
    [
        lambda v: {"words": Words(need=v)},
        lambda v: {"resource": Shared(title="Une lecture", sentence=v)},
        lambda v: {"challenge": Challenge(answer=v, reason=v)},
        lambda v: {"feature": v},
        lambda v: {"owner_trade": v},
        lambda v: {"greeting": v},
    ],
    ids=["words", "resource", "challenge", "feature", "note", "greeting"],
)
def test_a_value_of_somebody_else_never_reaches_a_draft(
    house: House, monkeypatch: pytest.MonkeyPatch, secret: str, seeded: object
) -> None:
    """However it got into the capsule: a resource, a note, a fault of ours."""
    own_templates(
        house,
        "{{ words.need }} {{ resource.sentence if resource }} {{ challenge.reason if challenge }} {{ feature }} {{ owner.trade }} {{ greeting }}.",
    )

    def mixed_up(*args: object, **more: object) -> Capsule:
        capsule = capsule_of(*args, **more)  # type: ignore[arg-type]
        return replace(capsule, **seeded(f"chez {secret}")) if "anna" in capsule.variant_seed else capsule  # type: ignore[operator]

    monkeypatch.setattr(drafts_writer, "capsule_of", mixed_up)
    item = of_anna(house)

    assert (item.action, item.rule) == (Action.SHEET, "confidential")


def test_what_they_said_themselves_is_quoted_to_them(tmp_path: Path) -> None:
    """Their names, figures and projects, and what a colleague wrote in their thread; the neighbour's draft stays clean."""
    house = House(tmp_path)
    asked = house.write(PAUL)
    again = house.later(days=1).receive(PAUL, SAID + "\n", answers=asked)
    house.later(minutes=5).receive(
        "Yann Tréhin <yann@ferronnerie-trehin.example>",
        "Bonjour,\n\nJe suis pour, avec la Halle Bleue.\n\nYann Tréhin",
        answers=again,
    )
    house.later(minutes=5).receive(
        PAUL, "Bonjour,\n\nOn veut le Portail Forgerons pour 17 350 €. Quels sont vos tarifs ?\n\nGaspard Tréhin", answers=again
    )
    report = house.later(days=2).run()

    assert [i.action for i in report.items if i.address.startswith("gaspard@")] == [Action.DRAFT]
    assert not any(i.rule == "confidential" for i in report.items)


def test_a_price_given_to_one_is_no_price_for_another(house: House) -> None:
    """Of our own words an offer's amounts are theirs alone; the configured range is open."""
    house.write(
        PAUL,
        "Bonjour,\n\nVoici notre devis : 23 800 € pour le tout, et 40 € de livre.\n\nCamille Laurent",
        subject="Notre proposition",
    )
    house.later(days=1).run()
    with house.world() as world:
        texts = {m.text for m in of_anybody(world, "23 800 € ; 1 900 – 2 600 € ; Camille Laurent")}
    assert texts == {"23 800 €"}


def test_what_the_owner_wrote_to_one_is_no_secret_otherwise(house: House) -> None:
    """A link or a title sent to one may be sent to the next."""
    house.write(
        PAUL, "Bonjour,\n\nLisez le Guide Premiers Pas : https://lectures.example/pas.\n\nCamille Laurent", subject="Une lecture"
    )
    house.later(days=1).run()
    with house.world() as world:
        assert of_anybody(world, "Guide Premiers Pas : https://lectures.example/pas") == ()


def test_the_configuration_is_open_to_all(house: House) -> None:
    """The owner has written it for everybody."""
    house.config = a_config(
        offer=OfferConfig(sentences=("Des ateliers, comme chez Ferronnerie Tréhin.",), price_range="17 350 €")
    )
    own_templates(house, "{{ owner.offer }} {{ owner.price_range }}")
    assert of_anna(house).action is Action.DRAFT


def test_another_variant_is_taken_where_one_would_tell(house: House) -> None:
    """The first without an error."""
    own_templates(house, "Je viens d'en parler avec Gaspard Tréhin.")
    clean = house.folder / "config" / "templates" / "fr" / "useful-news.b.txt.j2"
    clean.write_text(TEMPLATE.format("Rien de plus."), encoding="utf-8")

    assert of_anna(house).action is Action.DRAFT
    assert held(house) == []


def test_a_colleague_outside_the_thread_is_somebody_else(house: House) -> None:
    """Anna's colleague has told of her own project; it is not for Anna."""
    asked = house.write(COLLEAGUE, subject="Autre chose")
    house.receive(
        COLLEAGUE,
        "Bonjour,\n\nNous avons le projet Mésange avec Odilon Brasseur.\n\nLise Hamon",
        answers=asked,
        subject="Re: Autre chose",
    )
    own_templates(house, "Odilon Brasseur me l'a dit.")
    house.later(days=1).run()
    with house.world() as world:
        assert {m.text for m in of_anybody(world, "le projet Mésange, Odilon Brasseur")} >= {"projet Mésange", "Odilon Brasseur"}


def test_nothing_that_is_logged_names_anybody(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """At the most talkative level, with a draft held back, a draft written and a template that is broken."""
    own_templates(house, "Je viens d'en parler avec Gaspard Tréhin.")
    with caplog.at_level(logging.DEBUG):
        report = house.later(days=8).run()
        (house.folder / "config" / "templates" / "fr" / "useful-news.a.txt.j2").write_text("{{ broken", encoding="utf-8")
        house.write("Max Leroy <max@leroy.example>", PRICE)
        house.later(days=8).run()
    told = caplog.text + "".join(capfd.readouterr()) + " ".join(report.problems) + str(report.counts)

    assert report.items
    assert not re.search("gaspard|tr[eé]hin|anna|roux|client|leroy|camille|@", told, re.IGNORECASE), told
