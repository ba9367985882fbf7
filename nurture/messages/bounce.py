"""Delivery reports: who could not be reached, and whether the address is dead.

"5.x.x = dead" is wrong for most reports (a full mailbox, a policy, a block carry 5.x.x too), so only what says that the
address or its host does not exist makes one hard. The words of the server that refused come first: the report's own
summary ("User unknown" below ">>> DATA") is often a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nurture.messages.addresses import check_address, parse_addresses
from nurture.messages.cues import Cues, alternatives, lists, phrases
from nurture.messages.fields import split_header
from nurture.messages.message import Headers, Kind, Mark, Notice
from nurture.messages.words import fold, one_line

READ = 6_000  # characters of a report that are read
MOST = 20  # recipients of a report that are read
SENTENCES = 80
DEAD_STATUS = re.compile(r"[245]\.(?:1\.(?:1|2|3|6|10)|4\.4)")
_ELSEWHERE = re.compile(r"[45]\.3\.")  # a status that speaks of the system's state
_NAMES = re.compile(r"[^\s<>@]{1,100}@[^\s<>]{1,200}")  # an address may be called does-not-exist@
_SENTENCES = re.compile(r"[.!?;]\s+|[:;]?\n\s*\n|:[ \t]*\n")
_GROUPS = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^([a-z][a-z-]{2,40})[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?:^|[\s#(:;<-])([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"(?:^|[\s:(])([45]\d\d)[\s-]")
_RECIPIENT = re.compile(r"(?:[a-z0-9-]{1,20}\s*;)?\s*<?([^\s<>;,]{3,320})>?", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,120}\.[a-z]{2,24}")
_STAGE = re.compile(
    r"in reply to (?:the )?(?:end of )?(data|mail|rcpt)|after (?:the )?(?:end of )?(data|mail|rcpt)|>>> (data|mail|rcpt)[^\n]{0,200}\n<<<|\[(data|mail|rcpt)_?[a-z]*\]|smtp command\s{1,4}(data|mail|rcpt)"
)
_RETURNED = re.compile(
    r"^(?:-{2,}.{0,40}(?:original|copy of|header|returned|message d'origine|unsent).{0,60}|(?:original message|message headers?|headers) follows?\.?|(?:message-id|mime-version) ?:.*|(?:return-path|received|reporting-mta|final-recipient|original-recipient) ?:.*|>?from \S+@.*|(?:the )?(?:header|headers) of the original.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"[«“\"][^«»“”\"]{4,600}[»”\"]")
_GUESS = re.compile(
    r"^(<<< [^\n]{0,400}\n)\d{3} \d\.\d\.\d <[^>\n]{0,320}>\.\.\. [^\n]{0,100}$", re.MULTILINE
)  # Sendmail's own summary, below what it was told


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a mail brings to tell of a delivery: the delivery-status part, the returned mail, the feedback type."""

    status: str = ""  # message/delivery-status
    returned: bytes = b""  # the returned message, or its headers
    kind: str = ""  # report-type of a multipart/report, "feedback-report" for an abuse report


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What a report says of one recipient."""

    address: str = ""
    action: str = ""
    status: str = ""
    words: str = ""  # folded

    @property
    def relayed(self) -> bool:
        return self.action in ("delivered", "deliverable", "relayed", "expanded")

    @property
    def dead(self) -> bool:
        """Whether it proves that there is no such address."""
        if self.action in ("delayed", "delivered", "relayed", "expanded"):
            return False
        return _is_dead(self.words, self.status)


@cache
def _cues() -> Cues:
    return Cues({name: alternatives(lists(name, "words"))} for name in phrases("bounces"))


def _said(words: str) -> frozenset[str]:
    """What is said, sentence by sentence: a server's words wrap, but they do not reach over a full stop."""
    found: frozenset[str] = frozenset()
    for sentence in _SENTENCES.split(_NAMES.sub("@", words))[:SENTENCES]:
        found |= _cues().of(" ".join(sentence.split())[:1_000])
    return found


def _is_dead(words: str, status: str) -> bool:
    said, coded = _said(words), bool(DEAD_STATUS.fullmatch(status))
    stage = next((next(filter(None, found.groups())) for found in _STAGE.finditer(words)), "")
    if said & {"full", "sender"} or stage == "mail" or status.startswith("4"):
        return False
    if "closed" in said or "moved" in said:
        return True
    if "disabled" in said:
        return False
    if "gone" in said:
        return True
    if coded:
        return "unknown" in said or not said & {"policy", "later"}
    if "host" in said:
        return stage != "data" and "later" not in said
    # After DATA a filter speaks, under the name of an unknown user; and a status or word that says something else is believed.
    return "unknown" in said and stage != "data" and not _ELSEWHERE.match(status) and (stage == "rcpt" or "policy" not in said)


def is_bounce(headers: Headers, subject: str, text: str, report: Report) -> bool:
    """Whether a mail reports a delivery, failed or not. `subject` is folded."""
    if report.status or headers.failed_recipients or report.kind == "delivery-status":
        return True
    named, nobody = "subject" in _cues().of(subject), Mark.NULL_SENDER in headers.marks
    if headers.marks & {Mark.MAILER_DAEMON, Mark.REPORT}:
        return (
            named
            or Mark.REPORT in headers.marks
            or bool(_cues().of(fold(text[:READ])) - {"subject", "relayed", "later", *(() if nobody else ("policy",))})
        )
    if named and nobody:
        return True
    return reads_like_one(text, returns=named and bool(report.returned))


