"""Templates: strict, sandboxed, chosen reproducibly; what came by mail is data and never template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.drafts import Capsule, Templates, Words, full_capsule
from nurture.errors import TemplateFault
from nurture.followups import Sequences
from tests.drafts.builders import SHIPPED, a_capsule, a_folder, a_template

INJECTIONS = [
    "{{7*7}}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ owner.name.__class__ }}",
    "{0.__class__}",
    "%(x)s",
    "{#",
    "${x}",
    "⟦slot⟧",
]


def rendered(folder: Path, body: str, capsule: Capsule | None = None) -> str:
    """The body of a template of these words."""
    templates = Templates((a_folder(folder, hello=a_template(body)),))
    capsule = capsule or a_capsule()
    return templates.render(next(templates.variants("hello", capsule)), capsule).said


def test_a_text_is_greeting_body_closing_and_signature(tmp_path: Path) -> None:
    """By inheritance from `_mail`; paragraphs are single lines."""
    templates = Templates((a_folder(tmp_path, hello=a_template("Une ligne\nqui continue.\n\n- un\n- deux")),))
    text = templates.render(templates.files()[0], a_capsule(first_name="Anna"))

    assert text.body == "Bonjour Anna,\n\nUne ligne qui continue.\n\n- un\n- deux\n\nÀ bientôt,\nCamille Laurent"
    assert text.said == "Une ligne qui continue.\n\n- un\n- deux"
    assert (text.template, text.variant, text.meta.asks, text.meta.gives) == ("hello", "a", "opinion", "slot")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ça va ? Oui !", "Ça va\u202f? Oui\u202f!"),
        ("Ça va? Oui!", "Ça va\u202f? Oui\u202f!"),
        ("Voici : « rien »", "Voici\u00a0: «\u00a0rien\u00a0»"),
        ("à 10:30 ; https://a.example/x?y=1;z", "à 10:30\u202f; https://a.example/x?y=1;z"),
        ("anna@client.example", "anna@client.example"),
        ("(vraiment ?)", "(vraiment\u202f?)"),
        ("C'est fini… ?", "C'est fini…\u202f?"),
    ],
)
def test_french_has_its_typographic_spaces(tmp_path: Path, typed: str, printed: str) -> None:
    """Narrow before ; ! ?, full before a colon and inside quotation marks; links and times are left alone."""
    assert rendered(tmp_path, typed) == printed


def test_english_is_left_as_it_is_typed() -> None:
    """No French spaces in English."""
    templates = Templates((SHIPPED,))
    text = templates.render(next(templates.variants("useful-news", full_capsule("en"))), full_capsule("en"))

    assert not set(text.body) & set("\u202f«»")


def test_register_and_gender_are_spoken(tmp_path: Path) -> None:
    """`tv` and `gender`."""
    body = '{{ tv("Tu as", "Vous avez") }} raison, {{ gender("ravi", "ravie") }}.'

    assert rendered(tmp_path, body, a_capsule(register="tu", owner_gender="f")) == "Tu as raison, ravie."
    assert rendered(tmp_path, body, a_capsule(owner_gender="m")) == "Vous avez raison, ravi."


def test_days_are_absolute_and_words_are_quoted(tmp_path: Path) -> None:
    """« le mardi 3 mars »: nobody knows when a draft is read."""
    capsule = full_capsule("fr")
    body = "{{ day(last.day) }}, {{ of_day(last.day) }} : {{ quote(words.need) }} {{ slot('à vous') }}"

    assert rendered(tmp_path, body, capsule).replace("\u00a0", " ") == (
        "le mardi 3 mars, du mardi 3 mars : « Nos clients appellent tous pour la même chose » ⟦à vous⟧"
    )
    assert rendered(tmp_path, "{{ day(last.day) }}!", a_capsule(last_day=None)) == "!"


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_what_came_by_mail_is_never_interpreted(tmp_path: Path, hostile: str) -> None:
    """T6: a name or a sentence that looks like a template is printed as it stands."""
    capsule = a_capsule(first_name=hostile, words=Words(need=hostile))

    assert rendered(tmp_path, "De {{ person.first_name }} : {{ words.need }}.", capsule) == f"De {hostile}\u00a0: {hostile}."


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{ prenom }}", "prenom"),
        ("{{ person.prenom }}", "prenom"),
        ("{{ owner.__class__.__mro__ }}", "unsafe"),
        ("{% include '../../etc/passwd' %}", "passwd"),
        ("{% if %}", "line 4"),
        ("{{ 1 / 0 }}", "division"),
        ("{{ range(9) }}", "range"),
        ("{{ day('x') }}", "weekday"),
    ],
)
def test_a_fault_names_the_file_and_says_what_is_wrong(tmp_path: Path, body: str, says: str) -> None:
    """Unknown names, unsafe access, syntax: one sentence, no traceback of a library's."""
    with pytest.raises(TemplateFault) as fault:
        rendered(tmp_path, body, full_capsule("fr"))

    assert "hello.a.txt.j2" in str(fault.value)
    assert says in str(fault.value)


@pytest.mark.parametrize(
    "fields",
    ["", 'asks = "all", gives = "slot"', 'asks = "none"', 'asks = "none", gives = "slot", colour = 1', 'asks = "none", gives = "slot", offers = "yes"',
     'asks = "none", gives = "slot", stages = ["friend"]', 'asks = "none", gives = "slot", stages = "client"', "asks = none"],
)  # fmt: skip
def test_the_first_line_is_checked(tmp_path: Path, fields: str) -> None:
    """All its faults, with the file."""
    templates = Templates((a_folder(tmp_path, hello=a_template("x", fields)),))

    with pytest.raises(TemplateFault, match=r"hello\.a\.txt\.j2"):
        templates.meta(templates.files()[0])


