"""The files around the code: locks, crontab, scripts, documentation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CRON_LINES = [
    line for line in (ROOT / "crontab.example").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


def _locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def _canonical(requirement: str) -> str:
    return re.split(r"[<>=!~\[ ;]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_host(name: str) -> None:
    """Any index that serves the same bytes will do."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z0-9-]+(?:\[\w+\])?==)", text, flags=re.MULTILINE)[1:]

    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text.replace("--no-emit-find-links", "")


def test_every_dependency_is_locked_and_the_two_locks_agree() -> None:
    """What pyproject.toml asks for stands in a lock; what stands in both has one version."""
    run, dev = _locked("requirements.lock"), _locked("requirements-dev.lock")

    assert {_canonical(d) for d in PROJECT["project"]["dependencies"]} <= set(run)
    assert {_canonical(d) for d in PROJECT["dependency-groups"]["dev"]} <= set(dev)
    assert {d for extra in PROJECT["project"]["optional-dependencies"].values() for d in extra} <= set(
        PROJECT["dependency-groups"]["dev"]
    )
    assert {"hatchling", "editables"} <= set(run)
    assert {n: v for n, v in dev.items() if run.get(n, v) != v} == {}


def test_an_extra_that_a_tool_asks_for_is_locked_with_it() -> None:
    """pip takes `coverage[toml]` for another package than `coverage`, and refuses a newer one that has no hash here."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8") + (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    asked = set()
    for name in _locked("requirements.lock") | _locked("requirements-dev.lock"):
        with suppress(PackageNotFoundError):
            always = [r for r in requires(name) or () if ";" not in r]
            asked |= {found[0].lower() for r in always if (found := re.match(r"[\w-]+\[\w+\]", r))}

    assert "coverage[toml]" in asked
    assert {extra for extra in asked if not re.search(rf"^{re.escape(extra)}==", lock, re.MULTILINE)} == set()


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md names each one that is installed with nurture, or may be, and each tool."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()

    [choice] = PROJECT["project"]["optional-dependencies"].values()
    for dependency in PROJECT["project"]["dependencies"] + choice + PROJECT["dependency-groups"]["dev"]:
        assert f"| {_canonical(dependency)} |" in page


def test_there_is_one_crontab_line_in_crons_grammar() -> None:
    """Five fields and a command; a per cent sign would end the command."""
    assert len(CRON_LINES) == 1
    assert re.match(r"\*/20 7-19 \* \* 1-5 \S", CRON_LINES[0])
    assert "%" not in CRON_LINES[0]


@pytest.mark.parametrize("place", [".local/bin", "nurture/.venv/bin"])
def test_the_crontab_line_works_as_it_stands(place: str, tmp_path: Path) -> None:
    """In cron's poor environment it finds nurture where pip, pipx and a checkout put it."""
    program = tmp_path / place / "nurture"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "ran: $*"\n')
    program.chmod(0o755)
    command = CRON_LINES[0].split(maxsplit=5)[5]

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "ran: run\n"


@pytest.mark.parametrize("script", ["scripts/make-venv.sh", "scripts/with-servers.sh", "scripts/debian.sh"])
def test_scripts_are_plain_sh(script: str) -> None:
    """They run under the smallest shell of a fresh machine."""
    shell = shutil.which("dash") or "/bin/sh"

    assert subprocess.run([shell, "-n", str(ROOT / script)], check=False, capture_output=True).returncode == 0


