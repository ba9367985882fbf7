"""`nurture template check`: the owner's templates and the shipped ones, before anybody is written to."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import answer, nurture, refused

BAD = """{# asks = "opinion", gives = "slot", stages = ["contact"] #}
{% extends "fr/_mail.txt.j2" %}
{% block body %}
{{ slot("quoi") }}

Je me permets de vous relancer \u202e, tout simplement.
{% endblock %}
"""


def own(home: Path, name: str, source: str) -> Path:
    """A template of the owner's."""
    (home / "templates" / "fr").mkdir(parents=True, exist_ok=True)
    path = home / "templates" / "fr" / name
    path.write_text(source, encoding="utf-8")
    return path


def test_the_shipped_templates_are_tried_without_any_configuration(tmp_path: Path) -> None:
    """One line; with --json the counts."""
    done = nurture("template", "check", "useful-news", "--home", tmp_path)
    found = answer("template", "check", "useful-news", "--home", tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Files: 6; ")
    assert (found["schema"], found["sound"], found["files"], found["findings"]) == (1, True, 6, [])


def test_a_template_of_the_owners_that_lint_refuses_is_named(tmp_path: Path) -> None:
    """File, line, variant, person; exit code 16; 80 columns and no control characters."""
    path = own(tmp_path, "hello.x.txt.j2", BAD)
    done = nurture("template", "check", "hello", "--home", tmp_path)
    told = nurture("template", "check", "hello", "--home", tmp_path, "--json")
    finding = next(f for f in json.loads(told.stdout)["findings"] if f["rule"] == "gives-something")

    assert (done.returncode, told.returncode, told.stderr) == (16, 16, "")
    assert "WRONG  fr/hello.x, line 6" in done.stdout
    assert str(path) in done.stdout
    assert "gives-something" in done.stdout
    assert "\u202e" not in done.stdout
    assert all(len(line) <= 80 or "/" in line for line in done.stdout.splitlines())
    assert set(finding) == {"template", "language", "variant", "path", "line", "rule", "severity", "says", "for", "times"}
    assert (finding["template"], finding["variant"], finding["line"], finding["severity"]) == ("hello", "x", 6, "error")
    assert "contact" in finding["for"]


def test_quiet_tells_only_what_is_wrong(tmp_path: Path) -> None:
    """Nothing at all where nothing is."""
    own(tmp_path, "hello.x.txt.j2", BAD.replace("Je me permets de vous relancer \u202e, tout simplement.", "Rien de plus."))

    assert nurture("template", "check", "hello", "--home", tmp_path, "--quiet").stdout == ""
    assert "to look at" in nurture("template", "check", "hello", "--home", tmp_path).stdout


def test_an_unknown_name_gets_the_next_step(tmp_path: Path) -> None:
    """One sentence, exit code 16."""
    assert "Did you mean useful-news" in refused(nurture("template", "check", "usefull-news", "--home", tmp_path), 16)


def test_help_has_an_example() -> None:
    """For the group and its command."""
    assert "check" in nurture("template", "--help").stdout
    assert "Example: nurture template check" in nurture("template", "check", "--help").stdout
