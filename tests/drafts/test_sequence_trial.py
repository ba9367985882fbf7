"""A sequence is tried before it is kept: every fault at its line, and what is only odd as a remark."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.drafts import Severity, Templates, TriedSequence, try_sequence
from nurture.errors import NurtureError
from nurture.followups import head_set, parse_sequence, shipped_sequences, with_step
from nurture.shipped import shipped

TEMPLATES = Templates((shipped("templates"),))
TEXT = """\
name = "mine"
title = "Mine"
stage = "{stage}"
for = { lang = "{lang}" }

[[steps]]
name = "a"
on = "{on}"
after = "3 days"
template = "{template}"
tag = "{tag}"

[[answers]]
to = "need"
template = "answer-need"
"""


def a_text(**changes: str) -> str:
    """A sound sequence for prospects, with these things otherwise."""
    facts = {"stage": "prospect", "lang": "fr", "on": "silence", "template": "recap-expectations", "tag": ""} | changes
    found = TEXT
    for key, value in facts.items():
        found = found.replace(f"{{{key}}}", value)
    return found.replace('tag = ""\n', "")


def told(tried: TriedSequence, severity: Severity) -> list[tuple[int, str]]:
    """(line, rule) of what was found."""
    return [(f.line, f.rule) for f in tried.findings if f.severity is severity]


@pytest.mark.parametrize(("name", "source"), shipped_sequences())
def test_the_shipped_ones_are_sound(name: str, source: str) -> None:
    """Nothing at all is found."""
    assert try_sequence(source, TEMPLATES, name=name).findings == ()


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (a_text(template="recap-expectation"), (10, "template")),
        (a_text(lang="de"), (10, "template")),
        (a_text(stage="stranger"), (10, "ask-fits-stage")),
        (a_text(stage="contact", template="agreed-in-principle"), (10, "expectations-first")),
        (a_text(template="measure-day"), (10, "ask-fits-stage")),
        (a_text(stage="prospct"), (3, "form")),
        (a_text().replace("title", "titel"), (2, "form")),
    ],
)
def test_what_can_never_be_drafted_is_an_error(source: str, error: tuple[int, str]) -> None:
    """No such template, no text in the language, more than may be asked at the stage, an offer too early, no such form."""
    assert error in told(try_sequence(source, TEMPLATES), Severity.ERROR)


@pytest.mark.parametrize(
    ("source", "warning"),
    [
        (a_text(on="rest"), (6, "never-taken")),
        (a_text(stage="any"), (6, "never-taken")),
        (a_text() + '[[steps]]\nname = "b"\nafter = "9 days"\ntemplate = "recap-expectations"\n', (18, "not-twice")),
    ],
)
def test_what_is_odd_is_a_remark(source: str, warning: tuple[int, str]) -> None:
    """It can be saved all the same."""
    found = try_sequence(source, TEMPLATES)

    assert warning in told(found, Severity.WARNING)
    assert found.sound


def test_it_must_bear_its_name() -> None:
    """Renaming is another command."""
    assert told(try_sequence(a_text(), TEMPLATES, name="other"), Severity.ERROR) == [(1, "form")]


def test_the_owners_own_templates_count(tmp_path: Path) -> None:
    """One that is there in one language only is remarked; one whose first line is broken is an error; one that asks too much is never used."""
    folder = tmp_path / "fr"
    folder.mkdir()
    own = Templates((tmp_path, shipped("templates")))
    (folder / "own.a.txt.j2").write_text('{# asks = "none", gives = "nothing" #}\nX\n')
    (folder / "broken.a.txt.j2").write_text("nothing\n")
    (folder / "own.b.txt.j2").write_text('{# asks = "agreement", gives = "slot" #}\nX\n')
    text = a_text(template="own").replace('for = { lang = "fr" }\n', "")

    rules = [rule for _, rule in told(try_sequence(text, own), Severity.WARNING)]
    assert rules == ["template", "ask-fits-stage"]
    assert told(try_sequence(a_text(template="broken"), own), Severity.ERROR) == [(10, "template")]
    (folder / "own.b.txt.j2").unlink()
    assert [rule for _, rule in told(try_sequence(a_text(template="own"), own), Severity.WARNING)] == ["gives-something"]


GOOD = dict(shipped_sequences())["every-stage"]


@given(st.integers(0, len(GOOD)), st.integers(0, 4), st.text(alphabet='x="[]{}\n\r#\\\u2028é\x00', max_size=4))
def test_a_damaged_text_is_sound_or_told_at_a_line_of_it(place: int, cut: int, typo: str) -> None:
    """Never a crash; the line is one that there is."""
    text = GOOD[:place] + typo + GOOD[place + cut :]
    found = try_sequence(text, TEMPLATES, name="every-stage")

    assert found.sound or found.findings
    assert all(1 <= f.line <= text.count("\n") + 1 and f.says for f in found.findings)


@given(st.text(max_size=200) | st.text(alphabet='[]{}"=,.\n steps', max_size=200))
def test_anything_at_all_is_told_at_a_line_of_it(text: str) -> None:
    """Fuzzed."""
    found = try_sequence(text, TEMPLATES)

    assert not found.sound
    assert all(1 <= f.line <= text.count("\n") + 1 and f.says for f in found.findings)


VALUES = [
    '"stranger"', '"useful-news"', '"3 days"', "1", "-1", "9" * 30, "1.5", "nan", "true", "1979-05-27", "07:32:00", "[]", '[1, "a"]', "{}",
    '{ lang = "fr" }', "{ lang = 3 }", '{ lang.x = "a" }', '""', '"\\u0000"', '"""a\nb"""', '[{ name = "a", template = "useful-news", after = "3 days" }]',
]  # fmt: skip
KEYS = (
    "name title stage ceiling for steps answers for.lang steps.name x on after template asks_for lang tag to scope late".split()
)
HEADS = ["[[steps]]", "[[answers]]", "[steps]", "[for]", "[[for]]", "[[steps.x]]", "[a.b]", "# of mine", ""]
LINES = st.sampled_from(HEADS) | st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES))
STEP = {"name": "one-more", "after": "3 days", "template": "open-door"}


@settings(deadline=None)
@given(st.lists(LINES, max_size=9), st.sampled_from(["\n", "\r\n"]))
def test_toml_of_any_shape_is_told_at_a_line_or_can_be_changed_by_scripts(lines: list[str], end: str) -> None:
    """What is sound stays readable after every scripted change, or the change is refused in a sentence."""
    text = end.join(['name = "mine"', 'title = "Mine"', 'stage = "stranger"', *lines])
    found = try_sequence(text, TEMPLATES)

    assert all(1 <= f.line <= text.count("\n") + 1 and f.says for f in found.findings)
    if found.sequence is None:
        return
    changes = (
        partial(with_step, text, STEP, 0),
        partial(head_set, text, {"for": {"tag": "vip"}}),
        partial(head_set, text, {"title": "Other"}),
    )
    for change in changes:
        with suppress(NurtureError):
            assert parse_sequence(change()) != found.sequence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('\n\nname = "x"\ntitle = """\n\n', 4),
        ("name = 1\u2028\ntitle = = 2\n", 1),
        ('name = "line 7"\nname = "line 7"\n', 2),
        ("\n\nx = " + "9" * 5000 + "\n", 3),
        ("\n\nx = " + "[" * 5000 + "\n", 3),
        ('name = "a"\r\ntitle = "b"\r\nstage = "c"\r\n', 3),
        ('name = "x"\nsteps = [\n {name = "a"},\n {after = "b"},\n]\n', 2),
    ],
)
def test_the_line_is_the_right_one(text: str, line: int) -> None:
    """Whatever stands in the text or in Python's own message."""
    assert line in [f.line for f in try_sequence(text, TEMPLATES).findings]
