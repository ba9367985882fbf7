"""Delivery reports: dead only where the address or its host is said not to exist."""

from __future__ import annotations

import pytest

from nurture.messages import Kind, parse
from tests.messages.builders import DAEMON, a_mail, kind, parts, read

WHO = "paul@bois.example"


def report(diagnostic: str, *, status: str = "5.0.0", action: str = "failed", words: str = "") -> bytes:
    """A report by the book (RFC 3464)."""
    fields = f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; {WHO}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}"
    return parts(
        f"\n{words}", f"Content-Type: message/delivery-status\n\n{fields}", "Content-Type: message/rfc822\n\nTo: x@y.example\n\nx",
        kind="report", parameters="; report-type=delivery-status", From=DAEMON, Subject="Undelivered Mail Returned to Sender",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("diagnostic", "status"),
    [
        ("550 5.1.1 <x>: Recipient address rejected: User unknown in virtual mailbox table", "5.1.1"), ("550 Requested action not taken", "5.1.1"), ("550 No such user here", "5.0.0"),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "5.1.10"), ("550 5.1.2 Host unknown", "5.1.2"), ("551 5.1.6 recipient has moved", "5.1.6"), ("550 5.4.1 Recipient address rejected: Access denied", "5.4.1"),
        ("554 delivery error: dd This user doesn't have a yahoo.example account", "5.0.0"), ("550 5.2.1 This account has been permanently disabled", "5.2.1"), ("556 Domain does not accept mail", "5.7.27"),
        ("550 5.1.1 Adresse d au moins un destinataire invalide", "5.1.1"), ("550 le destinataire n'existe pas", "5.0.0"), ("550 Mailbox does not exist", "5.0.0"), ("Name or service not known", "5.4.4"),
    ],
)  # fmt: skip
def test_dead(diagnostic: str, status: str) -> None:
    """No such user, no such host, moved, closed for good."""
    message = parse(report(diagnostic, status=status))

    assert (message.kind, message.notice.failed) == (Kind.BOUNCE_HARD, (WHO,))


@pytest.mark.parametrize(
    ("diagnostic", "status"),
    [
        ("552 5.2.2 Mailbox full", "5.2.2"), ("550 5.1.1 user over quota", "5.1.1"), ("550 5.7.1 Message blocked, spam suspected", "5.7.1"), ("553 5.1.8 Domain of sender address x does not exist", "5.1.8"),
        ("450 4.2.0 Greylisted, try again later", "4.2.0"), ("550 5.1.1 <x> - 192.0.2.1 sent to too many recipients this hour", "5.1.1"), ("550 5.2.1 The account is disabled", "5.2.1"),
        ("554 Relay access denied", "5.7.1"), ("552 message size exceeds the limit", "5.3.4"), ("550 refused", "5.0.0"), ("550 unknown user", "5.3.0"), ("450 4.1.1 user unknown", "4.1.1"),
        ("550 5.7.1 rejected by policy: no such user listed", "5.7.1"), ("host not found, try again", "5.4.3"),
    ],
)  # fmt: skip
def test_not_dead(diagnostic: str, status: str) -> None:
    """Full, blocked, refused, later: whatever the first digit."""
    message = parse(report(diagnostic, status=status))

    assert (message.kind, message.notice.status) == (Kind.BOUNCE_SOFT, status)


def test_a_filter_after_the_data_speaks_in_the_name_of_an_unknown_user() -> None:
    """A dead address is refused at RCPT; at DATA it lives, unless the status says otherwise."""
    assert parse(report("550 User unknown", words="(in reply to end of DATA command)")).kind is Kind.BOUNCE_SOFT
    assert parse(report("550 User unknown", words="(in reply to RCPT TO command)")).kind is Kind.BOUNCE_HARD
    assert parse(report("550 User unknown", status="5.1.1", words=">>> DATA\n<<< 550 User unknown")).kind is Kind.BOUNCE_HARD
    assert parse(report("553 x does not exist", words="after MAIL FROM:<x>")).kind is Kind.BOUNCE_SOFT


def test_an_address_may_be_called_unknown() -> None:
    """Names are no words."""
    assert parse(report("550 <user-unknown@does-not-exist.example> mailbox full")).kind is Kind.BOUNCE_SOFT
    assert parse(report("550 <user.unknown@x.example> blocked")).kind is Kind.BOUNCE_SOFT


