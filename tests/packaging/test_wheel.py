"""The wheel stands alone: installed into an empty environment, it runs the demo from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the locked backend."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`nurture` in an environment of its own that holds the wheel; the dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("empty")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=120)
    python = folder / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    install = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, timeout=120)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "nurture"


def _run(program: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NURTURE", "COV"))}
    return subprocess.run([program, *args], cwd=cwd, capture_output=True, text=True, check=False, timeout=300, env=clean)


def _drafts(folder: Path) -> set[str]:
    return {p.name.partition(":")[0] for p in (folder / "Maildir" / ".Drafts").glob("[cn]*/*")}


def test_the_wheel_holds_everything_that_is_read_at_run_time(wheel: Path) -> None:
    """Templates, migrations, sample mail, and whatever data lies beside the code."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    beside_the_code = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "nurture").rglob("*")
        if p.is_file() and not {"__pycache__", "training"} & set(p.parts)
    }
    shipped = {
        f"nurture/_shipped/{p.relative_to(ROOT)}" for kind in ("templates", "migrations") for p in (ROOT / kind).rglob("*.*")
    }

    assert beside_the_code - inside == set()
    assert {s for s in shipped if "__pycache__" not in s} - inside == set()
    assert "nurture/sample/fr.toml" in inside
    assert "nurture/stages/model/fr.weights" in inside
    assert not [name for name in inside if name.startswith(("tests", "nurture/training"))]


def test_the_installed_program_is_the_wheels_own(program: Path, tmp_path: Path) -> None:
    """The checkout is not what runs."""
    python = program.with_name("python")

    where = subprocess.run(
        [python, "-c", "import nurture; print(nurture.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert str(program.parent.parent) in where


def test_the_demo_runs_from_an_installed_wheel(program: Path, tmp_path: Path) -> None:
    """`nurture demo DIR` from another directory: it says what it drafts and why; a second run adds nothing."""
    first = _run(program, "demo", "try", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    drafts = _drafts(tmp_path / "try")

    second = _run(program, "demo", "try", cwd=tmp_path)

    assert second.returncode == 0, second.stderr
    assert len(drafts) >= 6
    assert "Drafts" in first.stdout
    assert str(Path("try") / "Maildir") in first.stdout
    assert _drafts(tmp_path / "try") == drafts
