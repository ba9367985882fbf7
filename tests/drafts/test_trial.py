"""Templates tried before anybody is written to: what is wrong is found, with its file, line, variant and person."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurture.drafts import Severity, Templates, TrialFinding, gallery, try_all
from nurture.errors import TemplateFault
from nurture.stages import Stage
from tests.drafts.builders import MAIL, SHIPPED, a_folder, a_template

DOCS = Path(__file__).parents[2] / "docs" / "templates"
GOOD = "J'ai gardé ceci pour vous : {{ slot('une lecture') }}\n\nEst-ce un sujet pour vous ?"


def found(folder: Path, body: str, fields: str = 'asks = "opinion", gives = "slot", stages = ["contact"]') -> list[TrialFinding]:
    """What is said of one template with this body; that it exists in one language only is left out."""
    templates = Templates((a_folder(folder, hello=a_template(body, fields)),))
    return [f for f in try_all(templates).findings if "none in en" not in f.says]


def test_what_is_shipped_is_sound() -> None:
    """No error and no warning, for anybody imaginable; three variants or more of each, in both languages."""
    templates = Templates((SHIPPED,))
    tried = try_all(templates)
    variants = {(f.lang, f.name): len(templates.files(f.lang, f.name)) for f in templates.files()}

    assert tried.findings == ()
    assert tried.texts > 5000
    assert min(variants.values()) >= 3
    assert {name for lang, name in variants if lang == "fr"} == {name for lang, name in variants if lang == "en"}


def test_a_good_template_is_left_alone(tmp_path: Path) -> None:
    """Nothing to say."""
    assert found(tmp_path, GOOD.replace("pour vous", "pour {{ tv('toi', 'vous') }}")) == []


@pytest.mark.parametrize(
    ("body", "rule", "severity", "line", "called"),
    [
        ("{{ prenom }} bonjour à vous", "complete", "error", 4, "contact"),
        ("{{ resource.url }} est à lire ce soir", "complete", "error", 4, "nothing configured"),
        (f"{GOOD}\n\n[Nom de l'entreprise] vous salue.", "complete", "error", 8, ""),
        ("J'ai gardé « {{ words.need }} » pour plus tard, {{ slot('quoi') }}.", "complete", "error", 4, "said nothing yet"),
        ("J'ai pensé à votre atelier, {{ slot('quoi') }}.", "addressed-right", "error", 4, "tu"),
        ("Il ne reste que deux places, {{ slot('quoi') }}.", "no-pressure", "error", 4, ""),
        ("Un exemple : {{ slot('quoi') }}\nQui ? Et quand ?", "fragile-start", "error", 5, "contact"),
        ("Un exemple : {{ slot('quoi') }}\n\nPuis-je passer te voir jeudi ?", "ask-fits-stage", "error", 6, "contact"),
        ("Un exemple pour bientôt, sans rien demander.", "gives-something", "warning", None, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, body: str, rule: str, severity: str, line: int | None, called: str
) -> None:
    """File, line, variant, and for whom."""
    finding = next(f for f in found(tmp_path, body) if f.rule == rule)

    assert (finding.file.key, finding.file.variant) == ("fr/hello.a.txt.j2", "a")
    assert (finding.severity.value, finding.line) == (severity, line)
    assert called in finding.called


def test_a_text_that_asks_more_than_its_stages_allow_is_found(tmp_path: Path) -> None:
    """By its first line."""
    [finding] = found(tmp_path, GOOD.replace("vous", "elle"), 'asks = "meeting", gives = "slot", stages = ["stranger"]')

    assert (finding.rule, finding.times > 1) == ("ask-fits-stage", True)


def test_a_sentence_in_two_variants_is_remarked(tmp_path: Path) -> None:
    """Who has had the one cannot be sent the other; what comes from a slot or from them is excepted."""
    both = {f"hello__{v}": a_template(f"Le même début pour tout le monde. Et {{{{ slot('{v}') }}}} ensuite.") for v in "ab"}
    [finding] = [f for f in try_all(Templates((a_folder(tmp_path, **both),))).findings if f.rule == "not-twice"]

    assert (finding.severity, finding.file.variant, finding.line) == (Severity.WARNING, "b", 4)
    assert "hello.a" in finding.says


def test_a_file_that_is_nobodys_template_is_found(tmp_path: Path) -> None:
    """A misspelt name would never be used."""
    folder = a_folder(tmp_path, hello=a_template(GOOD))
    (folder / "fr" / "Hello.b.txt.j2").write_text(a_template(GOOD))
    errors = [f for f in try_all(Templates((folder,))).findings if f.severity is Severity.ERROR and "no template" in f.says]

    assert [f.file.path.name for f in errors] == ["Hello.b.txt.j2"]


def test_a_template_in_one_language_is_remarked(tmp_path: Path) -> None:
    """Nobody would be drafted to in the other."""
    templates = Templates((a_folder(tmp_path, hello=a_template(GOOD)),))

    assert any("none in en" in f.says and f.severity is Severity.WARNING for f in try_all(templates).findings)


def test_one_template_may_be_tried_and_an_unknown_one_is_a_fault(tmp_path: Path) -> None:
    """With the name that was perhaps meant."""
    templates = Templates((a_folder(tmp_path, hello=a_template(GOOD), other=a_template("{% if %}")),))

    assert try_all(templates, "hello").files == 1
    assert not try_all(templates, "other").sound
    with pytest.raises(TemplateFault, match="Did you mean hello"):
        try_all(templates, "helo")


def test_a_template_for_any_stage_is_tried_where_what_it_asks_is_allowed(tmp_path: Path) -> None:
    """One that asks nothing after a no as well."""
    stages = {
        f.called.split(",")[0] for f in found(tmp_path, "C'est urgent, {{ slot('quoi') }}.", 'asks = "none", gives = "slot"')
    }

    assert stages <= {s.value for s in Stage}
    assert any("declined" in f.called or f.times > 40 for f in found(tmp_path, "C'est urgent.", 'asks = "none", gives = "slot"'))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_gallery_is_up_to_date(lang: str) -> None:
    """docs/templates/<lang>.md is what `make docs` writes."""
    assert (DOCS / f"{lang}.md").read_text(encoding="utf-8") == gallery(Templates((SHIPPED,)), lang)


def test_the_gallery_shows_every_variant_in_every_register(tmp_path: Path) -> None:
    """And somebody of whom nothing is known."""
    page = gallery(
        Templates(
            (
                a_folder(
                    tmp_path,
                    hello__a=a_template(GOOD),
                    hello__b=a_template("{{ tv('À toi', 'À vous') }}"),
                ),
            )
        ),
        "fr",
    )

    assert MAIL
    for part in (
        "### hello a",
        "### hello b",
        "*tu:*",
        "*vous:*",
        "*Hardly known:*",
        "> À toi",
        "> À vous",
        "⟦une lecture⟧",
        "no shipped sequence",
    ):
        assert part in page
