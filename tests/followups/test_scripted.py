"""Scripts change a sequence's own text: what was asked for, and not one byte besides."""

from __future__ import annotations

from difflib import ndiff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.errors import NurtureError, WrongUsage
from nurture.followups import (
    Criterion,
    SequenceFault,
    answer_set,
    head_set,
    named_step,
    parse_sequence,
    renamed,
    shipped_sequences,
    step_moved,
    step_set,
    with_answer,
    with_step,
    without,
)
from nurture.followups.blocks import blocks_of, joined

TEXT = """\
# of mine
name = "mine"   # never change this
title = 'Étrangers'
stage = "stranger"

# first, something useful
[[steps]]
name = "a"
after   = "3 days" # not sooner
template = "useful-news"


[[steps]]
name = "b"
after = "4 days"
template = "open-door"
# the end of b

# for those who ask
[[answers]]
to = "need"
template = "answer-need\"""".replace('\\"', '"')


def steps(source: str) -> list[str]:
    """Their names."""
    return [s.name for s in parse_sequence(source).steps]


@pytest.mark.parametrize("source", [TEXT, TEXT.replace("\n", "\r\n"), *(source for _, source in shipped_sequences())])
def test_blocks_are_the_document(source: str) -> None:
    """Byte for byte."""
    assert joined(blocks_of(source)) == source


@given(st.text(alphabet="a=[]\"#\n\r'\x0b\u2028 ", max_size=80))
def test_blocks_of_anything_are_that_thing(source: str) -> None:
    """Whatever it is."""
    assert joined(blocks_of(source)) == source


def test_a_field_is_changed_and_comments_stay() -> None:
    """Only that value is another one."""
    assert step_set(TEXT, 0, {"after": "5 days"}) == TEXT.replace('"3 days" # not', '"5 days" # not')
    assert renamed(TEXT, "yours") == TEXT.replace('"mine"', '"yours"')


def test_a_field_can_be_added_and_taken_away() -> None:
    """Back to where it was."""
    more = step_set(TEXT, 1, {"lang": "fr", "asks_for": "result"})

    assert (parse_sequence(more).steps[1].criterion.lang, parse_sequence(more).steps[1].asks_for) == ("fr", "result")
    assert parse_sequence(step_set(more, 1, {"lang": "", "asks_for": ""})) == parse_sequence(TEXT)
    assert "# the end of b" in more


@pytest.mark.parametrize(("at", "names"), [(0, ["new", "a", "b"]), (1, ["a", "new", "b"]), (2, ["a", "b", "new"])])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_step_is_added_where_it_was_asked_for(at: int, names: list[str], eol: str) -> None:
    """Every other line is there as before, in its order; line ends are those of the document."""
    source = TEXT.replace("\n", eol)
    found = with_step(source, {"name": "new", "after": "1 week", "template": "x", "lang": None}, at)

    assert steps(found) == names
    assert [line for line in ndiff(source.split(eol), found.split(eol)) if line.startswith("- ") and line.strip() != "-"] == []
    assert ("\r" in found) == (eol == "\r\n")
    assert found.replace(eol, "").count("\n") == 0


def test_a_step_is_moved_with_its_comment() -> None:
    """And back again: the same document."""
    found = step_moved(TEXT, 0, 1)

    assert steps(found) == ["b", "a"]
    assert '# first, something useful\n[[steps]]\nname = "a"' in found
    assert step_moved(found, 1, 0) == TEXT


def test_a_part_is_taken_out_with_its_comment() -> None:
    """The first, the last, an answer."""
    sequence = parse_sequence(TEXT)

    assert steps(without(TEXT, sequence.steps[0])) == ["b"]
    assert "something useful" not in without(TEXT, sequence.steps[0])
    assert "of mine" in without(TEXT, sequence.steps[0])
    assert parse_sequence(without(TEXT, sequence.answers[0])).answers == ()


def test_what_was_added_and_taken_out_has_left_no_trace() -> None:
    """Of a step in the middle and of an answer at the end."""
    more = with_step(TEXT, {"name": "new", "after": "1 week", "template": "x"}, 1)
    answered = with_answer(TEXT + "\n", {"to": "price_question", "template": "y", "late": True})

    assert without(more, parse_sequence(more).steps[1]) == TEXT.replace("\n\n\n[[", "\n\n\n[[")
    assert without(answered, parse_sequence(answered).answers[1]).rstrip() == TEXT


