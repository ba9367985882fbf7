"""The sample mailbox is complete, always the same, and never ages."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import pytest

from nurture.followups import Action
from nurture.sample import SAMPLE_NOW, build, people, sample_config
from nurture.stages import Signal

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sample.md"
RESERVED = re.compile(r"@([a-z0-9-]+\.)*([a-z0-9-]+\.example|example\.com)$", re.IGNORECASE)


@pytest.fixture(scope="module")
def maildir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once."""
    dest = tmp_path_factory.mktemp("sample") / "Maildir"
    build(dest)
    return dest


@pytest.fixture(scope="module")
def mails(maildir: Path) -> list[EmailMessage]:
    """All messages of the built sample, parsed."""
    return [_parsed(path) for path in sorted(maildir.rglob("cur/*"))]


def _parsed(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _tree(root: Path) -> dict[str, tuple[bytes, float]]:
    return {str(p.relative_to(root)): (p.read_bytes(), p.stat().st_mtime) for p in root.rglob("cur/*")}


def test_two_builds_are_identical(maildir: Path, tmp_path: Path) -> None:
    """The same names, bytes and times, so that a demo can be compared with another."""
    build(tmp_path)

    assert _tree(tmp_path) == _tree(maildir)


def test_a_second_build_into_the_same_place_changes_nothing(tmp_path: Path) -> None:
    """Building is idempotent, and what nurture wrote there stays."""
    build(tmp_path)
    draft = tmp_path / ".Drafts" / "cur" / "1.own:2,DS"
    draft.write_bytes(b"Subject: mine\n\nmine\n")
    before = _tree(tmp_path)

    build(tmp_path)

    assert _tree(tmp_path) == before


def test_the_standard_library_reads_it_as_a_maildir(maildir: Path) -> None:
    """Maildir++: INBOX at the top, the other folders beside it."""
    inbox = mailbox.Maildir(maildir, create=False)

    assert sorted(inbox.list_folders()) == ["Drafts", "Junk", "Nurture", "Sent", "Trash"]
    assert len(inbox) >= 40
    assert len(inbox.get_folder("Sent")) >= 50
    assert len(inbox.get_folder("Drafts")) == 1
    assert len(inbox.get_folder("Junk")) == 2
    assert len(inbox.get_folder("Trash")) == 0


def test_nothing_is_newer_than_the_samples_now(maildir: Path, mails: list[EmailMessage]) -> None:
    """Dates lie before the fixed moment, are stated with an offset, and are the files' times."""
    dates = [parsedate_to_datetime(m["Date"]) for m in mails]

    assert all(d.tzinfo for d in dates)
    assert max(dates) <= SAMPLE_NOW
    assert len({d.utcoffset() for d in dates}) >= 4  # Paris in summer and winter, London, New York
    assert all(_parsed_date(p).timestamp() == p.stat().st_mtime for p in maildir.rglob("cur/*"))


def _parsed_date(path: Path) -> datetime:
    return parsedate_to_datetime(_parsed(path)["Date"])


def test_every_address_is_in_a_reserved_domain(mails: list[EmailMessage]) -> None:
    """Nobody real can ever be written to."""
    found = {
        a for m in mails for field in ("From", "To", "Cc") if m[field] for a in re.findall(r"[\w.+-]+@[\w.-]+", str(m[field]))
    }

    assert len(found) > 45
    assert [a for a in found if not RESERVED.search(a)] == []


def test_every_message_has_an_id_of_its_own_and_known_parents(mails: list[EmailMessage]) -> None:
    """Threads hold together: whatever is answered exists."""
    ids = [str(m["Message-ID"]) for m in mails]

    assert len(ids) == len(set(ids))
    assert {ref for m in mails for ref in str(m["References"] or "").split()} <= set(ids)
    assert sum(1 for m in mails if m["In-Reply-To"]) >= 45


def test_both_languages_and_every_action_stand_in_it() -> None:
    """At least 24 conversations, French and English, and each thing that a plan can say but `sheet`."""
    everybody = people()

    assert len(everybody) >= 26
    assert sum(1 for p in everybody if p.lang == "fr") >= 10
    assert sum(1 for p in everybody if p.lang == "en") >= 10
    assert {p.register for p in everybody if p.lang == "fr"} == {"tu", "vous"}
    assert {p.action for p in everybody} >= {Action.DRAFT, Action.WAIT, Action.HOLD, Action.STOP, Action.REST}
    assert {p.action for p in everybody} <= set(Action)


def test_the_commonest_signals_are_answered_in_it() -> None:
    """What a run is expected to answer is named by its signal."""
    answered = {p.about.split()[2].rstrip(",") for p in people() if p.about.startswith("answer to ")}

    assert answered <= set(Signal)
    assert answered >= {"price_question", "feature_request", "how_question", "info_request", "acceptance", "decline", "referral"}


def _of_type(content_type: str) -> Callable[[EmailMessage], bool]:
    return lambda m: any(part.get_content_type() == content_type for part in m.walk())


def _says(words: str) -> Callable[[EmailMessage], bool]:
    return lambda m: words in str(getattr(m.get_body(("plain", "html")), "get_content", str)())


KINDS: dict[str, Callable[[EmailMessage], bool]] = {
    "absence with a date": lambda m: m["Auto-Submitted"] == "auto-replied" and _says("16 mars")(m),
    "absence without a date": lambda m: m["Auto-Submitted"] == "auto-replied" and _says("à mon retour")(m),
    "hard bounce": lambda m: m.get_content_type() == "multipart/report" and "Status: 5.1.1" in m.as_string(),
    "soft bounce": lambda m: m.get_content_type() == "multipart/report" and "Status: 4.2.2" in m.as_string(),
    "delivery status": _of_type("message/delivery-status"),
    "opt-out in French": _says("retirer de votre liste"),
    "opt-out in English": _says("take me off your list"),
    "deferral that is due": _says("Recontactez-moi en mars"),
    "deferral that runs": _says("get back to me in May"),
    "feature request": _says("plateforme e-learning"),
    "how-question": _says("which tools do you use"),
    "price question": _says("Ça coûterait combien"),
    "successor": _says("his successor"),
    "challenge": _says("vous n'êtes pas un robot"),
    "calendar answer": lambda m: _of_type("text/calendar")(m) and "METHOD:REPLY" in m.as_string(),
    "calendar request": lambda m: _of_type("text/calendar")(m) and "METHOD:REQUEST" in m.as_string(),
    "newsletter": lambda m: bool(m["List-Unsubscribe"]),
    "receipt": lambda m: m["Auto-Submitted"] == "auto-generated",
    "bare thanks": _says("Merci, bonne journée."),
    "HTML only": lambda m: m.get_content_type() == "text/html",
    "HTML beside text": lambda m: m.get_content_type() == "multipart/alternative" and _of_type("text/html")(m),
    "French Outlook quote": _says("\nEnvoyé : "),
    "English Outlook quote": _says("\nSent: "),
    "French iPhone footer": _says("Envoyé de mon iPhone"),
    "Gmail quote in French": _says(" a écrit :"),
    "Gmail quote in English": _says("> wrote:"),
    "another charset": lambda m: str(m.get_content_charset()) == "windows-1252",
    "from overseas": lambda m: str(m["Date"]).endswith("-0500"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_expected_kind_is_present(mails: list[EmailMessage], kind: str) -> None:
    """Every sort of mail that the demo promises can be found by its headers or its words."""
    assert [m for m in mails if KINDS[kind](m)]


def test_somebody_answers_from_another_address_in_the_thread(mails: list[EmailMessage]) -> None:
    """The same name, a new address, a known parent."""
    named = {parseaddr(str(m["From"])) for m in mails if "Ferrand" in str(m["From"])}
    written = {parseaddr(str(m["To"])) for m in mails if "Ferrand" in str(m["To"])}

    assert len(named | written) == 2
    assert len({name for name, _ in named | written}) == 1


def test_somebody_wrote_first() -> None:
    """A conversation that they began."""
    assert [p for p in people() if not p.mails[0].ours]


def test_the_page_about_the_sample_tells_everybodys_expectation() -> None:
    """docs/sample.md has a row for each person, and its words are the source's."""
    page = DOCS.read_text(encoding="utf-8")

    for person in people():
        name = parseaddr(person.who)[0]
        assert f"| {name} | {person.lang} | {person.shows} | {person.action} | {person.about} |" in page


def test_the_configuration_is_the_owners_over_that_mailbox(tmp_path: Path) -> None:
    """A Maildir account, everybody followed, an offer, and something outside it."""
    config = sample_config(tmp_path)

    assert config.accounts[0].mailbox.path == str(tmp_path)
    assert config.follow == "all"
    assert config.owner.addresses == ("camille@atelier-laurent.example",)
    assert config.offer.outside[0].fr
    assert config.offer.outside[0].en
