"""The caps in whole runs: a text that is refused takes up no room."""

from __future__ import annotations

from pathlib import Path

from nurture.config import Caps
from nurture.followups import Action
from tests.whole.house import ANNA, House, a_config

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

    assert [{i.address.partition("@")[0]: i.rule for i in report.items} for report in (first, second)] == [
        {"paul": "step-due", "anna": "template-fault", "jean": "cap"},
        {"jean": "step-due", "anna": "template-fault", "paul": "open-draft"},
    ]
    assert [next(i.action for i in report.items if i.rule == "template-fault") for report in (first, second)] == [
        Action.SHEET
    ] * 2
    assert len(house.drafts()) == 2
