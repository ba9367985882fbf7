"""The caps in whole runs: a text that is refused takes up no room."""

from __future__ import annotations

from pathlib import Path

from nurture.config import Caps
from nurture.drafts import Resource
from nurture.followups import Action
from nurture.refusals import made_of
from nurture.run import Report
from nurture.store import library
from nurture.summarise import summarise
from tests.whole.house import ANNA, MONDAY, House, a_config

JEAN = "Jean Morel <jean@autre.example>"
BROKEN = """{# asks = "opinion", gives = "slot", stages = ["stranger"] #}
{% extends "fr/_mail.txt.j2" %}
{% block body %}
{% if last.subject == "Vos ruches" %}{{ nothing }}{% endif %}Une chose que je voulais vous dire. ⟦une chose⟧
{% endblock %}
"""


def test_somebody_whose_text_is_refused_keeps_nobody_waiting(tmp_path: Path) -> None:
    """With room for one draft a day, the next one gets it, on every day; and the owner is told of the refused one."""
    house = House(tmp_path, config=a_config(caps=Caps(open_drafts=10, drafts_per_day=1)))
    folder = tmp_path / "config" / "templates" / "fr"
    folder.mkdir(parents=True)
    for variant in "abc":
        (folder / f"useful-news.{variant}.txt.j2").write_text(BROKEN, encoding="utf-8")
    house.write(ANNA, subject="Vos ruches")
    house.later(minutes=5).write("Paul Petit <paul@second.example>")
    house.later(minutes=5).write(JEAN)

    first, second = house.later(days=8).run(), house.later(days=1).run()

    assert [rules(first), rules(second)] == [
        {"paul": "step-due", "anna": "template-fault", "jean": "cap"},
        {"jean": "step-due", "paul": "open-draft"},
    ]
    assert next(i.action for i in first.items if i.rule == "template-fault") is Action.SHEET
    assert len(house.drafts()) == 2


def rules(report: Report) -> dict[str, str]:
    """Who was looked at in a run, and what for."""
    return {i.address.partition("@")[0]: i.rule for i in report.items}


def test_a_refused_text_is_tried_again_when_it_may_come_out_otherwise_and_once_a_week(tmp_path: Path) -> None:
    """Not by every run: after the template has changed, when the person has stirred, and after a week; the sheet names them all the while."""
    house = House(tmp_path, config=a_config())
    templates = tmp_path / "config" / "templates" / "fr"
    templates.mkdir(parents=True)
    for variant in "abc":
        (templates / f"useful-news.{variant}.txt.j2").write_text(BROKEN, encoding="utf-8")
    house.write(ANNA, subject="Vos ruches")

    looked_at = [rules(house.later(days=days).run()) for days in (8, 0, 1, 5, 1)]

    assert looked_at == [{"anna": "template-fault"}, {}, {}, {}, {"anna": "template-fault"}]
    with house.world() as world:
        assert [ask.rule for ask in summarise(world, house.now).asks] == ["template-fault"]
    for variant in "abc":
        (templates / f"useful-news.{variant}.txt.j2").write_text(BROKEN.replace("{{ nothing }}", ""), encoding="utf-8")
    assert rules(house.run(dry_run=True)) == {"anna": "step-due"}
    assert rules(house.run()) == {"anna": "step-due"}
    assert len(house.drafts()) == 1
    assert rules(house.run()) == {"anna": "open-draft"}
    assert rules(house.run()) == {}


def test_what_texts_are_made_of_is_all_of_it(tmp_path: Path) -> None:
    """Each of these makes another digest; nothing else does, in any process."""
    house = House(tmp_path, config=a_config())
    digests = [digest(house), digest(house)]
    (tmp_path / "config" / "templates" / "fr").mkdir(parents=True)
    (tmp_path / "config" / "templates" / "fr" / "own.a.txt.j2").write_text(BROKEN, encoding="utf-8")
    digests.append(digest(house))
    house.config = a_config(follow="listed")
    digests.append(digest(house))
    with house.world() as world, world.store.begin() as session:
        library.add(session, Resource(title="Un essai", lang="fr", sentence="Il dit ce qui reste."), MONDAY)
    digests.append(digest(house))

    assert digests[0] == digests[1]
    assert len(set(digests)) == 4


def digest(house: House) -> str:
    """As a run takes it."""
    with house.world() as world, world.store.begin() as session:
        return made_of(world, session)
