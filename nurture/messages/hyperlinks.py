"""Links of the web in a text, and keyed hashes of them: enough to see that one was sent before, nothing to follow. Linear time."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator

LONGEST = 2_000  # characters of one link that are looked at
_APART = re.compile(r"[\s<>()\[\]{}\"«»“”|]+")
_END = ".,;:!?…'’*_"
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?")
_FOLLOWS_US = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|mc_[ce]id)=")  # what newsletters hang on a link to see who opened it


def links(text: str) -> tuple[str, ...]:
    """Every link of a text in one spelling, in order, each once: with a scheme, with www., or a host with a path behind it."""
    return tuple(dict.fromkeys(_links(text)))


def _links(text: str) -> Iterator[str]:
    for token in _APART.split(text):
        if ("." in token or "//" in token) and (link := plain_link(token)):
            yield link


def plain_link(token: str) -> str:
    """One link without scheme, www., case of the host, tracking and place within the page; "" for what is none."""
    token = token[:LONGEST].rstrip(_END)
    lowered = token.lower()
    scheme = next((s for s in ("https://", "http://") if lowered.startswith(s)), "")
    host, slash, rest = token[len(scheme) :].partition("#")[0].partition("/")
    host, mark, query = host.partition("?")
    host = host.lower()
    if not _HOST.fullmatch(host) or not (scheme or slash or host.startswith("www.")):
        return ""
    path, _, asked = (rest, "", query) if mark else rest.partition("?")
    kept = "&".join(part for part in asked.split("&") if part and not _FOLLOWS_US.match(part.lower()))
    return f"{host.removeprefix('www.')}/{path}".rstrip("/") + (f"?{kept}" if kept else "")


def link_hashes(text: str, key: bytes) -> frozenset[str]:
    """Keyed 16-digit hashes of the links of a text."""
    return frozenset(hmac.new(key, b"link:" + link.encode(), hashlib.sha256).hexdigest()[:16] for link in links(text))
