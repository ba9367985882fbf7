"""Sequences are read with every fault at its line, and found by stage, criterion and pin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.errors import TemplateFault
from nurture.followups import Outside, Sequence, SequenceFault, Sequences, Wait, parse_sequence, shipped_sequences
from nurture.stages import Signal

GOOD = """\
# a comment
name = "mine"
title = "My strangers"
stage = "stranger"
ceiling = 1
for = { lang = "en" }

[[steps]]
name = "hello"
after = "3 weeks"
template = "useful-news"
tag = "vip"

[[answers]]
to = "feature_request"
scope = "outside"
template = "kind-no"
"""


def faults(source: str) -> tuple[tuple[int, str], ...]:
    with pytest.raises(SequenceFault) as caught:
        parse_sequence(source)
    return caught.value.faults


def test_a_good_one_is_read_whole() -> None:
    """Every field."""
    read = parse_sequence(GOOD)

    assert (read.name, read.title, read.stage, read.ceiling, read.criterion.lang) == ("mine", "My strangers", "stranger", 1, "en")
    assert (read.steps[0].name, read.steps[0].after, read.steps[0].criterion.tag) == ("hello", Wait(count=3, unit="weeks"), "vip")
    assert (read.answers[0].to, read.answers[0].scope, read.answers[0].template) == ("feature_request", "outside", "kind-no")
    assert read.templates == ("useful-news", "kind-no")


BROKEN = """\
name = "Not A Name"
stage = "prospct"
ceiling = 7
colour = "red"

[[steps]]
name = "a"
after = "soon"
template = "x"

[[steps]]
name = "a"
after = "3 days"
templat = "y"

[[answers]]
to = "price_qestion"
template = "z"
scope = "near"

