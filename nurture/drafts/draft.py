"""A draft before it is bytes: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from nurture.followups import Lane
from nurture.messages import Address


class Severity(StrEnum):
    ERROR = "error"  # no draft
    WARNING = "warning"  # on the sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What lint says about a text: the rule of the design, a sentence, and the span it points at."""

    rule: str
    severity: Severity
    says: str
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Words:
    """One person's words that a draft may quote (at most 200 characters each); "" where they said nothing of the kind."""

    need: str = ""
    result: str = ""
    measure: str = ""
    deferral: str = ""
    answered: str = ""  # the sentence that carries the signal answered


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """Something of value to share: one resource that this person has not had from us."""

    title: str
    url: str = ""
    sentence: str = ""  # what it is good for, in the capsule's language
    key: int = 0  # its number in the library


@dataclass(frozen=True, kw_only=True, slots=True)
class Challenge:
    """The owner's answer to a belief that they hold, and the reason for it, in the owner's words."""

    answer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Capsule:
    """All that a draft may know: one person, their words, the owner. Nothing else reaches a template."""

    lang: str  # "fr" or "en"
    register: str  # "tu" or "vous" ("vous" in English)
    owner_name: str
    owner_first_name: str = ""
    owner_gender: str | None = None  # "m", "f" or None
    owner_trade: str = ""
    owner_signature: str = ""
    person_name: str | None = None
    first_name: str | None = None  # only where reliable
    company: str | None = None
    words: Words = Words()
    missing: tuple[str, ...] = ()  # of "result", "measure": what they have not said yet
    last_subject: str = ""
    last_day: date | None = None  # of our last mail
    their_day: date | None = None  # of their last mail
    today: date | None = None
    price_range: str = ""  # from the configuration; "" -> a slot
    course: str = ""  # the work in outline, from the configuration; "" -> a slot
    offer: str = ""
    greeting: str = ""  # how the owner greeted them last by hand ("Bonjour Madame Marchetti,"); "" -> the template's own
    resource: Shared | None = None
    challenge: Challenge | None = None
    feature: str = ""  # of a feature request: the owner's own name for it, from the configuration
    variant_seed: str = ""  # chooses among variants, reproducibly
    said: frozenset[str] = frozenset()  # keyed hashes of sentences this person already had from us
    used_variants: frozenset[str] = frozenset()  # "template.variant" already used with this person


@dataclass(frozen=True, kw_only=True)
class TemplateMeta:
    """The first line of a template."""

    asks: str  # none, opinion, conversation, meeting, agreement
    gives: str  # nothing, resource, answer, memory, slot
    offers: bool = False
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Text:
    """A rendered template."""

    body: str  # greeting, body, closing, signature; LF line ends, one line a paragraph
    said: str = ""  # the same without greeting, closing and signature: what lint reads
    greeting: str = ""
    template: str  # "useful-news"
    variant: str  # "a"
    digest: str  # SHA-256 of the template source(s)
    meta: TemplateMeta
    subject: str | None = None  # only from a `subject` block
    slots: tuple[str, ...] = ()  # the ⟦slots⟧ left for the owner
    holds: frozenset[str] = frozenset()  # of "resource" and "challenge", what the template put into it


@dataclass(frozen=True, kw_only=True)
class Refused:
    """No draft: what lint says against the text of every variant. The first remark is the gravest."""

    remarks: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """How a draft of ours is recognised anywhere: keyed hashes of the occasion, in the owner's domain."""

    message_id: str
    token: str  # a second msg-id, put in the middle of References


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One draft, ready to be composed. Bcc and Reply-To do not exist here."""

    identity: Identity
    sender: Address  # an address that the account owns
    to: tuple[Address, ...]
    subject: str
    text: Text
    date: datetime  # aware
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()  # chain ending with the anchor, without the token
    lane: Lane = Lane.FOLLOWUPS
    remarks: tuple[Remark, ...] = field(default=())
    resource: Shared | None = None  # what it shares
    challenged: bool = False  # it contradicts a belief of theirs
