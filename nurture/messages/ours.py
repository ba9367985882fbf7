"""What we ourselves have written before, as keyed hashes of word runs: a quote of it is recognised though no mark shows it.

The hashes can be made from texts at hand or come from storage; nothing can be read from them without the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import error, iter_unpack, pack

from nurture.messages.words import plain_words

RUN = 5  # words in one shingle
MAX_WORDS = 20_000  # of one text


@dataclass(frozen=True, kw_only=True, slots=True)
class OurWords:
    """Everything that we have written to somebody: hashes of each run of `RUN` words, made with `key`.

    Two of them with the same key can be joined with `|`. `pack` and `unpack` are for storage; the key is never packed.
    """

    runs: frozenset[int] = frozenset()
    key: bytes = b""

    @classmethod
    def of(cls, said: Iterable[str], key: bytes = b"") -> OurWords:
        """From what we said, without what our mails quoted (`our_words` takes whole mails). Of a long key the first 64 bytes are used."""
        runs: set[int] = set()
        for text in said:
            runs.update(_runs(plain_words(text)[:MAX_WORDS], key))
        return cls(runs=frozenset(runs), key=key)

    def __or__(self, other: OurWords) -> OurWords:
        if self.key != other.key:
            raise ValueError("hashes made with different keys cannot be compared")
        return OurWords(runs=self.runs | other.runs, key=self.key)

    def said(self, words: Sequence[str]) -> list[bool]:
        """For each of somebody's folded words: whether it stands in a run of words that we wrote."""
        ours = [False] * len(words)
        for i, run in enumerate(_runs(words[:MAX_WORDS], self.key) if self.runs else ()):
            if run in self.runs:
                ours[i : i + RUN] = [True] * RUN
        return ours

    def pack(self) -> bytes:
        """The hashes as bytes, eight each, sorted."""
        return pack(f">{len(self.runs)}Q", *sorted(self.runs))

    @classmethod
    def unpack(cls, packed: bytes, key: bytes = b"") -> OurWords:
        """What `pack` made. Raises ValueError on anything else."""
        try:
            return cls(runs=frozenset(run for (run,) in iter_unpack(">Q", packed)), key=key)
        except error:
            raise ValueError("not a whole number of hashes") from None


def _runs(words: Sequence[str], key: bytes) -> Iterable[int]:
    for i in range(len(words) - RUN + 1):
        yield int.from_bytes(blake2b(" ".join(words[i : i + RUN]).encode(), key=key[:64], digest_size=8).digest(), "big")
