"""`nurture sequence add-step|set-step|move-step|remove-step|add-answer|set-answer|remove-answer`: for scripts, every field an option."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.followups import Answer, Sequence

F = TypeVar("F", bound=Callable[..., Any])
Change = Callable[["Sequence", str], str]  # (sequence, its text) -> the new text

STEP_FIELDS = (
    click.option("--after", metavar="WAIT", help='How long, e.g. "5 working days", "3 weeks".'),
    click.option("--template", metavar="NAME", help="The text."),
    click.option(
        "--on", metavar="WHAT", help="silence (as a rule), measure; in every-stage: deferral, rest, no-go, welcome, talk."
    ),
    click.option("--asks-for", "asks_for", metavar="WHAT", help="result or measure: comes only while that is missing."),
    click.option("--lang", metavar="LANGUAGE", help="Only for who reads it."),
    click.option("--tag", metavar="TAG", help="Only for who carries it."),
)
PLACES = (
    click.option("--first", is_flag=True, help="Before all others."),
    click.option("--last", is_flag=True, help="Behind all others."),
    click.option("--before", metavar="STEP", help="Right before this step."),
    click.option("--behind", metavar="STEP", help="Right behind this step."),
)
ANSWER_KEYS = (
    click.option("--scope", metavar="SCOPE", help="outside, near, inside or agreed; question."),
    click.option("--late", is_flag=True, help="The text that owns a delay."),
    click.option("--lang", metavar="LANGUAGE", help="Only for who reads it."),
    click.option("--tag", metavar="TAG", help="Only for who carries it."),
)


def given(options: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """Several options at once."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def change(settings: Settings, name: str, message: str, how: Change) -> None:
    """Read, change, check and save, in one transaction."""
    from nurture.followups import SequenceFault, parse_sequence
    from nurture.revise import NotSaved, save, templates_of
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        before = named.row_of(session, name).in_force.source
        try:
            source = how(parse_sequence(before), before)
        except SequenceFault as fault:
            raise NotSaved(name, fault.faults) from fault
        by = named.author(world, settings, message)
        saved = save(session, templates_of(world), name, source, by, seen=sequences.newest(session, name))
    named.tell_saved(settings, saved, source)


def place(sequence: Sequence, options: dict[str, Any], *, moving: int | None = None) -> int | None:
    """Where a step is to stand, counted without the one that is `moving`; None where nothing was said."""
    from nurture.followups import named_step

    said = [key for key in ("first", "last", "before", "behind") if options[key]]
    if len(said) > 1:
        raise WrongUsage(f"--{said[0]} and --{said[1]} say two places. Name one.")
    if not said:
        return None
    others = len(sequence.steps) - (moving is not None)
    if said[0] in ("first", "last"):
        return 0 if said[0] == "first" else others
    at = named_step(sequence, options[said[0]])
    if at == moving:
        raise WrongUsage("A step cannot stand beside itself. Name another one.")
    at -= moving is not None and moving < at
    return at + (said[0] == "behind")


@click.command("add-step")
@global_options
@click.argument("name")
@click.argument("step")
@given(STEP_FIELDS)
@given(PLACES)
@named.message_option
@click.pass_obj
def add_step(settings: Settings, /, name: str, step: str, message: str, **options: Any) -> None:
    """Add STEP to a sequence, behind all others unless you say where.

    \b
    Example: nurture sequence add-step stranger second-news \\
        --after "6 working days" --template after-rest --before open-door
    """
    from nurture.followups import with_step

    fields = {"name": step, **{key: options[key] for key in ("on", "after", "template", "asks_for", "lang", "tag")}}

    def how(sequence: Sequence, source: str) -> str:
        at = place(sequence, options)
        return with_step(source, fields, len(sequence.steps) if at is None else at)

    change(settings, name, message or f"step {step} added", how)


@click.command("set-step")
@global_options
@click.argument("name")
@click.argument("step")
@click.option("--name", "new_name", metavar="NAME", help="Another name for the step.")
@given(STEP_FIELDS)
@named.message_option
@click.pass_obj
def set_step(settings: Settings, /, name: str, step: str, new_name: str | None, message: str, **options: Any) -> None:
    """Change fields of STEP; an empty one is taken away. Comments stay.

    \b
    Example: nurture sequence set-step stranger useful-news \\
        --after "4 working days"
    """
    from nurture.followups import named_step, step_set

    fields = {key: value for key, value in {"name": new_name, **options}.items() if value is not None}
    if not fields:
        raise WrongUsage("Nothing to change was named. `nurture sequence set-step --help` lists what can be.")
    said = ", ".join(f"{key.replace('_', '-')} {value or 'taken away'}" for key, value in fields.items())
    change(
        settings, name, message or f"step {step}: {said}"[:300], lambda s, source: step_set(source, named_step(s, step), fields)
    )


