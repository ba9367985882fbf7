"""`nurture why ADDRESS`: one person's whole story: messages, what they say, stage, every decision with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options

if TYPE_CHECKING:
    from nurture.conversations import Entry
    from nurture.followups import Case
    from nurture.stages import Reading
    from nurture.world import World


@click.command()
@global_options
@click.argument("address")
@click.pass_obj
def why(settings: Settings, address: str) -> None:
    """Everything that led to what nurture does, or does not do, about one person.

    \b
    Example: nurture why marie@societe.example
    """
    from nurture.cli import opening, show
    from nurture.cli.words import person_of

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            row = person_of(session, address)
        story = tell(world, settings, row.person.key)
        if settings.as_json:
            show.as_json({"schema": 1, **story})
            return
        show_story(story)


def tell(world: World, settings: Settings, key: int) -> dict[str, Any]:
    """The story as data (docs/json.md)."""
    from nurture.cli import owners_word
    from nurture.join import case_of
    from nurture.store import cases, ledger, library, people

    case = case_of(world, key, settings.now)
    with world.store.begin() as session:
        decisions = cases.decisions(session, key)
        drafts = ledger.for_person(session, key)
        titles = library.titles(session) if any(d.resource for d in drafts) else {}
        told = owners_word.shape(world, session, people.by_keys(session, [key])[0], settings.now)
    return {
        **_who(case),
        "messages": [_message(e, case.readings.get(e.key)) for e in case.conversation.entries],
        **_verdict(case),
        **told,
        "decisions": [
            {
                "at": d.at, "action": d.action, "rule": d.rule, "why": d.why, "quote": d.quote, "due": d.due, "sequence": d.sequence or None,
                "revision": d.revision or None, "step": d.step or None, "template": d.template or None,
            }
            for d in decisions
        ],
        "drafts": [
            {
                "created": d.ledger.created, "state": d.state, "why": d.why, "sequence": d.ledger.sequence, "revision": d.ledger.revision,
                "step": d.ledger.step, "template": f"{d.ledger.template}.{d.ledger.variant}", "template_digest": d.template_digest,
                "message_id": d.identity.message_id, "resource": titles.get(d.resource or 0),
            }
            for d in drafts
        ],
    }  # fmt: skip


def _who(case: Case) -> dict[str, Any]:
    person, word = case.conversation.person, case.word
    return {
        "addresses": list(person.addresses), "name": person.name or None, "first_name": person.first_name, "company": person.company,
        "language": person.lang, "register": person.register, "followed": word.followed, "stopped": word.stopped,
        "paused_until": word.paused_until, "settled": word.settled,
    }  # fmt: skip


def _message(entry: Entry, reading: Reading | None) -> dict[str, Any]:
    return {
        "date": entry.sent, "by": entry.by, "from": entry.sender.addr, "subject": entry.subject, "kind": entry.kind, "message_id": entry.message_id,
        "read": reading is not None,
        "signals": [{"signal": f.signal, "quote": f.quote, "confidence": f.confidence, "rule": f.rule} for f in (reading.findings if reading else ())],
        "unsure": [{"signal": f.signal, "quote": f.quote, "confidence": f.confidence, "rule": f.rule} for f in (reading.unsure if reading else ())],
        "resume_on": (reading.resume_on if reading else None) or entry.resume_on,
        "awaits": reading.awaits if reading else None, "awaits_quote": reading.awaits_quote if reading else "",
    }  # fmt: skip


def _verdict(case: Case) -> dict[str, Any]:
    v = case.verdict
    if v is None:
        return {"stage": None, "turn": None}
    detected = case.detected.stage if case.detected else v.stage
    return {
        "stage_detected": detected,
        "stage": v.stage, "stage_rule": v.rule, "stage_quote": v.evidence.quote, "turn": v.turn, "turn_rule": v.turn_rule,
        "turn_quote": v.turn_evidence.quote, "deferred_until": v.deferred_until, "absent_until": v.absent_until,
    }  # fmt: skip


def show_story(story: dict[str, Any]) -> None:
    """The story for a person to read."""
    from nurture.cli import owners_word, show

    named = f"{story['name']} <{story['addresses'][0]}>" if story["name"] else story["addresses"][0]
    facts = [
        story["company"],
        story["language"],
        story["register"],
        None if story["followed"] else "not followed",
        "stopped" if story["stopped"] else None,
    ]
    show.bullet(f"{named}  {' · '.join(f for f in facts if f)}", indent="")
    show.heading("What was exchanged")
    for m in story["messages"]:
        show_message(m)
    show.heading("Where it stands")
    if story["stage"] is None:
        show.bullet("Nothing could be judged: there is nothing to read yet, or a message could not be read.", indent="  ")
    else:
        show.bullet(f"stage {story['stage']} ({story['stage_rule']})" + quoted(story["stage_quote"]), indent="  ")
        if story["stage_detected"] != story["stage"]:
            show.bullet(f"the mail alone says {story['stage_detected']}")
        show.bullet(f"turn {story['turn']} ({story['turn_rule']})" + quoted(story["turn_quote"]), indent="  ")
    owners_word.tell(story)
    show.heading("What was decided")
    for d in story["decisions"]:
        due = f", due {d['due']}" if d["due"] else ""
        step = f", {d['sequence']} {d['revision']}, step {d['step']}, template {d['template']}" if d["sequence"] else ""
        show.bullet(f"{d['at']:%Y-%m-%d} {d['action']} [{d['rule']}]{due}{step}", indent="  ")
        show.bullet(d["why"] + quoted(d["quote"]))
    for d in story["drafts"]:
        show.bullet(
            f"{d['created']:%Y-%m-%d} draft {d['template']} ({d['sequence']} {d['revision']}): {d['state']}. {d['why']}"
            + (f" It shares « {d['resource']} »." if d["resource"] else ""),
            indent="  ",
        )


def show_message(message: dict[str, Any]) -> None:
    """One message with what it says."""
    from nurture.cli import show

    kind = "" if message["kind"] == "human" else f" ({message['kind']})"
    show.bullet(f"{message['date']:%Y-%m-%d} {message['by']:6} {message['subject']}{kind}", indent="  ")
    for f in message["signals"]:
        show.bullet(f"{f['signal']}{quoted(f['quote'])} [{f['rule']}]")
    for f in message["unsure"]:
        show.bullet(f"unsure: {f['signal']}{quoted(f['quote'])}")
    if message["resume_on"]:
        show.bullet(f"until {message['resume_on']}")
    if message["awaits"]:
        show.bullet(f"awaits {message['awaits']}{quoted(message['awaits_quote'])}")


def quoted(quote: str) -> str:
    """A quote, or nothing."""
    return f" « {quote} »" if quote else ""