def _bare(tmp_path: Path, **programs: str) -> dict[str, str]:
    """An environment whose PATH holds a few ordinary commands and the given scripts only."""
    for name in ("sh", "dirname", "cat", "env", "chmod"):
        (tmp_path / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    for name, text in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    return {"PATH": str(tmp_path), "POSTGRESQL": "/nowhere"}


def test_an_old_python_is_refused_with_what_to_install(tmp_path: Path) -> None:
    """One sentence that names the Debian packages."""
    env = _bare(tmp_path, python3='[ "$1" = -V ] && echo Python 3.9.2 && exit 0; exit 1')

    done = subprocess.run(
        ["sh", str(ROOT / "scripts/make-venv.sh"), str(tmp_path / "v")], env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "nurture needs Python 3.11 to 3.13" in done.stderr
    assert "python3 is Python 3.9.2" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_without_venv_is_told_apart_from_an_old_one(tmp_path: Path) -> None:
    """Debian splits venv off; its package is named."""
    env = _bare(tmp_path, python3='case "$2" in *ensurepip*) exit 1 ;; *venv*) echo python3.11-venv ;; esac')

    done = subprocess.run(
        ["sh", str(ROOT / "scripts/make-venv.sh"), str(tmp_path / "v")], env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "has no module venv" in done.stderr
    assert "apt-get install python3.11-venv" in done.stderr


def _with_servers(tmp_path: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The script around a command that says which tests are not run."""
    script = (ROOT / "scripts/with-servers.sh").read_text(encoding="utf-8").replace("PATH=$PATH:/usr/sbin:/sbin", ":")
    (tmp_path / "with.sh").write_text(script.replace("/run/systemd/system", "/nowhere"))
    shutil.copy(ROOT / "scripts/debian.sh", tmp_path)
    told = 'echo "without=$NURTURE_WITHOUT_DOVECOT,$NURTURE_WITHOUT_POSTGRESQL"'
    return subprocess.run(
        ["sh", str(tmp_path / "with.sh"), "sh", "-c", told], env=env, capture_output=True, text=True, check=True
    )


def test_without_servers_the_tests_run_and_say_loudly_what_is_missing(tmp_path: Path) -> None:
    """Each of the two by itself; the command runs all the same."""
    env = _bare(tmp_path, openssl="exit 0")

    done = _with_servers(tmp_path, env)

    assert done.stdout == "without=1,1\n"
    assert "NOT RUN: the tests against a real mail server" in done.stderr
    assert "apt-get install dovecot-imapd openssl" in done.stderr
    assert "NOT RUN: the tests against a real database server" in done.stderr
    assert "apt-get install postgresql\n" in done.stderr


def test_a_server_that_is_there_is_not_asked_for(tmp_path: Path) -> None:
    """Debian keeps PostgreSQL's programs out of the PATH, in a folder for each version."""
    there = tmp_path / "postgresql" / "15" / "bin"
    there.mkdir(parents=True)
    (there / "initdb").touch(mode=0o755)
    env = _bare(tmp_path, dovecot="exit 0", doveadm="exit 0", openssl="exit 0") | {"POSTGRESQL": str(there.parents[1])}

    done = _with_servers(tmp_path, env)

    assert (done.stdout, done.stderr) == ("without=,\n", "")


def test_root_gets_the_servers_installed_without_a_question(tmp_path: Path) -> None:
    """apt-get update first, then the packages, and the tests run with the servers."""
    made = f'for p in dovecot doveadm openssl; do echo "#!/bin/sh" > {tmp_path}/$p; chmod +x {tmp_path}/$p; done'
    initdb = f'echo "#!/bin/sh" > {tmp_path}/initdb; chmod +x {tmp_path}/initdb'
    apt = f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/log; case "$*" in *dovecot*) {made} ;; *postgresql*) {initdb} ;; esac'
    env = _bare(tmp_path, **{"id": "echo 0", "apt-get": apt})

    done = _with_servers(tmp_path, env)

    asked = (tmp_path / "log").read_text().splitlines()
    assert done.stdout == "without=,\n"
    assert [line.endswith("update -qq") for line in asked] == [True, False, True, False]
    assert asked[1].startswith("noninteractive install -y")
    assert asked[1].endswith("dovecot-imapd openssl")
    assert asked[3].endswith("postgresql")
    assert "NOT RUN" not in done.stderr


def test_ci_is_executable_and_ends_with_the_tests() -> None:
    """The last words of a run are pytest's summary."""
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if "make " in line]

    assert os.access(script, os.X_OK)
    assert commands[-1].endswith("test")


def test_pages_that_are_linked_exist() -> None:
    """No link of the documentation leads nowhere."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]

    assert links
    assert [(p.name, t) for p, t in links if not (p.parent / t).exists()] == []
