"""The outer form of a text: paragraphs as single lines, the spaces of French typography, the owner's ⟦slots⟧."""

from __future__ import annotations

import re

PART = "\x1f"  # stands between greeting, body and closing while a template is rendered
FINE, FULL = "\u202f", "\u00a0"  # narrow no-break space before ; ! ? and inside « »; no-break space before :
SLOT = re.compile(r"⟦([^⟦⟧]{1,300})⟧")
_ITEM = re.compile(r"\s*(?:[-–•]|\d{1,2}[.)])\s")


def laid_out(greeting: str, body: str, closing: str, lang: str) -> tuple[str, str, str]:
    """The three parts of a text as they are written to a draft: LF line ends, one line a paragraph, no double spaces."""
    parts = (_lines(greeting), _paragraphs(body), _lines(closing))
    return tuple(french_spaces(p) for p in parts) if lang == "fr" else parts  # type: ignore[return-value]  # three in, three out


def _lines(text: str) -> str:
    return "\n".join(line for raw in text.split("\n") if (line := " ".join(raw.split(" ")).strip()))


def _paragraphs(text: str) -> str:
    """Lines of a paragraph joined; list items stay on lines of their own."""
    out: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        lines: list[str] = []
        for line in (raw.strip() for raw in block.split("\n")):
            if lines and line and not _ITEM.match(line):
                lines[-1] = f"{lines[-1]} {line}"
            elif line:
                lines.append(line)
        out += ["\n".join(re.sub(r" {2,}", " ", line) for line in lines)] if lines else []
    return "\n\n".join(out)


def french_spaces(text: str) -> str:
    """Typographic spaces where a plain one, or none, was typed; addresses of the web and times of day are left alone."""
    return "\n".join(" ".join(_french(word) for word in _glued(line).split(" ")) for line in text.split("\n"))


def _glued(line: str) -> str:
    """No-break spaces instead of the plain ones that stand before high punctuation and inside quotation marks."""
    line = re.sub(r" +([?!;]+)(?=\s|$|[»”)\]⟧,.])", rf"{FINE}\1", line)
    line = re.sub(r" +:(?=\s|$)", f"{FULL}:", line)
    line = re.sub(r"«[ \u00a0\u202f]*", f"«{FULL}", line)
    return re.sub(r"[ \u00a0\u202f]*»", f"{FULL}»", line)


def _french(word: str) -> str:
    if "://" in word or "@" in word:
        return word
    return re.sub(r"(?<=[\w»”)\]%€⟧…])([?!;]+)(?=$|[»”)\]])", rf"{FINE}\1", word)


def slots_of(text: str) -> tuple[str, ...]:
    """What only the owner can say, in order."""
    return tuple(SLOT.findall(text))
