"""Files written where the owner says: whole, private, and nothing that is no plain file is ever replaced."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Thread

import pytest

from nurture.cli.whole_file import write_whole
from nurture.errors import WrongUsage


def test_a_new_file_is_the_owners_alone_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    """Another one of that name is replaced."""
    path = tmp_path / "drafts.ics"
    path.write_bytes(b"old")
    write_whole(path, b"new")

    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """As /dev/stdout or a device would."""
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"through")
    reader.join(10)

    assert got == [b"through"]
    assert pipe.is_fifo()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind it says the new."""
    link, behind = tmp_path / "link", tmp_path / "behind"
    link.symlink_to(behind)
    write_whole(link, b"new")

    assert link.is_symlink()
    assert behind.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["nowhere/x.csv", "x" * 300, "a\0b", "."])
def test_what_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    """And nothing half-written is left."""
    with pytest.raises(WrongUsage, match="cannot be written"):
        write_whole(tmp_path / name, b"new")

    assert list(tmp_path.iterdir()) == []