def test_a_template_without_a_first_line_is_refused(tmp_path: Path) -> None:
    """With an example of what is missing."""
    templates = Templates((a_folder(tmp_path, hello="Bonjour"),))

    with pytest.raises(TemplateFault, match="the first line must be a comment"):
        templates.meta(templates.files()[0])


@pytest.mark.parametrize(
    "spoil", [lambda p: p.write_bytes(b"\xff\xfe"), lambda p: p.write_bytes(b"x" * 70_000), lambda p: p.unlink()]
)
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """Not UTF-8, too large, gone."""
    templates = Templates((a_folder(tmp_path, hello=a_template("x")),))
    file = templates.files()[0]
    spoil(file.path)

    with pytest.raises(TemplateFault):
        templates.render(file, a_capsule())


def test_the_owners_file_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    """The same path in an earlier folder wins; others stay."""
    own, ours = (
        a_folder(tmp_path / "own", hello=a_template("À moi")),
        a_folder(tmp_path / "ours", hello=a_template("À tous"), other=a_template("Autre")),
    )
    templates = Templates((own, ours))

    assert [f.path.parent.parent.name for f in templates.files()] == ["own", "ours"]
    assert templates.render(templates.files(name="hello")[0], a_capsule()).said == "À moi"


def test_variants_come_in_an_order_of_the_persons_own_the_unused_first(tmp_path: Path) -> None:
    """Reproducible, different from person to person, and nobody reads the same line twice."""
    templates = Templates((a_folder(tmp_path, hello__a=a_template("A"), hello__b=a_template("B"), hello__c=a_template("C")),))
    orders = {tuple(f.variant for f in templates.variants("hello", a_capsule(variant_seed=f"p{n}@x.example"))) for n in range(60)}
    first = next(templates.variants("hello", a_capsule(variant_seed="p1@x.example"))).variant

    assert len(orders) == 6
    after = [
        f.variant
        for f in templates.variants("hello", a_capsule(variant_seed="p1@x.example", used_variants=frozenset({f"hello.{first}"})))
    ]
    assert after[-1] == first
    with pytest.raises(TemplateFault, match="no template nothing in fr"):
        next(templates.variants("nothing", a_capsule()))


def test_the_digest_changes_with_the_file_and_with_what_it_inherits(tmp_path: Path) -> None:
    """The ledger knows which words were behind a draft."""

    def digest() -> str:
        templates = Templates((tmp_path,))
        return templates.render(templates.files()[0], a_capsule()).digest

    a_folder(tmp_path, hello=a_template("Un"))
    first = digest()
    a_folder(tmp_path, hello=a_template("Deux"))
    second = digest()
    (tmp_path / "fr" / "_mail.txt.j2").write_text("{{ part }}{% block body %}{% endblock %}{{ part }}")

    assert len({first, second, digest()}) == 3


def test_a_template_that_stands_alone_is_all_body(tmp_path: Path) -> None:
    """Without `extends` there is no greeting, and the block `subject` is read where there is one."""
    source = '{# asks = "none", gives = "nothing" #}\n{% block subject %} Des  nouvelles {% endblock %}\nBonjour.'
    templates = Templates((a_folder(tmp_path, hello=source),))
    text = templates.render(templates.files()[0], a_capsule())

    assert (text.greeting, text.subject) == ("", "Des nouvelles")
    assert text.said.endswith("Bonjour.")


def test_check_renders_everything_for_somebody_known_and_for_somebody_hardly_known(tmp_path: Path) -> None:
    """A variable that exists for some only is found; a language without the template too."""
    folder = a_folder(tmp_path, hello=a_template("Bonjour"), picky=a_template("{{ resource.title }}"))
    templates = Templates((folder,))

    assert templates.check("hello") == 1
    with pytest.raises(TemplateFault, match="picky"):
        templates.check("picky")
    with pytest.raises(TemplateFault, match="no template nothing"):
        templates.check("nothing")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "other.a.txt.j2").write_text('{# asks = "none", gives = "nothing" #}\nHi there')
    with pytest.raises(TemplateFault, match="no template hello in en"):
        Templates((folder,)).check("hello")


def test_how_the_owner_greeted_them_is_how_they_are_greeted() -> None:
    """« Bonjour Madame Marchetti, » goes before a first name."""
    templates = Templates((SHIPPED,))
    capsule = replace(full_capsule("fr"), greeting="Bonjour Madame Marchetti,")
    text = templates.render(next(templates.variants("useful-news", capsule)), capsule)

    assert text.body.startswith("Bonjour Madame Marchetti,\n\n")


FOLLOW_UPS = sorted({step.template for one in Sequences.shipped().in_force for step in one.steps})
KNOWN = (
    Words(),
    Words(need="Nous y voilà."),
    Words(result="Nous y voilà."),
    Words(measure="Nous y voilà."),
    Words(deferral="Nous y voilà."),
)


@pytest.mark.parametrize("name", FOLLOW_UPS)
@pytest.mark.parametrize("words", KNOWN, ids=["nothing", "need", "result", "measure", "deferral"])
def test_every_follow_up_gives_something_whatever_is_known(name: str, words: Words) -> None:
    """Their own words, a resource, or a visible slot: never a mere chaser."""
    templates = Templates((SHIPPED,))
    for file in templates.files(name=name):
        text = templates.render(file, a_capsule(lang=file.lang, words=words))

        assert text.meta.gives != "nothing", file.key
        assert text.slots or "Nous y voilà" in text.said, file.key
