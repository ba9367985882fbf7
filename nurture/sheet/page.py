"""The HTML part: one column, the client's own letters, light or dark as the reader has it. No image, no script, nothing remote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from nurture.sheet.lines import Item, Section, headline, quiet, sections
from nurture.sheet.sheet import Sheet
from nurture.sheet.wording import Wording

_CODE = re.compile("`([^`]{1,200})`")
THEIRS = frozenset({"quote", "address"})  # what came by mail never looks like a command
STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 24px 16px; background: #f6f5f1; color: #23262b; font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
.sheet { max-width: 40em; margin: 0 auto; overflow-wrap: break-word; }
.day { color: #5f646d; margin: 0; }
h1 { font-size: 1.35em; line-height: 1.3; margin: 0 0 1.2em; font-weight: 600; }
h2 { font-size: 0.85em; letter-spacing: 0.06em; text-transform: uppercase; color: #2c6149; margin: 2em 0 0.3em; }
.lead { color: #5f646d; font-size: 0.9em; margin: 0 0 0.8em; }
.card { background: #ffffff; border: 1px solid #dfddd5; border-radius: 8px; padding: 14px 16px; margin: 0 0 10px; }
.card p { margin: 0.35em 0 0; }
.card .who { margin: 0; font-weight: 600; }
.stage { font-weight: 400; font-size: 0.85em; color: #2c6149; border: 1px solid #b9cfc4; border-radius: 9px; padding: 0 8px; white-space: nowrap; }
.address { color: #5f646d; font-size: 0.9em; }
.quote { border-left: 3px solid #b9cfc4; padding-left: 10px; }
.note { color: #8a4b08; }
code { font: 0.88em ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: #efede6; border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
.card .say { margin-top: 0.6em; font-size: 0.9em; line-height: 1.8; }
.more, .quiet, .foot { color: #5f646d; font-size: 0.9em; }
.quiet { margin: 0; padding-left: 1.2em; }
.foot { border-top: 1px solid #dfddd5; margin-top: 2.4em; padding-top: 0.8em; }
@media (prefers-color-scheme: dark) {
  body { background: #17191c; color: #e4e3df; }
  .day, .lead, .address, .more, .quiet, .foot { color: #a4a8af; }
  h2, .stage { color: #8fcdb0; }
  .card { background: #212429; border-color: #373b42; }
  .stage, .quote { border-color: #3f5f50; }
  .note { color: #e9b872; }
  code { background: #2e3238; }
  .foot { border-color: #373b42; }
}
"""


def page(sheet: Sheet, wording: Wording) -> str:
    """One document. Every word is escaped, whoever said it."""
    body = "\n".join(_body(sheet, wording))
    return (
        f'<!DOCTYPE html>\n<html lang="{wording.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{_safe(headline(sheet, wording))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<div class="sheet">\n{body}\n</div>\n</body>\n</html>\n'
    )


def _body(sheet: Sheet, wording: Wording) -> Iterator[str]:
    day = wording.day(sheet.day)
    yield _p("day", day[:1].upper() + day[1:])
    yield f"<h1>{_safe(headline(sheet, wording))}</h1>"
    for section in sections(sheet, wording):
        yield from _section(section, wording)
    if facts := quiet(sheet, wording):
        yield f"<h2>{_safe(wording.label('quiet'))}</h2>"
        yield '<ul class="quiet">' + "".join(f"<li>{_safe(fact)}</li>" for fact in facts) + "</ul>"
    yield _p("foot", wording.label("foot"))


def _section(section: Section, wording: Wording) -> Iterator[str]:
    yield f"<h2>{_safe(section.title)}</h2>"
    if section.lead:
        yield _p("lead", section.lead)
    for item in section.items:
        yield '<div class="card">\n' + "\n".join(_item(item)) + "\n</div>"
    if section.more:
        yield _p("more", wording.label("more", many=section.more))


def _item(item: Item) -> Iterator[str]:
    stage = f' <span class="stage">{_safe(item.stage)}</span>' if item.stage else ""
    yield f'<p class="who">{_safe(item.who)}{stage}</p>'
    if item.who != item.address:
        yield _p("address", item.address)
    yield from _paragraphs("said", item.says)
    yield from _paragraphs("quote", (item.quote,))
    yield from _paragraphs("note", item.notes)
    if item.commands:
        yield (
            '<p class="say">'
            + "<br>".join(f"{_safe(does)}<br><code>{_safe(line)}</code>" for does, line in item.commands)
            + "</p>"
        )


def _paragraphs(kind: str, said: Iterable[str]) -> Iterator[str]:
    return (_p(kind, one) for one in said if one)


def _p(kind: str, words: str) -> str:
    said = _safe(words) if kind in THEIRS else _CODE.sub(r"<code>\1</code>", _safe(words))
    return f'<p class="{kind}">{said}</p>'


def _safe(words: str) -> str:
    return escape(words)