def test_delays_and_successes() -> None:
    """A delay is soft whatever it says, a success acknowledges."""
    assert parse(report("user unknown", action="delayed", status="4.4.7")).kind is Kind.BOUNCE_SOFT
    assert parse(report("250 ok", action="delivered", status="2.0.0")).kind is Kind.ACKNOWLEDGEMENT
    assert parse(report("250 ok", action="relayed", status="2.0.0")).kind is Kind.ACKNOWLEDGEMENT


def test_of_several_recipients_only_the_dead_are_named() -> None:
    """The others live."""
    group = "Final-Recipient: rfc822; {}@x.example\nAction: failed\nStatus: {}\nDiagnostic-Code: smtp; {}"
    fields = "\n\n".join(
        [group.format("a", "5.2.2", "552 full"), group.format("b", "5.1.1", "550 user unknown"), "Final-Recipient: nothing else"]
    )
    message = parse(parts(f"Content-Type: message/delivery-status\n\n{fields}", kind="report", From=DAEMON, Subject="x"))

    assert (message.kind, message.notice.failed, message.notice.status) == (Kind.BOUNCE_HARD, ("b@x.example",), "5.1.1")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"<{WHO}>: host mx said: 550 5.1.1 User unknown (in reply to RCPT TO command)", Kind.BOUNCE_HARD), (f"{WHO}\n550 mailbox is full", Kind.BOUNCE_SOFT),
        (f"The following address failed: {WHO}\nHost or domain name not found", Kind.BOUNCE_HARD), (f"{WHO}: remote host said: 550 rejected due to policy", Kind.BOUNCE_SOFT),
        (f"This message was created automatically.\n\n{WHO}\n  SMTP error from remote mail server after RCPT TO:<{WHO}>:\n  550 unknown user\n\n------ This is a copy of the message ------\nTo: other@x.example", Kind.BOUNCE_HARD),
        (f"   ----- Transcript -----\n... while talking to mx:\n>>> DATA\n<<< 550 5.7.1 banned\n550 5.1.1 <{WHO}>... User unknown", Kind.BOUNCE_SOFT),
    ],
)  # fmt: skip
def test_reports_in_words_only(text: str, wanted: Kind) -> None:
    """From a mail system, without fields."""
    message = read(text, sender=DAEMON, subject="Undelivered Mail Returned to Sender", Return_Path="<>")

    assert (message.kind, message.notice.failed) == (wanted, (WHO,))


def test_fields_in_the_text_are_read() -> None:
    """Some reports arrive flat."""
    text = f"Delivery failed.\n\nReporting-MTA: dns; mx\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1"

    assert read(text, sender=DAEMON, subject="x").notice.failed == (WHO,)


def test_a_report_in_a_report() -> None:
    """Forwarded by a gateway: the inner one tells."""
    inner = f"Content-Type: message/rfc822\n\nSubject: x\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 user unknown\n"

    assert parse(parts("\nsee below", inner, From=DAEMON, Subject="Returned mail: User unknown")).notice.failed == (WHO,)


def test_the_recipients_of_the_returned_mail() -> None:
    """Where nothing else names anybody."""
    returned = f"Content-Type: message/rfc822\n\nFrom: claire@morvanfilms.example\nTo: Paul <{WHO}>\n\nBonjour"

    assert parse(parts("\nIt could not be delivered.", returned, From=DAEMON, Subject="Undeliverable mail")).notice.failed == (
        WHO,
    )


def test_a_stranger_s_word_kills_nobody() -> None:
    """A report that no mail system sent is soft; and words about a bounce are a person's."""
    text = f"Error message below:\n550 - Requested action not taken: no such user here\n{WHO}"

    assert kind(text, subject="Re: Test") is Kind.BOUNCE_SOFT
    assert kind("Mon mail vous revient : « 550 user unknown ». Une autre adresse ?") is Kind.HUMAN
    assert kind("> 550 5.1.1 user unknown\nEncore un de perdu, non ?") is Kind.HUMAN


def test_a_postmaster_may_be_a_person() -> None:
    """Without a word of failure."""
    assert (
        parse(
            a_mail(
                "Bonjour, je suis le nouvel administrateur. Puis-je vous appeler ?",
                From="postmaster@x.example",
                Subject="Bonjour",
            )
        ).kind
        is Kind.HUMAN
    )


def test_failed_recipients_of_the_header() -> None:
    """Gmail names them."""
    message = parse(a_mail("Address not found", From=DAEMON, Subject="x", X_Failed_Recipients=WHO))

    assert (message.kind, message.notice.failed) == (Kind.BOUNCE_HARD, (WHO,))
