"""Who has begun a sequence keeps their place in it, whatever becomes of its steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.followups import Action, DraftState, Policy, Sequences, parse_sequence, plan_one, standing
from nurture.followups.places import behind, was_for
from nurture.stages import Awaits
from tests.followups.builders import NOW, PARIS, a_case, a_row, ours


def a_text(*steps: str, stage: str = "stranger", name: str = "stranger", top: str = "") -> str:
    """A sequence with these steps; "a=useful-news" names the template, too."""
    tables = []
    for step in steps:
        called, _, template = step.partition("=")
        tables.append(f'[[steps]]\nname = "{called}"\nafter = "3 days"\ntemplate = "{template or called}"\n')
    return f'name = "{name}"\ntitle = "t"\nstage = "{stage}"\n{top}' + "".join(tables)


@pytest.mark.parametrize(
    ("old", "had", "new", "place"),
    [
        ("a b c", "a", "a b c", 1),
        ("a b c", "b", "x a b c", 3),  # something came before it
        ("a b c", "a", "b c", 0),  # it is gone: b is next
        ("a b c", "a", "x b c", 1),  # it was renamed
        ("a b c", "a", "c b", 1),  # b, the nearest later one, wherever it stands now
        ("a b c", "b", "a c", 1),
        ("a b c", "c", "a b", 2),  # nothing is left
        ("a b c", "b", "x y z", 2),  # nothing is known again: as many as had come
        ("a b c", "c", "x", 1),
        ("a b c", "z", "a b c", 0),  # never heard of
        ("", "a", "a b", 1),  # a revision that cannot be read any more
    ],
)
def test_the_place_before_the_nearest_later_step(old: str, had: str, new: str, place: int) -> None:
    """How many steps of the new one lie behind them."""
    before = parse_sequence(a_text(*old.split())) if old else None

    assert behind(before, had, parse_sequence(a_text(*new.split()))) == place


NAMES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True)


@given(NAMES, NAMES, st.data())
def test_no_step_that_lies_behind_comes_again(old: list[str], new: list[str], data: st.DataObject) -> None:
    """And what follows is nothing that comes before the nearest later one."""
    had = data.draw(st.sampled_from(old))
    place = behind(parse_sequence(a_text(*old)), had, parse_sequence(a_text(*new)))
    later = [s for s in old[old.index(had) + 1 :] if s in new]

    assert 0 <= place <= len(new)
    assert had not in new[place:]
    if had not in new and later:
        assert new[place] == later[0]


def known(*revisions: str, current: int) -> Sequences:
    """These texts as the revisions of "stranger"."""
    return Sequences.of(("stranger", n, text, n == current) for n, text in enumerate(revisions, 1))


def test_a_renamed_step_is_not_written_a_second_time() -> None:
    """The letter was sent under its old name; the next one is the next."""
    sequences = known(a_text("news", "open-door"), a_text("hello=news", "open-door"), current=2)
    case = a_case(
        ours("2026-02-02", Awaits.OFFER),
        ours("2026-02-20", Awaits.OFFER),
        ledger=(a_row("2026-02-20", "news"),),
        pinned=(("stranger", 2),),
    )
    item = plan_one(case, sequences, Policy(), NOW, PARIS)

    assert (item.action, item.step, item.revision) == (Action.DRAFT, "open-door", 2)


def test_a_step_that_was_taken_back_and_is_gone_counts_as_over() -> None:
    """Nothing is asked about it any more; the next one comes."""
    sequences = known(a_text("news", "open-door"), a_text("hello=news", "open-door"), current=2)
    row = a_row("2026-02-20", "news", DraftState.WITHDRAWN)
    case = a_case(ours("2026-02-10", Awaits.OFFER), ledger=(row,), pinned=(("stranger", 2),))

    assert plan_one(case, sequences, Policy(), NOW, PARIS).step == "open-door"


def test_where_somebody_stands_is_told_though_a_draft_lies_open() -> None:
    """What comes once it is sent."""
    case = a_case(ours("2026-02-25"), ledger=(a_row("2026-03-10", "useful-news", DraftState.OPEN),))
    found = standing(case, Sequences.shipped(), Policy(), NOW, PARIS)

    assert (found.sequence, found.had, found.ahead) == ("stranger", ("useful-news",), "open-door")
    assert standing(a_case(ours("2026-02-25"), stage="declined"), Sequences.shipped(), Policy(), NOW, PARIS).sequence == ""


# which sequence somebody has


def test_a_retired_sequence_goes_on_for_those_who_have_begun_it() -> None:
    """And for nobody else; where its revision cannot be read, they have the default."""
    sequences = Sequences.of(
        [
            ("mine", 1, a_text("a", name="mine"), False),
            ("mine", 2, "broken =", False),
            ("stranger", 1, a_text("b"), True),
        ]
    )

    assert [
        s.name if (s := sequences.for_stage("stranger", "fr", pins)) else None for pins in ([("mine", 1)], [("mine", 2)], [], [("mine", 7)])
    ] == ["mine", "stranger", "stranger", "stranger"]  # fmt: skip


def test_who_has_begun_is_moved_by_no_change_for_those_who_begin() -> None:
    """Neither by a new sequence that would fit better, nor by one that has gone to another stage."""
    sequences = Sequences.of(
        [
            ("stranger", 1, a_text("a"), False),
            ("stranger", 2, a_text("b", stage="contact"), True),
            ("english", 1, a_text("c", name="english", top='for = { lang = "en" }\n'), True),
            ("mine", 1, a_text("d", name="mine"), True),
        ]
    )
    begun = sequences.for_stage("stranger", "en", [("stranger", 1)])

    assert begun is not None
    assert (begun.name, begun.revision) == ("stranger", 1)
    assert [s.name for lang in ("en", "fr") if (s := sequences.for_stage("stranger", lang))] == ["english", "mine"]


def test_what_comes_once_is_known_again_under_another_name() -> None:
    """The letter after a rest, whose step was renamed since."""
    text = 'name = "every-stage"\ntitle = "t"\nstage = "any"\n[[steps]]\nname = "{name}"\non = "{on}"\ntemplate = "after-rest"\n'
    sources = [
        text.format(name="letter", on="rest"),
        text.format(name="once", on="rest"),
        text.format(name="letter", on="deferral"),
    ]
    sequences = Sequences.of(("every-stage", n, source, n == 2) for n, source in enumerate(sources, 1))
    once = parse_sequence(sources[1]).steps[0]
    row = a_row("2025-01-10", "letter", sequence="every-stage")

    assert was_for(sequences, row, once)
    assert not was_for(sequences, replace(row, revision=3), once)
    assert was_for(sequences, replace(row, revision=9, step="once"), once)
