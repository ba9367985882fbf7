"""P7: no text tells one person what is known from another only, however it came into the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.conversations import Entity, EntityKind, Mention, card_of, named_in
from nurture.drafts import Capsule, Page, Reader, Remark, Severity, TemplateFile, Templates, Text, Words, lint, values
from nurture.drafts.draft import Challenge, Shared
from nurture.errors import TemplateFault
from nurture.messages import fold
from nurture.shipped import shipped
from nurture.stages import Stage, Turn, Verdict
from tests.drafts.builders import ANNA, KEY, SHIPPED, a_capsule, a_folder, a_template, a_text

SECRETS = {
    EntityKind.NAME: "Gaspard Tréhin",
    EntityKind.COMPANY: "Ferronnerie Tréhin",
    EntityKind.ADDRESS: "gaspard@trehin.example",
    EntityKind.DOMAIN: "https://www.trehin.example/devis",
    EntityKind.PHONE: "+33 6 98 76 54 32",
    EntityKind.AMOUNT: "17 350 €",
    EntityKind.PROJECT: "Portail Forgerons",
}
VARIABLES: dict[str, Any] = {
    "person.name": lambda v: {"person_name": v},
    "person.first_name": lambda v: {"first_name": v},
    "person.company": lambda v: {"company": v},
    "words.need": lambda v: {"words": Words(need=v)},
    "words.result": lambda v: {"words": Words(result=v)},
    "words.measure": lambda v: {"words": Words(measure=v)},
    "words.deferral": lambda v: {"words": Words(deferral=v)},
    "words.answered": lambda v: {"words": Words(answered=v)},
    "last.subject": lambda v: {"last_subject": v},
    "owner.trade": lambda v: {"owner_trade": v},
    "owner.signature": lambda v: {"owner_signature": v},
    "owner.price_range": lambda v: {"price_range": v},
    "owner.course": lambda v: {"course": v},
    "owner.offer": lambda v: {"offer": v},
    "greeting": lambda v: {"greeting": v},
    "resource.title": lambda v: {"resource": Shared(title=v)},
    "resource.url": lambda v: {"resource": Shared(title="Une lecture", url=v)},
    "resource.sentence": lambda v: {"resource": Shared(title="Une lecture", sentence=v)},
    "challenge.answer": lambda v: {"challenge": Challenge(answer=v, reason="parce que")},
    "challenge.reason": lambda v: {"challenge": Challenge(answer="non", reason=v)},
    "feature": lambda v: {"feature": v},
}


@dataclass(frozen=True)
class Told:
    """Of these things others are known."""

    keys: frozenset[Entity]

    def known(self, found: Sequence[Mention]) -> Sequence[Mention]:
        """As the store answers."""
        return [m for m in found if m.key in self.keys and not m.plain]


def whole(kind: EntityKind, text: str) -> Entity:
    """What the whole of a text names."""
    return max((m for m in named_in(text) if m.kind is kind), key=lambda m: len(m.text)).key


OTHERS = Told(
    frozenset(whole(kind, text) for kind, text in SECRETS.items()) | card_of(["gaspard@trehin.example"], "Gaspard Tréhin")
)


def remarks(text: Text, capsule: Capsule) -> list[Remark]:
    """What lint says of it about others."""
    verdict = Verdict(stage=Stage.PROSPECT, turn=Turn.OURS, rule="test", revealed=True)
    reader = Reader(capsule=capsule, verdict=verdict, to=ANNA, key=KEY, others=OTHERS)
    return [r for r in lint(Page(text=text, reader=reader)) if r.rule == "confidential"]


WAYS = ["« {{ %s }} »", "{{ quote(%s) }}", "{{ %s | upper }}", "{{ slot(%s) }}"]


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize(("way", "kind"), [*(("{{ %s }}", k) for k in SECRETS), *((way, EntityKind.NAME) for way in WAYS)])
def test_a_leak_through_any_variable_is_refused(tmp_path: Path, variable: str, kind: EntityKind, way: str) -> None:
    """As an error, with a reason that names nobody."""
    templates = Templates((a_folder(tmp_path, leak=a_template(f"Voici ce que l'on m'a dit hier : {way % variable}.")),))
    capsule = a_capsule(**VARIABLES[variable](f"chez {SECRETS[kind]}, oui"))
    found = remarks(templates.render(templates.files()[0], capsule), capsule)

    assert found
    assert all(r.severity is Severity.ERROR for r in found)
    assert not re.search("tr[ée]hin|gaspard|98 76|17 350|forgerons", " ".join(r.says for r in found), re.IGNORECASE)


def test_every_variable_of_the_capsule_is_tried() -> None:
    """A field that is added to the capsule is added here; what only steers a text is left out."""
    seeded = {name for change in VARIABLES.values() for name in change("x")}
    steers = {
        "lang",
        "register",
        "owner_gender",
        "missing",
        "variant_seed",
        "said",
        "used_variants",
        "last_day",
        "their_day",
        "today",
    }

    assert {f.name for f in fields(Capsule)} - seeded - steers == {"owner_name", "owner_first_name"}


@pytest.mark.parametrize("kind", [k for k in SECRETS if k not in (EntityKind.AMOUNT, EntityKind.PROJECT)], ids=str)
def test_the_owners_own_template_text_is_looked_at_too(kind: EntityKind) -> None:
    """Names, addresses, domains, phones wherever they stand: body, greeting, subject."""
    told = f"comme chez {SECRETS[kind]} l'an dernier"
    assert remarks(a_text(told), a_capsule())
    assert remarks(a_text("Voici une chose.", greeting=told), a_capsule())
    assert remarks(replace(a_text("Voici une chose."), subject=told), a_capsule())


@pytest.mark.parametrize("text", ["Pour 17 350 € ou plus.", "Le Portail Forgerons est en ligne."])
def test_amounts_and_products_of_template_text_are_the_owners_own(text: str) -> None:
    """They count where a value brings them."""
    assert not remarks(a_text(text), a_capsule())
    assert remarks(a_text(text), a_capsule(feature=text))
    assert not remarks(a_text("Voici une chose."), a_capsule(feature=text))


@pytest.mark.parametrize(
    "text",
    [
        "gaspard tréhin l'a dit",
        "Gaspard l'a dit",
        "Bonjour Gaspard,",
        "17 351 €",
        "le portail des forgerons",
        "Les Forgerons de Bretagne",
        "trehin2.example",
    ],
)
def test_what_only_resembles_it_is_no_leak(text: str) -> None:
    """Common first names, small letters, other figures."""
    assert not remarks(a_text(text), a_capsule(feature=text))


@pytest.mark.parametrize(
    "typo",
    [
        "{{ wrong }}",
        "{{ person.wrong }}",
        "{{ others }}",
        "{{ words.resutl }}",
        "{{ known.name }}",
        "{{ self._TemplateReference__context }}",
    ],
)
def test_a_typo_in_a_template_is_a_fault_and_no_draft(tmp_path: Path, typo: str) -> None:
    """Never an empty place, never somebody else's value."""
    templates = Templates((a_folder(tmp_path, typo=a_template(f"Voici ce que je voulais dire. {typo}")),))
    with pytest.raises(TemplateFault):
        templates.render(templates.files()[0], a_capsule())


