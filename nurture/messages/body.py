"""The words that a mail's author newly wrote: history, attributions, footers and the signature block cut away.

Everything works line by line on capped input, in linear time. Where it is not certain that a line is somebody else's, it
is kept and the result is marked unsure: losing a prospect's words is worse than keeping too many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nurture.messages.signature import cut_signature
from nurture.messages.words import fold

MAX_LINES = 5_000
MAX_LINE = 2_000

# The verb that ends an attribution, in fr en de es it nl pt, on a folded line.
_VERB = re.compile(
    r"(?:a (?:ecrit|repondu)|ecrivait|wrote|schrieb(?: am .{0,60})?|escribio|ha scritto|scrisse|schreef(?: het volgende)?|geschreven|escreveu|a envoye(?: le .{0,60})?)"
    r"(?: ce qui suit| the following| folgendes| lo siguiente| o seguinte)?\s*:?\s*$"
)
_OPENS = re.compile(
    r"^\s*(?:>\s?)*(?:(?:le|on|am|il|el|op|em|de|von|da|a la date du|en date du)\b.{0,250}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,200}|[^\s].{0,120}<[^>\s]{3,120}>.{0,120}|"
    r"\w{3,10}\.?,? \d{1,2}\.? \w{3,10}\.? \d{4}.{0,200})$"
)
_HAS_DATE = re.compile(r"\d{1,2}|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday)\b|@|<")
_INLINE = re.compile(
    r"(?:(?<=[.!?…,;:)»\"])|(?<=\w))\s+((?:le|on|am|il|el|op|em)\s(?:[a-z]{2,10}\.?,?\s){0,2}\d{1,2}[\s./-][^\n]{5,200}?(?:a ecrit|wrote|schrieb|escribio|ha scritto|schreef|escreveu)\s*:)"
)
_FIELD = re.compile(
    r"^[\s>*_]*(?:from|sent|to|cc|subject|date|de|envoye(?: le)?|a|objet|copie a|von|gesendet|an|betreff|datum|enviado(?: el)?|para|asunto|da|inviato|oggetto|"
    r"data|van|verzonden|aan|onderwerp|assunto|reply-to|repondre a|importance)\s?\*{0,2}\s?:\s?\*{0,2}\s*\S?"
)
_FIRST_FIELD = re.compile(r"^[\s>*_]*(?:from|de|von|da|van|expediteur|date|le)\s?\*{0,2}\s?:\s?\*{0,2}\s*\S")
_RULE = re.compile(
    r"^[\s>]*(?:[-_=]{2,}\s?(?:original message|message d'origine|message original|message transfere|forwarded message|mensaje original|mensaje reenviado|ursprungliche nachricht|"
    r"weitergeleitete nachricht|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|mensagem encaminhada|message transmis|"
    r"reply message|reponse originale)\s?[-_=]{2,}|debut du message (?:reexpedie|transfere)\s?:|begin forwarded message\s?:|inizio messaggio inoltrato:|anfang der weitergeleiteten nachricht:)\s*$"
)
_UNDERSCORES = re.compile(r"^\s*_{10,}\s*$")
_QUOTED = re.compile(r"^\s{0,3}>|^\s{0,3}\|\s")
_ABOVE = re.compile(r"^\s*[-=#*~]{3,}\s*(?:please (?:reply|type|write)|repondez|merci de repondre|reply|write|##-).{0,120}(?:above|au-dessus|ci-dessus).{0,80}$")


def new_words(text: str, *, ours: Sequence[str] = (), author: str = "") -> tuple[str, bool]:
    """(the newly written words, whether that is unsure). `ours`: our own earlier texts; `author`: the sender's display name.

    Greeting and closing line stay; the signature block goes. White space at both ends is stripped.
    """
    lines = [line[:MAX_LINE].rstrip() for line in _split_inline(text).split("\n")[:MAX_LINES]]
    folded = [fold(line) for line in lines]
    kept, cut = _without_history(lines, folded)
    kept = _without_ours(kept, ours)
    body = cut_signature(kept, author)
    if body.strip():
        return body.strip(), False
    whole = cut_signature([line for line in lines if not _QUOTED.match(line)], author).strip()
    return (whole, True) if cut and whole else (body.strip(), cut and bool(text.strip()))


def _split_inline(text: str) -> str:
    """An attribution in the middle of a line (HTML stripped to one line) begins a line of its own."""
    if len(text) > 200_000:
        return text
    out = []
    for line in text.split("\n"):
        if len(line) > 40 and (found := _INLINE.search(fold_same(line))):
            out += [line[: found.start(1)].rstrip(), line[found.start(1) :]]
        else:
            out.append(line)
    return "\n".join(out)


def fold_same(line: str) -> str:
    """Folded without changing the length, so that positions stay those of the line."""
    return "".join(f if len(f := fold(c)) == 1 else (c if not f else f[0]) for c in line[:MAX_LINE])


def _without_history(lines: list[str], folded: list[str]) -> tuple[list[str], bool]:
    """The lines before and between the quotes, and whether anything was cut."""
    kept: list[str] = []
    cut = quoted_seen = False
    i = 0
    while i < len(lines):
        if _QUOTED.match(lines[i]):
            cut = quoted_seen = True
            i += 1
            continue
        if _ends_here(lines, folded, i):
            return kept, True
        if span := _attribution(lines, folded, i):
            cut = True
            after = _next_said(lines, i + span)
            if after is not None and not _QUOTED.match(lines[after]):
                # History without marks below: all of it is quoted, unless the rest of the mail is answers between marked quotes.
                return kept, True
            i += span
            continue
        if not _ABOVE.match(folded[i]):
            kept.append(lines[i])
        i += 1
    return kept, cut or quoted_seen


def _ends_here(lines: list[str], folded: list[str], i: int) -> bool:
    """A line after which everything is history: "-----Original Message-----", an Outlook header block, a ruled-off one."""
    line = folded[i]
    if _RULE.match(line):
        return True
    if _UNDERSCORES.match(line):
        after = _next_said(lines, i + 1)
        return after is not None and bool(_FIRST_FIELD.match(folded[after]))
    if not _FIRST_FIELD.match(line):
        return False
    fields = 1
    for other in folded[i + 1 : i + 10]:
        if not other.strip():
            if fields == 1:
                continue
            break
        fields += bool(_FIELD.match(other))
    return fields >= 3


def _attribution(lines: list[str], folded: list[str], i: int) -> int:
    """How many lines from `i` on are an attribution ("Le …, X a écrit :", wrapped or not); 0: none."""
    if not _OPENS.match(folded[i]):
        return 0
    joined = ""
    for n, line in enumerate(folded[i : i + 4], 1):
        if not line.strip():
            break
        joined = f"{joined} {line.strip()}"
        if _VERB.search(joined[-200:]):
            return n if len(joined) <= 400 and _HAS_DATE.search(joined) else 0
    return _bare_attribution(lines, folded, i)


_BARE = re.compile(r"^\s*\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(?: gmt[+-]?\d{2}:?\d{2})? .{2,80}<[^>\s]+>:?\s*$|^\s*[^<>\n]{2,60} <[^>\s]+@[^>\s]+>\s*:?$")


def _bare_attribution(lines: list[str], folded: list[str], i: int) -> int:
    """"2026-03-03 9:14 GMT+01:00 X <x@y>:" without a verb counts where marked quotes follow."""
    after = _next_said(lines, i + 1)
    return int(bool(_BARE.match(folded[i])) and after is not None and bool(_QUOTED.match(lines[after])))


def _next_said(lines: list[str], start: int) -> int | None:
    return next((j for j in range(start, min(len(lines), start + 6)) if lines[j].strip()), None)


def _without_ours(lines: list[str], ours: Sequence[str]) -> list[str]:
    """Without whole lines that stand in our own earlier mails (a quote that no mark shows): runs of two or more, long enough to be ours."""
    if not ours:
        return lines
    known = {key for text in ours for line in text.split("\n") if len(key := _key(line)) >= 20}
    said = [i for i, line in enumerate(lines) if line.strip()]
    hits = [_key(lines[i]) in known for i in said]
    gone = {
        i for n, i in enumerate(said)
        if hits[n] and (len(_key(lines[i])) >= 80 or any(hits[max(0, n - 1) : n]) or any(hits[n + 1 : n + 2]))
    }  # fmt: skip
    return [line for i, line in enumerate(lines) if i not in gone]


def _key(line: str) -> str:
    return " ".join(fold(line.lstrip("> ")).split())
