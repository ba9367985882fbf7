"""HTML to text: quoted containers behind a mark, signatures below a delimiter, lines where a reader sees lines."""

from __future__ import annotations

import pytest

from nurture.messages import new_words
from nurture.messages.html import html_text

QUOTED = "<div>Ancien message de la vidéaste</div>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<div>b</div>c<br>d<p>e</p>f", "a\nb\nc\nd\n\ne\n\nf"), ("<p>a  b\n c</p>", "a b c"), ("<ul><li>un<li>deux</ul>", "- un\n- deux"), ("<pre>a\n  b</pre>", "a\nb"),
        ("<table><tr><td>Tél.</td><td>06</td></tr><tr><td>x</td></tr></table>", "Tél. 06\nx"), ("x<style>p{}</style><script>1</script><span style='display:none'>caché</span>y", "xy"),
        ("<title>t</title>a<span hidden>b</span>", "a"), ("a&nbsp;&amp;&#233;", "a &é"), ("", ""), ("<br><br>a<br><br><br>b", "a\n\nb"), ("\x01a\x06", "a"), ("<b>a</b><i>b</i>", "ab"),
    ],
)  # fmt: skip
def test_lines_as_a_reader_sees_them(html: str, text: str) -> None:
    """Blocks on lines of their own, paragraphs apart, nothing hidden."""
    assert html_text(html) == text


@pytest.mark.parametrize(
    "container",
    [
        "<blockquote type='cite'>{}</blockquote>", "<blockquote class='gmail_quote'>{}</blockquote>", "<div class='gmail_quote'>{}</div>", "<div class='yahoo_quoted'>{}</div>",
        "<div id='divRplyFwdMsg'>De : x</div>{}", "<div id='appendonsend'></div>{}", "<div><hr id='stopSpelling'>{}</div>", "<hr id='zwchr'>{}", "<div data-marker='__QUOTED_TEXT__'>{}</div>",
        "<div class='protonmail_quote'>{}</div>", "<div class='moz-forward-container'>{}</div>", "<div class='OutlookMessageHeader'>De : x</div>{}", "<blockquote>{}</blockquote>",
        "<blockquote style='border-left:2px solid #1010FF;margin-left:5px'>{}</blockquote>", "<div class='ik_mail_quote'>{}</div>", "<div class='tutanota_quote'>{}</div>",
        "<div name='messageReplySection'>{}</div>", "<div id='mail-editor-reference-message-container'>{}</div>",
    ],
)  # fmt: skip
def test_quoted_containers_of_mail_clients(container: str) -> None:
    """Gmail, Outlook, Apple, Yahoo, Zimbra, Thunderbird, Proton, Infomaniak, Tutanota, Spark: behind a mark, then cut."""
    text = html_text(f"<div>Oui, merci.</div>{container.format(QUOTED)}")

    assert "Ancien" in text
    assert new_words(text) == ("Oui, merci.", False)


def test_an_indented_paragraph_is_no_quote() -> None:
    """Some editors make a blockquote of an indent."""
    assert html_text("a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>b</blockquote>") == "a\nb"


def test_quotes_in_quotes_and_words_behind_them() -> None:
    """Depth is counted, and what comes after a quote is not in it."""
    html = "<div><div id='divRplyFwdMsg'>De</div><blockquote type=cite>un<blockquote type=cite>deux</blockquote>un</blockquote></div>après"

    assert html_text(html) == "> De\n>> un\n>>> deux\n>> un\naprès"


@pytest.mark.parametrize(
    "mark",
    [
        "class='gmail_signature'",
        "id='Signature'",
        "class='moz-signature'",
        "class='protonmail_signature_block'",
        "id='AppleMailSignature'",
    ],
)
def test_signature_containers(mark: str) -> None:
    """Below the delimiter, and so cut."""
    assert new_words(html_text(f"<div>Oui.</div><div {mark}>Mon slogan, à votre service</div>"))[0] == "Oui."


def test_nesting_that_would_take_the_parser_for_ever() -> None:
    """Thousands of open elements are stripped, not parsed; many closed ones are no nesting."""
    assert html_text("<div>" * 5_000 + "bonjour<br>oui").split() == ["bonjour", "oui"]
    assert html_text("<div>x</div>" * 500).split("\n") == ["x"] * 500


@pytest.mark.parametrize(
    "html", ["<", "<!--", "<![CDATA[", "<p", "</p></p>", "<a href=", "&#xD800;", "&#0;", "<svg><style>x", "<frameset>"]
)
def test_broken_html_is_read(html: str) -> None:
    """As far as it goes."""
    assert html_text(html).encode() is not None