# A draft's words are the capsule's and the template's.

WORD = re.compile(r"[^\W_]+")
CODE = re.compile(r"\{#.*?#\}", re.DOTALL)
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may june july august "
    "september october november december".split()
)
FILES = Templates((SHIPPED,)).files()
LETTERS = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)
SAID = st.lists(LETTERS, max_size=8).map(" ".join)
DAY = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def words(text: str) -> set[str]:
    """Folded."""
    return {fold(w) for w in WORD.findall(text)}


@st.composite
def capsules(draw: st.DrawFn) -> Capsule:
    """Anybody, about whom anything was said."""
    optional = st.none() | SAID
    return Capsule(
        lang="fr", register=draw(st.sampled_from(["tu", "vous"])), owner_name=draw(SAID), owner_gender=draw(st.sampled_from([None, "m", "f"])),
        owner_trade=draw(SAID), owner_signature=draw(SAID), person_name=draw(optional), first_name=draw(optional), company=draw(optional),
        words=Words(need=draw(SAID), result=draw(SAID), measure=draw(SAID), deferral=draw(SAID), answered=draw(SAID)),
        missing=draw(st.sampled_from([(), ("result",), ("measure",), ("result", "measure")])), last_subject=draw(SAID), last_day=draw(st.none() | DAY),
        their_day=draw(st.none() | DAY), price_range=draw(SAID), course=draw(SAID), offer=draw(SAID), greeting=draw(SAID), feature=draw(SAID),
        resource=draw(st.none() | st.builds(Shared, title=SAID, url=SAID, sentence=SAID)),
        challenge=draw(st.none() | st.builds(Challenge, answer=SAID, reason=SAID)),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(file=st.sampled_from(FILES), capsule=capsules())
def test_a_drafts_text_holds_only_words_of_the_capsule_and_of_the_template(file: TemplateFile, capsule: Capsule) -> None:
    """And days, written out. Whatever anybody is called and has said."""
    capsule = replace(capsule, lang=file.lang)
    text = Templates((SHIPPED,)).render(file, capsule)
    sources = (CODE.sub("", p.read_text(encoding="utf-8")) for p in (file.path, file.path.with_name("_mail.txt.j2")))
    allowed = {w for source in sources for w in words(source)} | {w for value in values(capsule) for w in words(value)}
    allowed |= {*DAYS, *MONTHS, "le", "du", "of", "1er", *map(str, range(1, 32))}

    assert words(text.body) <= allowed


def test_what_shipped_templates_capitalise_are_everyday_words() -> None:
    """So that no company with such a name silences them; `python -m nurture.training.common` takes in new ones."""
    sources = (CODE.sub("", p.read_text(encoding="utf-8")) for p in shipped("templates").glob("*/*.j2"))
    named = {
        m.text
        for source in sources
        for m in named_in(re.sub(r"\{[{%].*?[%}]\}", ".", source, flags=re.DOTALL))
        if not m.plain and " " not in m.text
    }

    assert {m for m in named if len(m) > 2 and "’" not in m and "-" not in m} == set()
