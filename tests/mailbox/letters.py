"""Messages by hand: `letter("<a@x.example>", to="anna@client.example")`, and their exact bytes."""

from __future__ import annotations

from datetime import UTC, datetime

OWNER = "camille@atelier.example"
ANNA = "anna@client.example"
ARRIVED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def letter(
    message_id: str,
    *more: str,
    sender: str = ANNA,
    to: str = OWNER,
    body: str = "Bonjour,\r\nmerci.\r\n",
) -> bytes:
    """A plain message with CRLF; `more` are further header lines, folded ones with their line end inside."""
    lines = [
        f"From: {sender}", f"To: {to}", "Subject: Votre devis", "Date: Tue, 3 Feb 2026 05:05:06 +0100", f"Message-ID: {message_id}",
        *more, "X-Private: of no concern", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def a_draft(message_id: str = "<draft@atelier.example>", token: str = "<token@atelier.example>") -> bytes:
    """A draft such as nurture composes."""
    return letter(
        message_id,
        "In-Reply-To: <asked@client.example>",
        f"References: <first@atelier.example>\r\n {token}\r\n <asked@client.example>",
        sender=OWNER,
        to=ANNA,
        body="Bonjour Anna,\r\n\r\nÀ mardi.\r\n",
    )


def lf(raw: bytes) -> bytes:
    """The same with LF, for comparing across stores."""
    return raw.replace(b"\r\n", b"\n")
