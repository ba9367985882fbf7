"""What the owner may say about each thing that waits, most pressing first."""

from __future__ import annotations

import shlex

_STOP, _REOPEN, _UNFOLLOW = "nurture stop {}", "nurture reopen {}", "nurture unfollow {}"
_SILENT, _ANSWERED, _WHY = "nurture settle {} silent", "nurture settle {} answered", "nurture why {}"
_SETTLE = (_ANSWERED, _SILENT)
_LOOK = (_WHY,)
_REFUSED = ("nurture why {}", "nurture template check")

# rule -> commands with a {} for the address. The order is that of the sheet.
COMMANDS: dict[str, tuple[str, ...]] = {
    "go-or-no-go": ("nurture log {} fit yes", "nurture log {} fit no"),
    "unsure": (_STOP, _ANSWERED),
    "somebody-said-stop": (_STOP, _SILENT),
    "answer-too-late": (_ANSWERED,),
    "no-answer-known": (_ANSWERED,),
    "promise-unkept": (_WHY, "nurture log {} call"),
    "junk": _SETTLE,
    "somebody-wrote": _SETTLE,
    "company-wrote": _SETTLE,
    "company-calendar": _SETTLE,
    "colleague-answered": ("nurture follow OTHER", _ANSWERED),
    "challenge": (_SILENT,),
    "unread": _SETTLE,
    "deferred-without-date": (_SILENT, "nurture pause {} --until DAY"),
    "untouched-draft": (_WHY, _UNFOLLOW),
    "withdrawn": (_ANSWERED, _UNFOLLOW),
    "deleted-twice": (_SILENT, _UNFOLLOW),
    "no-go": ("nurture log {} fit yes", _STOP),
    "several-recipients": ("nurture person merge {} OTHER", _UNFOLLOW),
    "in-copy": (_ANSWERED, _UNFOLLOW),
    "control": _LOOK,
    "overdue": ("nurture revive {}",),
    "left": ("nurture follow OTHER", _UNFOLLOW),
    "unreachable": ("nurture person merge {} OTHER", _UNFOLLOW),
    "gesture-again": (_STOP,),
    "gesture-stopped": (_REOPEN, _UNFOLLOW),
    "gesture-several": ("nurture follow OTHER", "nurture pause OTHER --until DAY", "nurture stop OTHER"),
    "gesture-unknown": ("nurture follow {}", "nurture pause {} --until DAY"),
    "gesture-unreadable": ("nurture check",),
    "gesture-machine": (),
    "gesture-excluded": (),
    "gesture-nobody": (),
    "confidential": ("nurture confidential list",),
    "template-fault": ("nurture template check",),
    "gesture-never": (_REOPEN,),
    "gesture-follow": (_UNFOLLOW,),
    "gesture-later": ("nurture pause {} --until DAY",),
}  # fmt: skip
ORDER = tuple(COMMANDS)


def commands(rule: str, address: str) -> tuple[str, ...]:
    """What may be said about one thing; a rule of lint that has no entry of its own is a text that was refused.

    An address may hold what a shell obeys or begin as an option does, and these lines are made to be copied: it is quoted where it
    has to be.
    """
    quoted = ("-- " if address.startswith("-") else "") + shlex.quote(address)
    return tuple(c.replace("{}", quoted) for c in offered(rule))


def offered(rule: str) -> tuple[str, ...]:
    """The same with {} for the address: the catalogues say what each of them does."""
    return COMMANDS.get(rule, _REFUSED)
