"""One item of the plan -> a draft, or the reasons why there is none: capsule, variant, text, lint, addresses, identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from nurture.config import AccountConfig, Config
from nurture.conversations import Entry
from nurture.drafts.capsule import Setting, capsule_of
from nurture.drafts.draft import Capsule, Draft, Refused, Remark, Severity, Text
from nurture.drafts.identity import identity_of
from nurture.drafts.linter import Page, Reader, lint
from nurture.drafts.memory import Memory
from nurture.drafts.paragraphs import slots_of
from nurture.drafts.template import Templates
from nurture.errors import OutOfBounds
from nurture.followups import AGREED, Case, Item, as_agreed, challenged_before, language_of, policy_of
from nurture.messages import Address, check_address, fold
from nurture.stages import Stage, Turn, Verdict

MONTH = timedelta(days=30.5)
REPLY = ("re:", "re :", "aw:", "sv:", "antw:", "rv:", "rif:")
NOTHING_DECIDED = "A draft was about to be written for somebody about whom nothing was decided. Please report this."
AGAIN = {"fr": "à dire autrement", "en": "to be said in another way"}


def write(case: Case, item: Item, templates: Templates, setting: Setting, memory: Memory) -> Draft | Refused:
    """The draft for one item whose action is DRAFT. Raises TemplateFault when the template is missing or faulty."""
    config = setting.config
    anchor = next(e for e in case.conversation.entries if e.key == item.anchor)
    lang = language_of(case, policy_of(config), setting.now, setting.tz)
    if lang is None or case.verdict is None or item.occasion is None:
        raise OutOfBounds(NOTHING_DECIDED)
    reader = reader_of(case, item, setting, memory, lang)
    chosen = _choose(item, templates, reader)
    if isinstance(chosen, Refused):
        return chosen
    text, remarks = chosen
    sender = _sender(config, anchor)
    return Draft(
        identity=identity_of(item.occasion, memory.key, sender.domain), sender=sender, to=(_recipient(case, item),),
        subject=_subject(anchor, text, setting), text=text, date=setting.now.astimezone(setting.tz), in_reply_to=anchor.message_id,
        references=tuple(dict.fromkeys((*anchor.parents, *([anchor.message_id] if anchor.message_id else [])))), lane=item.occasion.lane,
        remarks=remarks, resource=reader.capsule.resource if "resource" in text.holds else None, challenged="challenge" in text.holds,
    )  # fmt: skip


def reader_of(case: Case, item: Item, setting: Setting, memory: Memory, lang: str) -> Reader:
    """For whom a text in this language would be. Of whom nothing was judged yet is a stranger."""
    verdict = case.verdict or Verdict(stage=Stage.STRANGER, turn=Turn.NOBODY, rule="nothing-exchanged")
    policy = policy_of(setting.config)
    return Reader(
        capsule=capsule_of(case, item, setting, lang=lang, memory=memory), verdict=as_agreed(verdict) if item.scope == AGREED else verdict,
        to=item.address, own=frozenset(setting.config.owner.addresses), key=memory.key, others=memory.others,
        challenged=bool(case.verdict) and challenged_before(case, setting.sequences, policy, setting.now, setting.tz),
    )  # fmt: skip


def variants(
    case: Case, item: Item, templates: Templates, setting: Setting, memory: Memory
) -> tuple[tuple[Text, tuple[Remark, ...]], ...]:
    """Every variant of an item's template as it would read, with what lint says of it, in the order in which they are tried."""
    lang = language_of(case, policy_of(setting.config), setting.now, setting.tz)
    if lang is None or case.verdict is None:
        raise OutOfBounds(NOTHING_DECIDED)
    return tuple(_tried(item, templates, reader_of(case, item, setting, memory, lang)))


def _choose(item: Item, templates: Templates, reader: Reader) -> tuple[Text, tuple[Remark, ...]] | Refused:
    """The first variant without an error that gives something, else the first without an error; where all of them only repeat
    something, that sentence becomes a slot of the first.
    """
    tried = list(_tried(item, templates, reader))
    for text, remarks in sorted(tried, key=lambda t: any(r.rule == "gives-something" for r in t[1])):
        if not _errors(remarks):
            return text, remarks
    for text, remarks in tried:
        if all(r.rule == "not-twice" for r in _errors(remarks)):
            return _with_slots(text, remarks, reader.capsule), tuple(r for r in remarks if r not in _errors(remarks))
    errors = _errors(tried[0][1])
    return Refused(remarks=tuple(r for r in errors if r.rule == "confidential") or errors)  # the others quote the text


def _tried(item: Item, templates: Templates, reader: Reader) -> Iterator[tuple[Text, tuple[Remark, ...]]]:
    for file in templates.variants(item.template, reader.capsule):
        text = templates.render(file, reader.capsule)
        yield text, lint(Page(text=text, reader=reader))


def _errors(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    return tuple(r for r in remarks if r.severity is Severity.ERROR)


def _with_slots(text: Text, remarks: tuple[Remark, ...], capsule: Capsule) -> Text:
    """The text with a ⟦slot⟧ in the place of every sentence that they have had already."""
    said = text.said
    for remark in sorted(_errors(remarks), key=lambda r: -r.span[0]):
        start, end = remark.span
        said = f"{said[:start]}⟦{AGAIN.get(capsule.lang, AGAIN['en'])} : {said[start:end].strip('⟦⟧ ')}⟧{said[end:]}"
    body = text.body.replace(text.said, said)
    return replace(text, said=said, body=body, slots=slots_of(said))


def _sender(config: Config, anchor: Entry) -> Address:
    account = next((a for a in config.accounts if a.key == anchor.account), None) or config.accounts[0]
    return Address(addr=_own_address(config, account, anchor), name=config.owner.name)


def _own_address(config: Config, account: AccountConfig, anchor: Entry) -> str:
    """The address under which this exchange went on, if it is the owner's; else the account's, else the owner's first."""
    used = [anchor.sender.addr] if anchor.ours else [a.addr for a in (*anchor.to, *anchor.cc)]
    found = next((a for a in used if a in config.owner.addresses), None) or account.address or config.owner.addresses[0]
    return check_address(found) or found


def _recipient(case: Case, item: Item) -> Address:
    """The one proven address; never a Reply-To, never anybody new."""
    person = case.conversation.person
    if item.address not in person.addresses:
        raise OutOfBounds("A draft was about to go to an address that is not proven theirs. Please report this.")
    return Address(addr=item.address, name=person.name)


def _subject(anchor: Entry, text: Text, setting: Setting) -> str:
    """The subject unchanged behind "Re: "; a new one only where the thread is older than lookback and the template has one."""
    old = setting.now - anchor.sent > MONTH * setting.config.lookback_months
    if old and text.subject:
        return text.subject
    if not anchor.subject or fold(anchor.subject).startswith(REPLY):
        return anchor.subject
    return f"Re: {anchor.subject}"
