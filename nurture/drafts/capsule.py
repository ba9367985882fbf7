"""The capsule of one person: all that a draft may know, gathered from their case and the owner's configuration, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from nurture.config import Config
from nurture.conversations import Entry, own_first_name
from nurture.drafts.convictions import challenge_of
from nurture.drafts.draft import Capsule, Shared, Words
from nurture.drafts.greeting import greeting_of, in_their_way
from nurture.drafts.library import Query, fitting
from nurture.drafts.memory import Memory
from nurture.drafts.paragraphs import FULL, PART
from nurture.drafts.prices import price_in
from nurture.drafts.quotes import LONGEST, quoted
from nurture.drafts.resources import Resource
from nurture.followups import (
    AGREED,
    Case,
    Item,
    Sequences,
    expectation,
    expectations_to_ask,
    feature_name,
    named,
    policy_of,
)
from nurture.messages import detect_language, one_line
from nurture.stages import Signal

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
THEM = frozenset({"them"})
SAID = {"need": Signal.NEED, "result": Signal.RESULT, "measure": Signal.MEASURE, "deferral": Signal.DEFERRAL}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What one run gives to every capsule."""

    config: Config
    sequences: Sequences
    now: datetime
    tz: tzinfo
    library: tuple[Resource, ...] = ()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.tz).date()


def capsule_of(case: Case, item: Item, setting: Setting, *, lang: str, memory: Memory) -> Capsule:
    """One person's capsule for one item of the plan."""
    person, owner, offer = case.conversation.person, setting.config.owner, setting.config.offer
    ours, theirs = _last(case, "us"), _last(case, "them")
    anchor = next((e for e in case.conversation.entries if e.key == item.anchor), None)
    policy = policy_of(setting.config)
    return Capsule(
        lang=lang, register=(person.register or "vous") if lang == "fr" else "vous", owner_name=owner.name,
        owner_first_name=own_first_name(owner.name), owner_gender=owner.gender, owner_trade=owner.trade,
        owner_signature=owner.signature or owner.name, person_name=value(person.name) or None, first_name=value(person.first_name or "") or None,
        company=person.company, words=_words(case, item, setting.tz), missing=expectations_to_ask(case, setting.sequences, policy, setting.now, setting.tz),
        last_subject=value(anchor.subject if anchor else ""), last_day=ours.day if ours else None, their_day=theirs.day if theirs else None,
        today=setting.today, price_range=price_in(_in(offer.price_range, lang), lang), course=_in(offer.course, lang), offer=_sentence(offer.sentences, lang),
        greeting=value(greeting_of(case, lang, owner.name) or in_their_way(case, lang)), variant_seed=person.addresses[0] if person.addresses else "", said=memory.said,
        used_variants=memory.used_variants, resource=_shared(case, item, setting, lang, memory), feature=_feature(case, item, setting, lang),
        challenge=challenge_of(item, setting.config.convictions, lang, memory),
    )  # fmt: skip


def _last(case: Case, by: str) -> Entry | None:
    return next((e for e in reversed(case.conversation.entries) if e.by == by), None)


def _words(case: Case, item: Item, tz: tzinfo) -> Words:
    """Their own sentences, the newest of each kind. What the owner heard is quoted only where the owner gave it as a quote."""
    found: dict[str, str] = {}
    for entry in case.conversation.entries:
        reading = case.readings.get(entry.key)
        for finding in reading.findings if reading and entry.by == "them" else ():
            found.update({name: value(finding.quote) for name, signal in SAID.items() if finding.signal is signal})
    for name in ("result", "measure"):
        expected = expectation(case, name, tz, THEM)
        found[name] = value(expected.words) if expected and expected.theirs else ""
    return Words(**found, answered=value(item.evidence.quote))


def _shared(case: Case, item: Item, setting: Setting, lang: str, memory: Memory) -> Shared | None:
    """The resource that fits them best of those that they have not had."""
    register = case.conversation.person.register or "vous"
    found = fitting(setting.library, query_of(case, item, setting), lang=lang, register=register, had=memory.had)
    return Shared(key=found.key, title=value(found.title), url=found.url, sentence=value(found.sentence)) if found else None


def query_of(case: Case, item: Item, setting: Setting) -> Query:
    """What a resource is looked up by: their words first, then what the exchange is about and their company's name. Of somebody who
    has not said anything yet nothing else is known than that the owner's trade may concern them."""
    words = _words(case, item, setting.tz)
    theirs = (words.need, words.result, words.measure, words.answered)
    subject = next((e.subject for e in case.conversation.entries if e.subject), "")
    company = (case.conversation.person.company or "").partition(".")[0]
    around = ((subject, 0.5), (company.replace("-", " "), 0.5))
    return (*((w, 1.0) for w in theirs if w), *around, *(() if any(theirs) else ((setting.config.owner.trade, 0.25),)))


def _feature(case: Case, item: Item, setting: Setting, lang: str) -> str:
    """The owner's own name for what they ask for; after their yes to a supposition, for what was supposed."""
    if item.signal != Signal.FEATURE_REQUEST:
        return ""
    policy = policy_of(setting.config)
    asked = reversed(tuple(_asked(case))) if item.scope == AGREED else (item.evidence.quote,)
    found = (named(quote, policy) for quote in asked)
    wanted = "near" if item.scope == AGREED else item.scope
    return value(
        next((feature_name(n.entry, lang, setting.config.owner.language) for n in found if n.entry and n.scope == wanted), "")
    )


