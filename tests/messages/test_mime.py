"""Bytes to text: charsets that lie, broken encodings, trees of parts, flowed lines."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages import parse
from nurture.messages.encoded import decode, decode_words, known_charset, undo_transfer
from nurture.messages.mime import MAX_PARTS, content_type, open_part, unflow, walk
from tests.messages.builders import a_mail, parts

TEXT = "Content-Type: text/plain; charset=utf-8\n\n"


@pytest.mark.parametrize(
    ("raw", "label", "text"),
    [
        ("à été".encode(), "utf-8", "à été"), ("à été".encode(), "iso-8859-1", "à été"), ("à été".encode("cp1252"), "utf-8", "à été"), ("5 €".encode("cp1252"), "iso-8859-1", "5 €"),
        ("5 €".encode("iso-8859-15"), "iso-8859-15", "5 €"), ("привет".encode("koi8-r"), "koi8-r", "привет"), ("東京".encode("iso2022_jp"), "iso-2022-jp", "東京"),
        ("été".encode("cp1252"), "x-unknown", "été"), ("été".encode(), "", "été"), ("été".encode("cp1252"), "punycode", "été"), ("été".encode(), "us-ascii", "été"),
        (("été " * 500).encode()[:-2], "utf-8", "été " * 499 + "ét\ufffd"), (b"+AGE-", "utf-7", "a"), ("x".encode("utf-16"), "utf-16", "x"), ("été".encode("cp1252"), "utf-16", "été"),
    ],
)  # fmt: skip
def test_charsets(raw: bytes, label: str, text: str) -> None:
    """UTF-8 where it is that, else as labelled, else Windows-1252."""
    assert decode(raw, label) == text


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape", "zlib", "undefined", "", "x" * 50, "a\x00b"])
def test_codecs_that_are_not_for_mail(label: str) -> None:
    """Some take quadratic time, some are no text."""
    assert known_charset(label) is None


@given(
    st.binary(max_size=200),
    st.sampled_from(["utf-8", "utf-7", "utf-16", "gb18030", "shift_jis", "big5", "iso-2022-kr", "cp1252", "hz", "nonsense"]),
)
def test_decoding_never_raises(raw: bytes, label: str) -> None:
    """And never gives half a surrogate pair."""
    assert decode(raw, label).encode() is not None


@pytest.mark.parametrize(
    ("body", "encoding", "content"),
    [
        (b"SGVs\nbG8=", "base64", b"Hello"), (b"SGVsbG8", "base64", b"Hello"), (b"SGVsbG8=\n-- \nlist footer!", "base64", b"Hello"), (b"S", "base64", b""), (b"", "base64", b""),
        (b"caf=C3=A9=\n", "quoted-printable", "café".encode()), (b"=ZZ", "quoted-printable", b"=ZZ"), (b"x", "x-uuencode", b"x"),
    ],
)  # fmt: skip
def test_transfer_encodings(body: bytes, encoding: str, content: bytes) -> None:
    """What is cut off or dirty is read as far as it goes."""
    assert undo_transfer(body, encoding).startswith(content)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("=?utf-8?q?a_=C3=A9?=", "a é"), ("=?utf-8?b?w6k=?= =?utf-8?q?_x?=", "é x"), ("=?utf-8*fr?q?a?= b", "a b"), ("=?nope?q?a?=", "=?nope?q?a?="), ("=?utf-8?q?a", "=?utf-8?q?a"), ("plain", "plain"),
        ("=?utf-8?q?x=0D=0ABcc:_y?=", "x\r\nBcc: y"),
    ],
)  # fmt: skip
def test_encoded_words(text: str, decoded: str) -> None:
    """RFC 2047; what cannot be decoded stays."""
    assert decode_words(text) == decoded


def test_the_letter_of_a_mixed_mail_is_all_its_text() -> None:
    """Text before and after an image is one letter; attached text is none of it."""
    mail = parts(
        TEXT + "avant",
        "Content-Type: image/png\n\nPNG",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nnon",
        TEXT + "après",
    )

    assert parse(mail).text == "avant\naprès"


def test_the_best_of_alternatives() -> None:
    """Plain text before HTML, unless it is empty, excuses itself, or was stripped to one line."""
    html = "Content-Type: text/html\n\n<p>Bonjour</p><p>Oui</p>"
    one_line = "Bonjour, " + "nous cherchons quelqu'un qui sache filmer " * 10

    assert parse(parts(TEXT + "plain", html, kind="alternative")).text == "plain"
    assert parse(parts(TEXT + " ", html, kind="alternative")).text == "Bonjour\n\nOui"
    assert (
        parse(parts(TEXT + "Votre navigateur ne peut pas afficher ce message HTML.", html, kind="alternative")).text
        == "Bonjour\n\nOui"
    )
    assert parse(parts(TEXT + one_line, html, kind="alternative")).text == "Bonjour\n\nOui"
    assert parse(parts(TEXT + one_line, "Content-Type: text/html\n\n", kind="alternative")).text == one_line


def test_html_in_a_related_part() -> None:
    """The letter lies deeper: alternative(plain, related(html, image))."""
    inner = 'Content-Type: multipart/related; boundary="in"\n\n--in\nContent-Type: text/html\n\n<p>Oui</p>\n--in\nContent-Type: image/png\n\nx\n--in--\n'

    assert parse(parts(TEXT, inner, kind="alternative")).text == "Oui"


def test_boundaries_are_whole_lines() -> None:
    """One boundary that begins as another does not end its parts; an end may be missing."""
    raw = a_mail("--a\n\n--ab is no boundary\n--a\n\ntwo\n", Content_Type="multipart/mixed; boundary=a")
    leaves = list(walk(open_part(raw)))

    assert [leaf.body for leaf in leaves] == [b"--ab is no boundary", b"two\n"]


def test_digests_and_forwards_are_not_opened() -> None:
    """A message in a message is its own matter."""
    mail = parts(TEXT + "voir ci-joint", "Content-Type: message/rfc822\n\nFrom: x@x.example\n\nautre lettre")

    assert parse(mail).new_text == "voir ci-joint"
    assert [leaf.kind for leaf in walk(open_part(parts("\nFrom: a\n\nb", kind="digest")))] == ["message/rfc822"]


def test_parts_without_end() -> None:
    """Of very many parts the first hundred are opened, of very deep ones twenty."""
    many = open_part(parts(*["\nx"] * 500))
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(500)).encode() + b"\nx"

    assert len(list(walk(many))) <= MAX_PARTS
    assert len(list(walk(open_part(deep)))) == 1


@pytest.mark.parametrize(
    ("value", "kind", "parameters"),
    [
        ('Text/HTML; Charset="utf-8"; x=1', "text/html", {"charset": "utf-8", "x": "1"}), ("", "text/plain", {}), ("garbage", "text/plain", {}),
        ('multipart/mixed; boundary="a\\"b"', "multipart/mixed", {"boundary": 'a"b'}), ("a/b; name*=utf-8''x", "a/b", {"name": "utf-8''x"}),
    ],
)  # fmt: skip
def test_content_types(value: str, kind: str, parameters: dict[str, str]) -> None:
    """Type and parameters; what is none is plain text."""
    assert content_type(value) == (kind, parameters)


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("a \nb\nc", "a b\nc"), ("> a \n> b\nc", "> a b\nc"), ("> a \nb", "> a \nb"), ("a\n-- \nP", "a\n-- \nP"), (" >x", ">x"), ("a ", "a "), (">> a \n>> b \n> c", ">> a b \n> c"), ("a \n-- \nP", "a \n-- \nP"),
    ],
)  # fmt: skip
def test_flowed_lines(flowed: str, text: str) -> None:
    """RFC 3676: lines go on within one depth, and never into the signature's delimiter."""
    assert unflow(flowed) == text


