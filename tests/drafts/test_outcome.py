"""What tells an untouched draft from an edited one."""

from __future__ import annotations

import quopri

from nurture.drafts import compose, digest, identity_of, text_hash, words_hash
from nurture.followups import Lane, Occasion
from tests.drafts.builders import KEY, a_draft, a_text

OCCASION = Occasion(person="anna@client.example", lane=Lane.FOLLOWUPS, anchor="<1@atelier.example>", step="stranger/useful-news")


def reflowed(raw: bytes) -> bytes:
    """The same mail as a client saves it that re-flows and re-encodes: other lines, another encoding, its own headers."""
    head, _, body = raw.partition(b"\r\n\r\n")
    words = quopri.decodestring(body).decode().replace(" \r\n", " ")
    kept = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-")]
    new = b"\r\n".join(
        [
            *kept,
            b"X-Mozilla-Draft-Info: internal/draft",
            b"Content-Type: text/plain; charset=iso-8859-1",
            b"Content-Transfer-Encoding: 8bit",
        ]
    )
    return new + b"\r\n\r\n" + words.encode("iso-8859-1", "replace")


def test_a_client_that_only_saves_changes_bytes_but_not_words() -> None:
    """mail-facts 3.3: raw bytes always differ, the normalised text does not."""
    raw = compose(
        a_draft(
            text=a_text(
                "Voilà où nous en sommes, et c'est une phrase assez longue pour être repliée par tous les clients de messagerie."
            )
        )
    )

    assert digest(raw) != digest(reflowed(raw))
    assert text_hash(raw) == text_hash(reflowed(raw))


def test_one_changed_word_is_seen() -> None:
    """And so is one more sentence."""
    assert text_hash(compose(a_draft())) != text_hash(compose(a_draft(text=a_text("Merci pour tes mots."))))


def test_the_signature_that_a_client_adds_is_not_an_edit() -> None:
    """What stands below `-- ` is left out."""
    assert words_hash("Bonjour,\n\nMerci.\n\n-- \nCamille\n01 99 00 12 34") == words_hash("Bonjour,\r\n\r\nMerci.\r\n")


def test_an_occasion_has_one_identity_that_only_the_key_makes() -> None:
    """The same in every database that has the key; telling nothing; in the owner's domain."""
    one = identity_of(OCCASION, KEY, "atelier.example")

    assert one == identity_of(OCCASION, KEY, "atelier.example")
    assert one.message_id != one.token
    assert one.message_id.endswith("@atelier.example>")
    assert "anna" not in one.message_id
    assert "nurture" not in one.message_id
    assert one != identity_of(OCCASION, b"other", "atelier.example")


def test_every_part_of_an_occasion_counts() -> None:
    """Another person, lane, anchor or step is another draft."""
    others = [
        Occasion(person="b@client.example", lane=OCCASION.lane, anchor=OCCASION.anchor, step=OCCASION.step),
        Occasion(person=OCCASION.person, lane=Lane.ANSWERS, anchor=OCCASION.anchor, step=OCCASION.step),
        Occasion(person=OCCASION.person, lane=OCCASION.lane, anchor="<2@atelier.example>", step=OCCASION.step),
        Occasion(person=OCCASION.person, lane=OCCASION.lane, anchor=OCCASION.anchor, step="stranger/open-door"),
    ]
    ids = {identity_of(o, KEY, "atelier.example").message_id for o in (OCCASION, *others)}

    assert len(ids) == 5
