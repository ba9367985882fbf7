"""Files of mail, of every shape that people have, become exchanges; what is none says which file, which line, and why."""

from __future__ import annotations

import json
import mailbox
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from nurture.exchange import BadFile, open_path, retell
from nurture.sample import build
from nurture.stages import Signal, Stage

ANNA, US = "Anna Roux <anna@client.example>", "Camille Laurent <camille@atelier.example>"


def a_mail(by: str, to: str, text: str, *, day: int, answers: str = "", subject: str = "Vos ateliers") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = by, to, subject
    mail["Date"] = f"{day:02d} Mar 2026 09:00:00 +0100"
    mail["Message-ID"] = f"<{day}@{by.partition('@')[2].strip('>')}>"
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(text)
    return mail


LETTER = a_mail(US, ANNA, "Bonjour Madame Roux,\n\nPuis-je vous montrer comment ?\n\nBien à vous,\nCamille\n", day=2)
ANSWER = a_mail(
    ANNA,
    US,
    "Bonjour,\n\nCombien cela coûte-t-il ?\n\nAnna Roux\n",
    day=3,
    answers="<2@atelier.example>",
    subject="Re: Vos ateliers",
)


def test_one_mail_is_one_exchange(tmp_path: Path) -> None:
    """An .eml of theirs."""
    path = tmp_path / "answer.eml"
    path.write_bytes(ANSWER.as_bytes())

    (told,) = retell(next(iter(open_path(path)))).told

    assert not told.ours
    assert Signal.PRICE_QUESTION in told.reading.signals


@pytest.mark.parametrize("separator", ["\n", "\r\n"])
def test_an_mbox_is_read_and_joined_by_thread(tmp_path: Path, separator: str) -> None:
    """As the standard library writes one, and with the line ends of another system."""
    box = mailbox.mbox(tmp_path / "mail.mbox")
    for mail in (ANSWER, LETTER):
        box.add(mail)
    box.close()
    path = tmp_path / "mail.mbox"
    path.write_bytes(path.read_bytes().replace(b"\n", separator.encode()))

    (exchange,) = open_path(path, owner=None)

    assert [m.headers.message_id for m in exchange.mails] == ["<2@atelier.example>", "<3@client.example>"]


def test_a_line_that_begins_with_from_is_no_new_mail(tmp_path: Path) -> None:
    """Quoted by `>` in an mbox, or in the middle of a paragraph."""
    box = mailbox.mbox(tmp_path / "mail")
    box.add(message_from_bytes(a_mail(ANNA, US, "Bonjour,\n\nFrom now on, combien ?\nFrom here too\n", day=3).as_bytes()))
    box.close()

    (exchange,) = open_path(tmp_path / "mail")
    (told,) = retell(exchange).told

    assert "From now on, combien ?" in told.message.text
    assert "From here too" in told.message.text


def test_a_maildir_tells_whose_it_is_and_leaves_newsletters_out(tmp_path: Path) -> None:
    """The owner is who wrote what lies in Sent; an exchange holds both sides."""
    build(tmp_path / "Maildir")

    found = [retell(e) for e in open_path(tmp_path / "Maildir")]

    gwen = [
        r for r in found if any(t.message.headers.sender and t.message.headers.sender.addr.startswith("gwen") for t in r.told)
    ]
    assert len(gwen) == 1
    assert [t.ours for t in gwen[0].told] == [True, False]
    assert not any(t.message.headers.subject.startswith("Newsletter") for r in found for t in r.told)
    assert len(found) >= 40


def test_a_folder_is_read_with_all_that_is_in_it(tmp_path: Path) -> None:
    """Single mails together, every other file by itself."""
    (tmp_path / "a.eml").write_bytes(LETTER.as_bytes())
    (tmp_path / "b.eml").write_bytes(ANSWER.as_bytes())
    box = mailbox.mbox(tmp_path / "old.mbox")
    box.add(a_mail("Zoe <zoe@other.example>", US, "Hello, please send me a quote.\n", day=5, subject="Quote"))
    box.close()
    (tmp_path / "notes.txt").write_text("nothing for us")

    assert [len(e.mails) for e in open_path(tmp_path)] == [2, 1]


def test_nothing_is_changed(tmp_path: Path) -> None:
    """Names, times and bytes of a Maildir stay."""
    build(tmp_path / "Maildir")
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()}

    for exchange in open_path(tmp_path / "Maildir"):
        retell(exchange)

    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.eml", b"just some words\n", "neither a mail"),
        ("a.eml", b"", "neither a mail"),
        ("a.bin", bytes(range(256)) * 20, "neither a mail"),
        ("a.jsonl", b'{"id": "x"}\n', "line 1: the key 'owner' is missing"),
        ("a.jsonl", b'\n{"id": \n', "line 2: no JSON"),
        ("a.jsonl", b"[1, 2]\n", "line 1: not a conversation"),
        ("a.jsonl", b'{"id": "x", "owner": {"address": "a@b.example"}, "messages": [3]}\n', "line 1: not a conversation"),
        ("a.jsonl", b"[" * 100_000 + b"\n", "line 1: "),
    ],
)
def test_what_is_no_mail_says_so(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """One sentence with the file, and the line where there are lines."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(BadFile) as told:
        list(open_path(path))

    assert str(path) in str(told.value)
    assert says in str(told.value)


def test_a_path_that_is_not_there_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    """What was asked for does not exist."""
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(BadFile, match=r"no such file|is empty"):
            list(open_path(path))


def test_labels_in_a_file_are_never_looked_at(tmp_path: Path) -> None:
    """The same conversations with their labels, without, and with wrong ones."""
    rows = [json.loads(line) for line in (Path(__file__).parents[1] / "data/corpus/fr.dev.jsonl").read_text().splitlines()[:5]]
    wrong = {
        "kind": "bulk",
        "new_text": "",
        "signals": ["opt_out"],
        "resume_on": "2020-01-01",
        "stage": "client",
        "turn": "nobody",
    }
    found = []
    for change in ({}, {"gold": wrong}, None):
        for row in rows:
            row["register"] = "tu"
            row["messages"] = [
                {**m, **change} if change is not None else {k: v for k, v in m.items() if k != "gold"} for m in row["messages"]
            ]
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        found.append([retell(e) for e in open_path(path)])

    assert found[0] == found[1] == found[2]
    assert {t.verdict.stage for r in found[0] for t in r.told} > {Stage.STRANGER}


def test_a_maildir_with_odd_things_in_it_is_read(tmp_path: Path) -> None:
    """Empty files, folders in `cur`, a broken link."""
    build(tmp_path / "Maildir")
    (tmp_path / "Maildir" / "cur" / "folder").mkdir()
    (tmp_path / "Maildir" / "cur" / "empty:2,S").touch()
    (tmp_path / "Maildir" / "cur" / "gone").symlink_to(tmp_path / "nowhere")

    assert list(open_path(tmp_path / "Maildir"))
    shutil.rmtree(tmp_path / "Maildir")
