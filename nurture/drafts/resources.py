"""Something of value to share, checked when it is taken in: nothing in it may spoil the text that will carry it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nurture.messages import detect_language, fold_same, links, one_line, plain_link
from nurture.shipped import LANGUAGES

KINDS = ("article", "case", "tool")
TITLE, SENTENCE, URL, TAGS, TAG = 150, 200, 500, 20, 40  # characters; how many tags, and their characters
NAMES = {"fr": "French", "en": "English"}
TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|t'\w+)\b")
VOUS = re.compile(r"\b(?:vous|votre|vos)\b")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """An article, a case or a tool: what it is, where it lies, and in a sentence what it brings the reader."""

    key: int = 0  # 0: not kept yet
    kind: str = "article"
    title: str
    url: str = ""
    lang: str
    tags: tuple[str, ...] = ()
    sentence: str

    @property
    def link(self) -> str:
        """The link in the spelling in which links are compared; "" without one."""
        return plain_link(self.url) if self.url else ""

    @property
    def text(self) -> str:
        """Everything of it that stands in a letter."""
        return "\n".join(filter(None, (self.title, self.url, self.sentence)))

    def speaks(self, register: str) -> bool:
        """Whether its sentence goes with a register: one that says « vous » has no place in a letter that says « tu »."""
        if self.lang != "fr":
            return True
        return not (VOUS if register == "tu" else TU).search(fold_same(self.sentence))


def resource_of(fields: Mapping[str, Any], key: int = 0) -> tuple[Resource | None, tuple[str, ...]]:
    """(the resource, ()) or (None, what is wrong with it), every fault as "field: sentence"."""
    text = {name: " ".join(str(fields.get(name) or "").split()) for name in ("title", "url", "language", "kind", "sentence")}
    tags = tuple(dict.fromkeys(t for tag in fields.get("tags") or () if (t := " ".join(str(tag).split()))))
    kind = text["kind"] or "article"
    lang = text["language"] or detect_language(f"{text['title']}. {text['sentence']}") or ""
    faults = (
        *_text_faults("title", text["title"], TITLE),
        *_text_faults("sentence", text["sentence"], SENTENCE),
        *_sentence_faults(text["sentence"], lang),
        *_url_faults(text["url"]),
        *_tag_faults(tags),
        *([] if kind in KINDS else [f"kind: {one_line(kind, 40)!r} is none of {', '.join(KINDS)}"]),
        *_language_faults(lang, stated=bool(text["language"])),
    )
    if faults:
        return None, faults
    return Resource(
        key=key, kind=kind, title=text["title"], url=text["url"], lang=lang, tags=tags, sentence=text["sentence"]
    ), ()  # fmt: skip


def _text_faults(name: str, said: str, longest: int) -> list[str]:
    if not said:
        return [f"{name}: is missing"]
    faults = [f"{name}: {len(said)} characters, where {longest} are the most"] if len(said) > longest else []
    if not said.isprintable() or "⟦" in said or "⟧" in said:
        faults.append(f"{name}: holds marks that cannot stand in a letter")
    if links(said):
        faults.append(f"{name}: holds a link; that belongs into url")
    return faults


def _sentence_faults(said: str, lang: str) -> list[str]:
    """It stands in letters to people who are hardly known: a calm statement in the language of the letter."""
    faults = (
        ["sentence: a question or an exclamation has no place there; say calmly what it brings"] if set(said) & set("?!") else []
    )
    found = detect_language(said)
    if found and lang in LANGUAGES and found != lang:
        faults.append(f"sentence: is not in {NAMES.get(lang, lang)}, and it will stand in a letter in that language")
    return faults


def _url_faults(url: str) -> list[str]:
    if not url:
        return []
    if len(url) > URL:
        return [f"url: {len(url)} characters, where {URL} are the most"]
    whole = url.lower().startswith(("https://", "http://"))
    if not whole or not url.isprintable() or " " in url or "⟦" in url or not plain_link(url) or len(links(url)) != 1:
        return [f"url: {one_line(url, 80)!r} is no link such as https://example.com/article"]
    return []


def _tag_faults(tags: tuple[str, ...]) -> list[str]:
    faults = [f"tags: {len(tags)} of them, where {TAGS} are the most"] if len(tags) > TAGS else []
    return faults + [f"tags: {one_line(t, TAG)!r} is too long or odd" for t in tags if len(t) > TAG or not t.isprintable()]


def _language_faults(lang: str, *, stated: bool) -> list[str]:
    if lang in LANGUAGES:
        return []
    if stated:
        return [f"language: {one_line(lang, 40)!r} is none of {', '.join(LANGUAGES)}"]
    return [f"language: cannot be told from its words; name one of {', '.join(LANGUAGES)}"]