def test_flowed_with_delsp() -> None:
    """The space that marks the flow is no part of the text (languages without spaces)."""
    assert unflow("ab \ncd", delsp=True) == "abcd"
    mail = a_mail("ab \ncd\n", Content_Type="text/plain; format=flowed; delsp=yes")
    assert parse(mail).new_text == "abcd"


def test_a_mail_that_is_too_long_is_cut_and_says_so() -> None:
    """One mebibyte is read."""
    message = parse(a_mail("x" * (1 << 20)))

    assert message.truncated
    assert message.size > 1 << 20


def test_base64_in_a_mail() -> None:
    """The usual way of French letters."""
    mail = a_mail(
        base64.encodebytes("Désolée, c'est trop tôt.".encode()),
        Content_Type="text/plain; charset=utf-8",
        Content_Transfer_Encoding="base64",
    )

    assert parse(mail).new_text == "Désolée, c'est trop tôt."


@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    """Every mail is a message."""
    assert parse(raw).size == len(raw)


@given(
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=b\n",
                b"--b\n",
                b"--b--\n",
                b"\n",
                b"\r\n",
                b"Content-Type: text/html\n",
                b"<div>x",
                b"> x\n",
                b"\xff",
            ]
        ),
        max_size=40,
    )
)
def test_no_jumble_of_parts_raises(pieces: list[bytes]) -> None:
    """Nor do pieces of mails in any order."""
    assert parse(b"".join(pieces)).headers.sender is None
