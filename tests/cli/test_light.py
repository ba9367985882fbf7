"""What a command does not need it does not load: `--help` starts at once, `status` without what writes and reads mail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, nurture

HEAVY = (
    "sqlalchemy",
    "alembic",
    "icalendar",
    "imapclient",
    "jinja2",
    "re2",
    "selectolax",
    "holidays",
    "publicsuffixlist",
    "rich",
)


def loaded(*args: str | Path) -> set[str]:
    """The packages that `nurture ARGS…` has loaded when it ends."""
    code = (
        "import sys\nfrom nurture.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(' '.join({m.partition('.')[0] for m in sys.modules} | set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "HOME": "/"},
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["run", "--help"], ["cron", "--help"], ["db", "check", "--help"], ["sequence", "--help"]]
)
def test_help_loads_nothing_of_weight(args: list[str]) -> None:
    """No database, no mail, no templates."""
    assert loaded(*args).isdisjoint(HEAVY)


def test_a_command_without_a_configuration_says_so_before_it_loads_anything(tmp_path: Path) -> None:
    """cron meets that, too."""
    assert loaded("run", "--home", tmp_path).isdisjoint(HEAVY[1:])


def test_a_run_with_nothing_new_loads_no_encoder(tmp_path: Path) -> None:
    """Reading is what costs; looking whether there is something to read does not."""
    assert nurture("demo", tmp_path / "demo", "--quiet").returncode == 0
    home = tmp_path / "demo" / "home"

    found = loaded("run", "--home", home)

    assert "nurture.run" in found
    assert found.isdisjoint({"onnxruntime", "numpy", "sqlalchemy.orm", "alembic"})


def test_status_loads_no_driver_of_another_database_and_nothing_that_reads_or_writes_mail(tmp_path: Path) -> None:
    """It looks at rows."""
    assert nurture("demo", tmp_path / "demo", "--quiet").returncode == 0
    home = tmp_path / "demo" / "home"
    found = loaded("status", "--home", home) | loaded("sequence", "list", "--home", home)

    assert "sqlalchemy" in found
    assert found.isdisjoint(
        {"sqlalchemy.orm", "alembic", "imapclient", "jinja2", "holidays", "rich", "nurture.run", "nurture.mailbox"}
    )
    assert "sqlalchemy.dialects.postgresql" not in found
