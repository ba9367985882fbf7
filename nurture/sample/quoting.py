"""How mail clients quote the mail they answer: the words that stand below a new text."""

from __future__ import annotations

from nurture.sample.source import Mail

DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
SIGNATURE = "\n\n-- \nAtelier Laurent\n01 99 00 12 34"


def body(mail: Mail, earlier: tuple[Mail, ...]) -> str:
    """The whole plain text of a mail: what is new, the signature, and the mail that it answers, quoted by its client."""
    answered = [m for m in earlier if not m.automatic]
    text = mail.text + (SIGNATURE if mail.ours and mail.folder == "sent" else "")
    if not mail.quote or not answered:
        return text
    last = answered[-1]
    return text + quoted(mail, last, body(last, earlier[: earlier.index(last)]))


def quoted(mail: Mail, last: Mail, words: str) -> str:
    """`words`, the body of `last`, as the client of `mail` puts it below an answer."""
    if mail.quote == "outlook":
        return f"\n\n{_outlook_head(mail, last)}\n\n{words}"
    return f"\n\n{intro(mail, last)}\n{marked(words)}" if mail.quote != "iphone" else _iphone(mail, last, words)


def marked(words: str) -> str:
    """Each line behind a `>`."""
    return "\n".join(f"> {line}".rstrip() if not line.startswith(">") else f">{line}" for line in words.split("\n"))


def intro(mail: Mail, last: Mail) -> str:
    """The line above a quote: "On …, … wrote:"."""
    day, month = _names(mail, last)
    if mail.quote == "thunderbird":
        return f"Le {last.at:%d/%m/%Y} à {last.at:%H:%M}, {last.by.partition(' <')[0]} a écrit :"
    if mail.lang == "fr":
        return f"Le {day[:3]}. {last.at.day} {month} {last.at.year} à {last.at:%H:%M}, {last.by} a écrit :"
    return f"On {day[:3]}, {last.at.day} {month[:3]} {last.at.year} at {last.at:%H:%M}, {last.by} wrote:"


def _names(mail: Mail, last: Mail) -> tuple[str, str]:
    """The weekday and the month of `last`, in the language of `mail`."""
    return DAYS[mail.lang].split()[last.at.weekday()], MONTHS[mail.lang].split()[last.at.month - 1]


def _iphone(mail: Mail, last: Mail, words: str) -> str:
    _, month = _names(mail, last)
    if mail.lang == "fr":
        head = f"Le {last.at.day} {month} {last.at.year} à {last.at:%H:%M}, {last.by} a écrit :"
        return f"\n\nEnvoyé de mon iPhone\n\n{marked(head + chr(10) * 2 + words)}"
    head = f"On {last.at.day} {month[:3]} {last.at.year}, at {last.at:%H:%M}, {last.by} wrote:"
    return f"\n\nSent from my iPhone\n\n{marked(head + chr(10) * 2 + words)}"


def _outlook_head(mail: Mail, last: Mail) -> str:
    day, month = _names(mail, last)
    if mail.lang == "fr":
        sent = f"{day} {last.at.day} {month} {last.at.year} {last.at:%H:%M}"
        return f"De : {last.by}\nEnvoyé : {sent}\nÀ : {', '.join(last.to)}\nObjet : {last.subject}"
    sent = f"{last.at.day} {month} {last.at.year} {last.at:%H:%M}"
    return f"From: {last.by}\nSent: {sent}\nTo: {', '.join(last.to)}\nSubject: {last.subject}"