@pytest.mark.parametrize(("_name", "source"), shipped_sequences())
def test_every_shipped_sequence_can_be_changed_by_scripts(_name: str, source: str) -> None:
    """Each step set, moved, taken out; an answer added."""
    sequence = parse_sequence(source)
    for n, step in enumerate(sequence.steps):
        assert step_set(source, n, {"template": "other"}).count("other") == source.count("other") + 1
        assert len(steps(without(source, step))) == len(sequence.steps) - 1
        assert steps(step_moved(source, n, 0))[0] == step.name
    assert parse_sequence(with_answer(source, {"to": "interest", "lang": "fr", "template": "x"})).answers[-1].template == "x"


def test_what_would_be_no_sequence_is_a_fault_with_its_line() -> None:
    """The wait, the name, a step that is there already, the last part."""
    for fields in ({"after": "soon"}, {"name": "b"}, {"template": "No!"}, {"asks_for": "money"}, {"name": ""}):
        with pytest.raises(SequenceFault):
            step_set(TEXT, 0, fields)
    only = without(without(TEXT, parse_sequence(TEXT).answers[0]), parse_sequence(TEXT).steps[0])
    with pytest.raises(SequenceFault, match="neither"):
        without(only, parse_sequence(only).steps[0])


def test_a_layout_that_cannot_be_changed_safely_is_left_alone() -> None:
    """Tables on one line: the editor is named instead."""
    inline = 'name = "mine"\ntitle = "t"\nstage = "stranger"\nsteps = [{ name = "a", after = "3 days", template = "x" }]\n'

    with pytest.raises(WrongUsage, match="nurture sequence edit mine"):
        step_set(inline, 0, {"after": "4 days"})
    with pytest.raises(WrongUsage, match="It has a, b"):
        named_step(parse_sequence(TEXT), "c")


@given(
    st.integers(0, 1),
    st.dictionaries(st.sampled_from(["name", "after", "template", "lang", "tag", "on"]), st.text(max_size=12), min_size=1),
)
def test_whatever_a_script_says_it_is_done_exactly_or_refused(at: int, fields: dict[str, str]) -> None:
    """Nothing in between, and no crash."""
    try:
        found = step_set(TEXT, at, fields)
    except NurtureError:
        return
    before, after = parse_sequence(TEXT), parse_sequence(found)
    assert after.steps[1 - at] == before.steps[1 - at]
    assert after.answers == before.answers


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_head_is_changed_field_by_field(end: str) -> None:
    """For whom is said anew, all of it; comments stay."""
    source = TEXT.replace("\n", end)
    changed = head_set(source, {"title": "After the fair", "ceiling": 1, "for": {"lang": "en", "list": "salon"}})
    read = parse_sequence(changed)

    assert (read.title, read.ceiling, read.criterion) == ("After the fair", 1, Criterion(lang="en", list="salon"))
    assert (read.steps, read.answers) == (parse_sequence(source).steps, parse_sequence(source).answers)
    assert "# never change this" in changed
    assert parse_sequence(head_set(changed, {"for": {"tag": "vip"}})).criterion == Criterion(tag="vip")
    assert parse_sequence(head_set(changed, {"for": {}})).criterion.everybody


def test_a_head_with_a_fault_is_no_sequence() -> None:
    """It is said where."""
    with pytest.raises(SequenceFault, match="line 3: title"):
        head_set(TEXT, {"title": "a\nb"})


def test_for_in_a_table_of_its_own_is_left_to_an_editor() -> None:
    """Nothing is said twice."""
    with pytest.raises(NurtureError):
        head_set(TEXT.replace("\n# first, something", "\n[for]\nlang = 'fr'\n\n# first, something"), {"for": {"lang": "en"}})


def test_an_answer_says_another_text() -> None:
    """What it answers stays."""
    [before] = parse_sequence(TEXT).answers
    changed = answer_set(TEXT, before, {"template": "late-answer", "asks_for": "result"})
    [after] = parse_sequence(changed).answers

    assert (after.to, after.template, after.asks_for) == ("need", "late-answer", "result")
    assert [line for line in ndiff(TEXT.splitlines(), changed.splitlines()) if line[0] == "-"] == ['- template = "answer-need"']