def _asked(case: Case) -> Iterable[str]:
    """Every sentence in which they required something, oldest first."""
    for entry in case.conversation.entries:
        reading = case.readings.get(entry.key)
        yield from (
            f.quote for f in (reading.findings if reading and not entry.ours else ()) if f.signal is Signal.FEATURE_REQUEST
        )


def _sentence(sentences: Iterable[str], lang: str) -> str:
    """The owner's first sentence in the language."""
    return next((s for s in sentences if detect_language(s) == lang), "")


def _in(text: str, lang: str) -> str:
    """A text of the configuration, unless it is plainly in another language: then the draft leaves a slot."""
    return text if detect_language(text) in (None, lang) else ""


def value(text: str) -> str:
    """Something that came by mail, made harmless: one line, no controls, no marks that mean something in a text of ours."""
    return one_line(text.replace("⟦", "[").replace("⟧", "]"), LONGEST)


# what a template sees


class Noted(dict[str, str]):
    """Fields that note when a template reads one: the text then holds it."""

    def __init__(self, fields: dict[str, str], name: str, used: set[str]) -> None:
        super().__init__(fields)
        self._name, self._used = name, used

    def __getitem__(self, key: str) -> str:
        self._used.add(self._name)
        return super().__getitem__(key)


def values_of(capsule: Capsule, used: set[str] | None = None) -> dict[str, Any]:
    """The names that a template may use; docs/templates.md explains each. `used` learns which of "resource" and "challenge" it read."""
    used = set() if used is None else used
    fr = capsule.lang == "fr"
    return {
        "person": {"name": capsule.person_name or "", "first_name": capsule.first_name or "", "company": capsule.company or ""},
        "words": {name: getattr(capsule.words, name) for name in ("need", "result", "measure", "deferral", "answered")},
        "missing": [name for name in capsule.missing if not getattr(capsule.words, name)],  # nobody is asked what they have said
        "last": {"subject": capsule.last_subject, "day": capsule.last_day, "their_day": capsule.their_day},
        "owner": {
            "name": capsule.owner_name, "first_name": capsule.owner_first_name or capsule.owner_name, "trade": capsule.owner_trade,
            "signature": capsule.owner_signature or capsule.owner_name, "price_range": capsule.price_range, "course": capsule.course,
            "offer": capsule.offer,
        },
        "greeting": capsule.greeting,
        "resource": _fields(capsule.resource, "resource", ("title", "url", "sentence"), used),
        "challenge": _fields(capsule.challenge, "challenge", ("answer", "reason"), used),
        "feature": capsule.feature,
        "part": PART,
        "tv": lambda tu, vous: tu if fr and capsule.register == "tu" else vous,
        "gender": lambda m, f: f if capsule.owner_gender == "f" else m,
        "slot": lambda what: f"⟦{what}⟧",
        "day": lambda day: day_in_words(day, capsule.lang) if day else "",
        "of_day": lambda day: day_in_words(day, capsule.lang, of=True) if day else "",
        "quote": lambda words: quoted(words, capsule.lang),
    }  # fmt: skip


def _fields(value_of: object | None, name: str, names: tuple[str, ...], used: set[str]) -> Noted | None:
    return Noted({n: getattr(value_of, n) for n in names}, name, used) if value_of is not None else None


def day_in_words(day: date, lang: str, *, of: bool = False) -> str:
    """An absolute day, since nobody knows when a draft is read: « le mardi 3 mars », « du mardi 3 mars », "Tuesday 3 March"."""
    weekday, month = DAYS[lang][day.weekday()], MONTHS[lang][day.month - 1]
    if lang == "fr":
        return f"{'du' if of else 'le'} {weekday} {'1er' if day.day == 1 else day.day}{FULL}{month}"
    return f"{'of ' if of else ''}{weekday} {day.day}{FULL}{month}"


def full_capsule(lang: str) -> Capsule:
    """Somebody about whom everything is known: for checking templates. Invented, in reserved domains."""
    fr = lang == "fr"
    return Capsule(
        lang=lang, register="vous", owner_name="Alex Moreau", owner_first_name="Alex", owner_gender="f", owner_trade="ateliers" if fr else "workshops",
        owner_signature="Alex Moreau", person_name="Anna Roux" if fr else "Anna Reed", first_name="Anna", company="societe.example",
        words=Words(
            need="Nos clients appellent tous pour la même chose." if fr else "Our customers all call about the same thing.",
            result="On veut moins d'appels au support." if fr else "We want fewer support calls.",
            measure="Si on passe de 40 à 20 appels par semaine, c'est gagné." if fr else "From 40 to 20 calls a week and it is a win.",
            deferral="Recontactez-moi en mars." if fr else "Get back to me in March.",
            answered="Vous pouvez m'en dire plus ?" if fr else "Can you tell me more?",
        ),
        missing=("result", "measure"), last_subject="Vos clients" if fr else "Your customers", last_day=date(2026, 3, 3), their_day=date(2026, 3, 4),
        today=date(2026, 3, 11), price_range=price_in("1 900 – 2 600 €", lang), course="un entretien, un pilote, un bilan" if fr else "a talk, a pilot, a review",
        offer="Des ateliers pour vos clients." if fr else "Workshops for your customers.", variant_seed="anna@societe.example",
    )  # fmt: skip
