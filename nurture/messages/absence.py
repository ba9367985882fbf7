"""The first day back that an absence notice states: a small closed grammar in French and English, and day-month forms of de es it nl pt."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nurture.messages.words import fold, one_line, sentences

_FR = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_EN = "january february march april may june july august september october november december".split()
_OTHERS = {
    "januar": 1, "februar": 2, "marz": 3, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12, "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5,
    "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12, "gennaio": 1, "febbraio": 2, "aprile": 4,
    "maggio": 5, "giugno": 6, "luglio": 7, "settembre": 9, "ottobre": 10, "dicembre": 12, "januari": 1, "februari": 2, "maart": 3, "mei": 5, "augustus": 8,
    "janeiro": 1, "fevereiro": 2, "marco": 3, "maio": 5, "junho": 6, "julho": 7, "setembro": 9, "outubro": 10, "dezembro": 12,
}  # fmt: skip
MONTHS = {name: i + 1 for names in (_FR, _EN) for i, name in enumerate(names)} | _OTHERS
MONTHS |= {"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9}
DAYS = {name: i % 7 for i, name in enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday".split())}
_MONTH = "(?P<{0}m>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"


def _day(tag: str) -> str:
    """One day: 18 août 2026, August 18th, 18/08/2026, 2026-08-18, le 18."""
    month = _MONTH.format(tag)
    return (
        rf"(?:(?P<{tag}y0>\d{{4}})-(?P<{tag}n0>\d{{2}})-(?P<{tag}d0>\d{{2}})|"
        rf"(?P<{tag}d1>\d{{1,2}})[/.](?P<{tag}n1>\d{{1,2}})(?:[/.](?P<{tag}y1>\d{{2,4}}))?|"
        rf"(?P<{tag}d2>\d{{1,2}})(?:er|st|nd|rd|th|\.)?(?: of| de)? {month}(?:,? (?:de )?(?P<{tag}y2>\d{{4}}))?|"
        rf"{month.replace(f'{tag}m', f'{tag}mm')} (?P<{tag}d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<{tag}y3>\d{{4}}))?)"
    )


_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|montag|dienstag|mittwoch|donnerstag|freitag|lunes|martes|lunedi|maandag|segunda)\.?,? (?:the )?)?"
_WHEN = rf"(?:le |the |on |au |du |from |den |el |il |em |a partir du |des le )?{_WEEKDAY}"
_RANGE = re.compile(rf"(?:\bdu |\bfrom |\bbetween |\bentre le |\bvom |\bdel |\bdal )(?:the )?{_WEEKDAY}(?:{_day('a')}|\d{{1,2}}(?:er|st|nd|rd|th)?) (?:au|to|and|until|till|through|et le|bis zum|bis|al|-|jusqu'au) (?:the )?{_WEEKDAY}{_day('b')}")
_BACK = re.compile(
    rf"(?:de retour|retour|reprend(?:rai|s|re)?|reprise|serai (?:a nouveau|de nouveau|joignable|present\w*|disponible)|reviens|reviendrai|rentre(?:rai)?|return(?:ing)?|back|be in|available(?: again)?|resume|reachable|contact me|zuruck|wieder|vuelv\w+|regreso|rientr\w+|terug|regress\w+|a partir du|a compter du|as of|des le|rouvr\w+|reopen\w*|open again|des demain,|traiterai[^.\n]{0,40}des)"
    rf"[^.;\n0-9]{{0,45}}?{_WHEN}{_day('a')}"
)
_UNTIL = re.compile(
    rf"(?:jusqu'au|jusqu'a|until|till|through|thru|up to|bis(?: zum| einschliesslich)?|hasta(?: el)?|fino al|tot(?: en met)?|ate(?: o)?(?: dia)?)\s(?:and including |including |and )?{_WHEN}{_day('a')}(?P<incl>[^.\n]{{0,15}}?(?:inclus|included|inclusive))?"
)
_BACK_WEEKDAY = re.compile(
    r"(?:de retour|retour|reprend(?:rai|s)|reviens|reviendrai|serai (?:la|de retour|present)|back|return(?:ing)?|in the office|available)(?: in the office| at my desk| au bureau| again)?(?: le| on| des| this| ce| next)? (" + "|".join(DAYS) + r")\b"
)
_TOMORROW = re.compile(r"(?:de retour|retour|back|return\w*)(?: in the office| au bureau)? (?:des )?(?:demain|tomorrow)")
_OPEN = re.compile(r"(?:until|till|jusqu'a)(?: le| the| ce)? (" + "|".join(DAYS) + r")\b")
_NEXT_WEEK = re.compile(r"(?:de retour|retour|back|return\w*)[^.\n]{0,30}(?:la semaine prochaine|next week)")
MAX = 6_000


def first_day_back(text: str, sent: date) -> tuple[date | None, str]:
    """(the first day back, the sentence that says so); (None, "") where none is stated. Never a day that has passed."""
    said = [*sentences(text[:MAX])[:80], " ".join(text[:MAX].split())]
    for look in (_stated, _implied):  # "back on Monday 26" says more than "away from 12 to 23", wherever it stands
        for sentence in said:
            if (day := look(" ".join(fold(sentence[:1_000]).split()), sent)) is not None:
                return day, one_line(sentence)
    return None, ""


def _stated(text: str, sent: date) -> date | None:
    """The day of the return itself."""
    for found in _BACK.finditer(text):
        if day := _date_of(found, "a", sent):
            return day
    return None


def _implied(text: str, sent: date) -> date | None:
    """The day after the last day of the absence, or a weekday's name."""
    for pattern, tag in ((_RANGE, "b"), (_UNTIL, "a")):
        if (found := pattern.search(text)) and (day := _date_of(found, tag, sent)):
            return day + timedelta(days=1)
    if _TOMORROW.search(text):
        return sent + timedelta(days=1)
    if found := _BACK_WEEKDAY.search(text):
        return _next_weekday(sent, DAYS[found[1]])
    if found := _OPEN.search(text):
        return _next_weekday(sent, DAYS[found[1]]) + timedelta(days=1)
    return sent + timedelta(days=7 - sent.weekday()) if _NEXT_WEEK.search(text) else None


def _next_weekday(sent: date, weekday: int) -> date:
    return sent + timedelta(days=(weekday - sent.weekday() - 1) % 7 + 1)


def _date_of(found: re.Match[str], tag: str, sent: date) -> date | None:
    """The day that a match names: the first such day after the mail, where the year is not stated."""
    g = found.groupdict()
    day = next((int(g[f"{tag}d{i}"]) for i in range(4) if g.get(f"{tag}d{i}")), None)
    name = g.get(f"{tag}m") or g.get(f"{tag}mm")
    month = MONTHS[name] if name else next((int(g[f"{tag}n{i}"]) for i in range(2) if g.get(f"{tag}n{i}")), None)
    year = next((int(g[f"{tag}y{i}"]) for i in range(4) if g.get(f"{tag}y{i}")), None)
    if day is None or month is None:
        return None
    return _future(day, month, year + 2000 if year is not None and year < 100 else year, sent)


def _future(day: int, month: int, year: int | None, sent: date) -> date | None:
    for candidate in (year,) if year else (sent.year, sent.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= sent and (found - sent).days < 500:
            return found
    return None
