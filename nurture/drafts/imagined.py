"""Imagined people on whom templates are tried: known well or hardly, at every stage. In reserved domains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nurture.drafts.capsule import full_capsule
from nurture.drafts.draft import Capsule, Challenge, Shared, Words
from nurture.followups import Sequences
from nurture.stages import Stage

EARLY = (Stage.STRANGER, Stage.CONTACT)
EXPECTATIONS = ("result", "measure")
REGISTERS = {"fr": ("tu", "vous"), "en": ("vous",)}
SHARED = {
    "fr": Shared(
        title="Le guide des invendus", url="https://guide.example/7", sentence="Trois pages, et un tableau à remplir le soir."
    ),
    "en": Shared(
        title="The guide to leftovers",
        url="https://guide.example/7",
        sentence="Three pages, and a table to fill in at closing time.",
    ),
}
KNOWN = {  # what they have said, besides the sentence that is answered
    "said nothing yet": (),
    "told a need": ("need",),
    "told a result": ("result",),
    "told a measure": ("measure",),
    "told need and result": ("need", "result"),
    "told all": ("need", "result", "measure", "deferral"),
}


@dataclass(frozen=True, kw_only=True)
class Imagined:
    """Somebody who does not exist: `called` is how a report names them."""

    called: str
    capsule: Capsule
    stage: Stage

    @property
    def revealed(self) -> bool:
        return self.stage not in EARLY


@dataclass(frozen=True, kw_only=True)
class Use:
    """When a template serves: what must be missing for it, and what they must have said."""

    needs_missing: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()


def people(lang: str, stages: tuple[Stage, ...], use: Use | None = None) -> Iterator[Imagined]:
    """Everybody on whom a template for these stages is tried: stage x register x what they said x what was asked x how well known."""
    use = use or Use()
    settings = _settings(lang)
    turn = 0
    for stage in stages:
        for register in REGISTERS[lang]:
            for said, names in KNOWN.items():
                for asked in (False, True):
                    missing = _missing(stage, names, asked=asked)
                    if asked and not _missing(stage, names, asked=False):
                        continue  # nothing was there to ask
                    if _happens(stage, names, missing, use):
                        how, capsule = settings[turn % len(settings)]
                        turn += 1
                        yield Imagined(
                            called=", ".join((stage, register if lang == "fr" else lang, said, *(["asked before"] if asked else []), how)),
                            capsule=replace(capsule, register=register, words=_words(lang, names, answered=bool(use.answers)), missing=missing),
                            stage=stage,
                        )  # fmt: skip


def _missing(stage: Stage, names: tuple[str, ...], *, asked: bool) -> tuple[str, ...]:
    if asked or stage in (Stage.PROPOSAL, Stage.CLIENT, Stage.DECLINED):
        return ()
    return tuple(name for name in EXPECTATIONS if name not in names)


def _happens(stage: Stage, names: tuple[str, ...], missing: tuple[str, ...], use: Use) -> bool:
    """Whether such a person would ever be written this text."""
    if stage in EARLY and names:
        return False  # who has revealed something is a prospect
    if stage is Stage.QUALIFIED and not {"result", "measure"} <= set(names):
        return False
    if not use.answers & set(names) and use.answers & {"need", "result", "measure"}:
        return False
    return use.needs_missing <= set(missing)


def _words(lang: str, names: tuple[str, ...], *, answered: bool) -> Words:
    full = full_capsule(lang).words
    said = {name: getattr(full, name) for name in names}
    return Words(**said, answered=full.answered if answered else "")


@lru_cache(maxsize=4)
def _settings(lang: str) -> tuple[tuple[str, Capsule], ...]:
    """How well somebody is known, and how much the owner's configuration says."""
    full = full_capsule(lang)
    fr = lang == "fr"
    challenge = Challenge(
        answer="les gens lisent rarement un mode d’emploi, ils demandent" if fr else "people rarely read a manual, they ask",
        reason="on retient ce que l’on a fait soi-même" if fr else "we remember what we have done ourselves",
    )
    known = replace(
        full, resource=SHARED[lang], challenge=challenge, feature="l’export comptable" if fr else "the accounting export"
    )
    bare = Capsule(lang=lang, register="vous", owner_name=full.owner_name, owner_signature=full.owner_signature)
    return (
        ("known well", known),
        ("no name, no company, nothing configured", bare),
        ("known well, no resource fits", replace(known, resource=None, challenge=None, feature="", owner_gender="m")),
        ("no name, own greeting, no price, no course", replace(
            known, first_name=None, person_name=None, company=None, price_range="", course="", offer="", owner_gender=None,
            greeting="Bonjour Madame Roux," if fr else "Dear Ms Reed,", resource=replace(SHARED[lang], url=""),
        )),
    )  # fmt: skip


def known_well(lang: str) -> Capsule:
    """Somebody of whom everything is known, with something to share and a belief to contradict."""
    return _settings(lang)[0][1]


@lru_cache(maxsize=1)
def uses() -> dict[str, Use]:
    """When each template of the shipped sequences serves."""
    missing: dict[str, list[frozenset[str]]] = {}
    answers: dict[str, set[str]] = {}
    for sequence in Sequences.shipped().in_force:
        for step in sequence.steps:
            missing.setdefault(step.template, []).append(frozenset({step.asks_for} & set(EXPECTATIONS)))
        for answer in sequence.answers:
            answers.setdefault(answer.template, set()).add(answer.to)
    return {
        name: Use(
            needs_missing=frozenset.intersection(*missing.get(name, [frozenset()])), answers=frozenset(answers.get(name, ()))
        )
        for name in missing.keys() | answers.keys()
    }