def reads_like_one(whole: str, *, returns: bool) -> bool:
    """Without a mark of a mail system: an SMTP code, the words of a report and of a refusal, and nothing quoted."""
    text = _QUOTED.sub(" ", whole[:READ])
    if not returns and (not _CODE.search(text) or "\n>" in text):
        return False
    words = fold(text)
    return (returns or bool(_cues().of(words) & {"subject", "report"})) and bool(
        _said(words) & {"unknown", "gone", "host", "full"}
    )


def read_bounce(headers: Headers, text: str, report: Report) -> tuple[Kind, Notice]:
    """Hard only where some recipient is proven dead (and then `failed` names only those); a report of success acknowledges."""
    found = tuple(_failures(headers, text, report))
    if found and all(f.relayed for f in found):
        return Kind.ACKNOWLEDGEMENT, Notice(status=found[0].status)
    dead = tuple(f for f in found if f.dead) if _is_from_a_system(headers, report) else ()  # a stranger's word kills nobody
    named = dead or tuple(f for f in found if not f.relayed)
    kind = Kind.BOUNCE_HARD if dead else Kind.BOUNCE_SOFT
    first = named[0] if named else Failure()
    failed = tuple(dict.fromkeys(f.address for f in named if f.address))[:MOST]
    return kind, Notice(failed=failed, status=first.status, quote=one_line(first.words))


def _is_from_a_system(headers: Headers, report: Report) -> bool:
    return bool(report.status or headers.failed_recipients or headers.marks & {Mark.MAILER_DAEMON, Mark.REPORT, Mark.NULL_SENDER})


def _failures(headers: Headers, text: str, report: Report) -> Iterator[Failure]:
    """One by one what the report says; where it has no fields, what its words say of everybody it names."""
    status = report.status or _nested(report.returned)
    groups = [g for part in (status, text[: READ * 2]) for g in _GROUPS.split(part) if "recipient" in g.lower()][:MOST]
    told = _without_returned(text)
    own = _GUESS.sub(r"\1", told)
    found = [f for group in groups if (f := _from_fields(group, own)) is not None]
    if found:
        yield from found
        return
    words = fold(own)
    stated = next(iter(_STATUS.findall(words)), "") or next(iter(_CODE.findall(words)), "")
    action = "delayed" if _says_delayed(fold(headers.subject), words) else ""
    for address in _named(headers, fold(told), report.returned) or [""]:
        yield Failure(address=address, status=stated, words=words, action=action)


def _says_delayed(subject: str, words: str) -> bool:
    return "later" in _cues().of(subject) and not _said(words) & {"gone", "closed", "host", "unknown"}


def _without_returned(text: str) -> str:
    """The report's own text, without the mail that it returns below."""
    found = _RETURNED.search(text[: READ * 4])
    return text[: found.start() if found and found.start() > 20 else READ][:READ]


def _nested(returned: bytes) -> str:
    """A report inside a report: its fields, if the returned mail holds any."""
    at = returned.lower().find(b"final-recipient")
    return returned[max(0, at - 2_000) : at + 4_000].decode("latin-1") if at >= 0 else ""


def _from_fields(group: str, own: str) -> Failure | None:
    fields = {m[1].lower(): m[2].strip() for m in _FIELD.finditer(group[:READ])}
    recipient = fields.get("final-recipient") or fields.get("original-recipient")
    if recipient is None or not ("action" in fields or "status" in fields or "diagnostic-code" in fields):
        return None
    address = next(
        (
            a
            for r in (recipient, fields.get("original-recipient", ""))
            if (m := _RECIPIENT.match(r)) and (a := check_address(m[1]))
        ),
        "",
    )
    diagnostic = fold(fields.get("diagnostic-code", ""))
    stated = _STATUS.search(" " + fields.get("status", ""))
    status = stated[1] if stated else ""
    code = _STATUS.search(diagnostic)
    if code and (not status or status.endswith(".0.0")):
        status = code[1]
    return Failure(
        address=address,
        action=fields.get("action", "").lower().split(" ")[0].strip("()"),
        status=status,
        words=_worded(diagnostic, status, fold(own)),
    )


def _worded(diagnostic: str, status: str, own: str) -> str:
    """What the refusing server said, with the place in the dialogue; where that tells nothing, what the report says."""
    if not DEAD_STATUS.fullmatch(status) and not _said(diagnostic) - {"subject"}:
        return diagnostic + "\n\n" + own
    stage = _STAGE.search(own)
    return diagnostic + ("\n" + stage[0] if stage else "")


def _named(headers: Headers, words: str, returned: bytes) -> list[str]:
    """The addresses that failed, where no field says: the header's, those in the words, the recipients of the returned mail."""
    own = {a.addr for a in headers.to} | ({headers.sender.addr} if headers.sender else set())
    named = list(headers.failed_recipients)
    if not named:
        named = [a for raw in _ADDRESS.findall(words)[:10] if (a := check_address(raw.strip(".'"))) and a not in own]
    if not named and returned:
        named = [a.addr for value in split_header(returned).get("to", [])[:2] for a in parse_addresses(value)]
    return list(dict.fromkeys(named))[:MOST]