[for]
language = "fr"
"""


def test_all_faults_come_together_each_with_its_line() -> None:
    """A slip of the pen is told with what was probably meant."""
    found = faults(BROKEN)
    says = dict(found)

    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert says[1].startswith("name: 'Not A Name' is no name") or "title is missing" in says[1]
    assert ("did you mean 'prospect'" in says[2], "from 0 to 2" in says[3], "no key here" in says[4]) == (True, True, True)
    assert "is no wait" in says[8]
    assert "template is missing" in says[11]
    assert "second time" in says[12]
    assert "did you mean 'template'" in says[14]
    assert "did you mean 'price_question'" in says[17]
    assert "scope" in says[19]
    assert "no key here" in says[22]


def test_the_fault_is_a_template_fault_in_one_sentence_with_exit_code_16() -> None:
    """For the reader at the terminal."""
    with pytest.raises(TemplateFault, match=r"The sequence mine cannot be used: line 9: name is missing") as caught:
        parse_sequence(GOOD.replace('name = "hello"\n', "").replace("[[steps]]", "\n[[steps]]"))

    assert caught.value.exit_code == 16


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ('name = "x', 1, "no TOML"),
        ('name = "x"\n\ntitle = = 3\n', 3, "no TOML"),
        ('name = "x"\ntitle = "t"\nstage = "any"\n', 1, "neither"),
        (GOOD.replace('for = { lang = "en" }', 'for = "en"'), 6, "must be a table"),
        (GOOD.replace("[[steps]]", "[steps]"), 8, r"must be tables"),
        (GOOD.replace("ceiling = 1", "ceiling = true"), 5, "must be a number"),
        (GOOD.replace('"My strangers"', '"My\\nstrangers"'), 3, "one line"),
        (GOOD + 'late = "yes"\n', 18, "true or false"),
        (GOOD.replace('"feature_request"\nscope = "outside"', '"any"'), 15, "comes late"),
        (GOOD.replace('title = "My strangers"', 'title = """\n[[steps]]\nname = 3\n"""'), 3, "one line"),
        ("a = " + "[" * 20_000, 1, "nested|no TOML"),
        ("#" * 70_000, 1, "longer than"),
    ],
)
def test_each_kind_of_fault_names_its_line(source: str, line: int, says: str) -> None:
    """Also inside strings that look like tables, and for what is no TOML at all."""
    import re

    found = faults(source)

    assert found[0][0] == line
    assert re.search(says, found[0][1])


@given(st.text(alphabet="abc=[]\"\n '{}#.0", max_size=120) | st.text(max_size=80))
def test_whatever_is_typed_it_is_a_fault_with_a_line_and_never_a_crash(source: str) -> None:
    """Fuzzed."""
    assert all(line >= 1 and says for line, says in faults(source))


@given(st.integers(0, len(GOOD)), st.text(alphabet='x="[]\n', max_size=3))
def test_a_good_one_with_a_typo_is_read_or_told(place: int, typo: str) -> None:
    """Nothing in between."""
    told = outcome(GOOD[:place] + typo + GOOD[place:])

    assert isinstance(told, Sequence) or all(line >= 1 for line, _ in told.faults)


def outcome(source: str) -> Sequence | SequenceFault:
    try:
        return parse_sequence(source)
    except SequenceFault as fault:
        return fault


# the shipped ones


def test_one_is_shipped_for_each_stage_and_one_for_all() -> None:
    """Named as their files, ceiling two, an open door at the end."""
    read = {name: parse_sequence(source) for name, source in shipped_sequences()}

    assert {s.stage for s in read.values()} == {"stranger", "contact", "prospect", "qualified", "proposal", "client", "any"}
    assert all(name == s.name and s.ceiling == 2 for name, s in read.items())
    assert all(s.steps[-1].template == "open-door" for s in read.values() if s.stage != "any")


def test_the_shipped_ones_answer_every_signal_that_deserves_an_answer() -> None:
    """All but the pause, the bare thank-you and the opt-out; and there is a text for what comes late."""
    always = Sequences.shipped().always()

    assert always is not None
    silent = {Signal.DEFERRAL, Signal.THANKS, Signal.OPT_OUT, Signal.PROPOSAL_SENT}
    assert {a.to for a in always.answers} == {s.value for s in Signal if s not in silent} | {"any"}
    assert [a.template for a in always.answers if a.late] == ["late-answer"]
    assert {s.on for s in always.steps} == {"deferral", "rest", "no-go", "welcome", "talk"}


# finding them


def a_sequence(name: str, extra: str = "", stage: str = "stranger") -> str:
    return f'name = "{name}"\ntitle = "t"\nstage = "{stage}"\n{extra}\n[[steps]]\nname = "s"\nafter = "3 days"\ntemplate = "x"\n'


def test_a_fitting_criterion_picks_another_sequence_than_the_default() -> None:
    """By language; who carries no tag is picked by none."""
    known = Sequences.of(
        [
            ("stranger", 1, a_sequence("stranger"), True),
            ("english", 3, a_sequence("english", 'for = { lang = "en" }'), True),
            ("vip", 1, a_sequence("vip", 'for = { tag = "vip" }'), True),
            ("another", 1, a_sequence("another"), True),
        ]
    )

    assert [(s.name, s.revision) for lang in ("en", "fr", None) if (s := known.for_stage("stranger", lang))] == [
        ("english", 3),
        ("stranger", 1),
        ("stranger", 1),
    ]
    assert known.for_stage("client") is None
    assert {s.name for s in known.in_force} == {"stranger", "english", "vip", "another"}


def test_who_is_pinned_to_a_revision_keeps_it() -> None:
    """Unless that revision is gone or cannot be read any more."""
    known = Sequences.of(
        [
            ("stranger", 1, a_sequence("stranger"), False),
            ("stranger", 2, a_sequence("stranger"), True),
            ("stranger", 3, "broken =", False),
        ]
    )

    found = [known.for_stage("stranger", None, pins) for pins in ([("stranger", 1)], [("stranger", 3)], [("stranger", 9)], [])]

    assert [s.revision if s else None for s in found] == [1, 2, 2, 2]
    assert known.get("nobody", 1) is None


def test_a_broken_one_in_force_is_a_fault() -> None:
    """It must be told, not passed over."""
    with pytest.raises(TemplateFault):
        Sequences.of([("stranger", 1, "broken =", True)])


def test_a_sequence_for_a_tag_or_a_list_is_for_those_who_carry_it() -> None:
    """Before the default one; who carries nothing gets the default."""
    marks = {"stranger": "", "vip": 'for = { tag = "vip" }', "fair": 'for = { list = "fair", lang = "fr" }'}
    known = Sequences.of((name, 1, a_sequence(name, line), True) for name, line in marks.items())

    def found(lang: str, outside: Outside) -> str:
        chosen = known.for_stage("stranger", lang, outside=outside)
        return chosen.name if chosen else ""

    at_the_fair = Outside(lists=frozenset({"fair"}))
    assert found("fr", Outside()) == "stranger"
    assert found("fr", Outside(tags=frozenset({"vip", "x"}))) == "vip"
    assert found("fr", Outside(tags=frozenset({"VIP"}))) == "stranger"
    assert (found("fr", at_the_fair), found("en", at_the_fair)) == ("fair", "stranger")