@click.command("move-step")
@global_options
@click.argument("name")
@click.argument("step")
@given(PLACES)
@named.message_option
@click.pass_obj
def move_step(settings: Settings, /, name: str, step: str, message: str, **options: Any) -> None:
    """Put STEP elsewhere, its comments with it.

    \b
    Example: nurture sequence move-step prospect recap --first
    """
    from nurture.followups import named_step, step_moved

    def how(sequence: Sequence, source: str) -> str:
        at = named_step(sequence, step)
        to = place(sequence, options, moving=at)
        if to is None:
            raise WrongUsage("Say where: --first, --last, --before STEP or --behind STEP.")
        return step_moved(source, at, to)

    change(settings, name, message or f"step {step} moved", how)


@click.command("remove-step")
@global_options
@click.argument("name")
@click.argument("step")
@named.message_option
@click.pass_obj
def remove_step(settings: Settings, name: str, step: str, message: str) -> None:
    """Take STEP out. Whoever has begun keeps it until they are migrated.

    \b
    Example: nurture sequence remove-step prospect recap
    """
    from nurture.followups import named_step, without

    change(settings, name, message or f"step {step} removed", lambda s, source: without(source, s.steps[named_step(s, step)]))


@click.command("add-answer")
@global_options
@click.argument("name")
@click.argument("to", metavar="SIGNAL")
@click.option("--template", metavar="NAME", help="The text.")
@click.option(
    "--asks-for", "asks_for", metavar="WHAT", help="result, measure or either: what the text asks about what they expect."
)
@given(ANSWER_KEYS)
@named.message_option
@click.pass_obj
def add_answer(settings: Settings, /, name: str, to: str, message: str, **options: Any) -> None:
    """Answer SIGNAL (price_question, feature_request, … or any) with a text.

    \b
    Example: nurture sequence add-answer prospect price_question \\
        --template answer-price-question --asks-for either
    """
    from nurture.followups import with_answer

    order = ("scope", "late", "template", "asks_for", "lang", "tag")
    fields = {"to": to, **{key: options[key] for key in order}}
    change(settings, name, message or f"answer to {to} added", lambda _, source: with_answer(source, fields))


@click.command("set-answer")
@global_options
@click.argument("name")
@click.argument("to", metavar="SIGNAL")
@click.option("--template", metavar="NAME", help="Another text.")
@click.option("--asks-for", "asks_for", metavar="WHAT", help="result, measure or either; an empty one is taken away.")
@given(ANSWER_KEYS)
@named.message_option
@click.pass_obj
def set_answer(
    settings: Settings, /, name: str, to: str, template: str | None, asks_for: str | None, message: str, **options: Any
) -> None:
    """Answer SIGNAL with another text. Where there are several answers to it, --scope, --late, --lang and --tag say which is meant.

    \b
    Example: nurture sequence set-answer every-stage feature_request \\
        --scope near --template suppose-built
    """
    from nurture.followups import answer_set

    fields = {key: value for key, value in (("template", template), ("asks_for", asks_for)) if value is not None}
    if not fields:
        raise WrongUsage("Nothing to change was named. Say --template or --asks-for.")
    said = ", ".join(f"{key.replace('_', '-')} {value or 'taken away'}" for key, value in fields.items())
    change(
        settings,
        name,
        message or f"answer to {to}: {said}"[:300],
        lambda s, source: answer_set(source, _answer(s, to, options), fields),
    )


@click.command("remove-answer")
@global_options
@click.argument("name")
@click.argument("to", metavar="SIGNAL")
@given(ANSWER_KEYS)
@named.message_option
@click.pass_obj
def remove_answer(settings: Settings, /, name: str, to: str, message: str, **options: Any) -> None:
    """Take an answer out; its options say which, where there are several to one signal.

    \b
    Example: nurture sequence remove-answer every-stage feature_request \\
        --scope near
    """
    from nurture.followups import without

    change(settings, name, message or f"answer to {to} removed", lambda s, source: without(source, _answer(s, to, options)))


def _answer(sequence: Sequence, to: str, options: dict[str, Any]) -> Answer:
    """The one answer that is meant."""
    there = [a for a in sequence.answers if a.to == to]
    meant = [a for a in there if _is_meant(a, options)]
    plain = [a for a in meant if not (a.scope or a.late or a.criterion.lang or a.criterion.tag)]
    found = meant if len(meant) == 1 else plain if not any(options.values()) else []
    if len(found) == 1:
        return found[0]
    if not there:
        raise WrongUsage(f"{sequence.name} does not answer {to!r}. `nurture sequence show {sequence.name}` lists its answers.")
    listed = ", ".join(f"{a.template} ({_told(a)})" for a in there)
    raise WrongUsage(f"Which answer to {to} is meant is not clear. There are: {listed}. Say --scope, --late, --lang or --tag.")


def _is_meant(answer: Answer, options: dict[str, Any]) -> bool:
    wanted = {"scope": answer.scope, "late": answer.late, "lang": answer.criterion.lang, "tag": answer.criterion.tag}
    return all(not value or wanted[key] == value for key, value in options.items())


def _told(answer: Answer) -> str:
    facts = (answer.scope, "late" if answer.late else "", answer.criterion.lang, answer.criterion.tag)
    return ", ".join(f for f in facts if f) or "plain"
