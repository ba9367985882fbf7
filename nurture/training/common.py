"""Words that everybody uses, for the confidentiality check: what the phrase bank writes in small letters, and every word of a template.

usage: python -m nurture.training.common          (writes nurture/conversations/common_words.txt)
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from nurture.messages import fold
from nurture.shipped import shipped
from nurture.training.bank import BANK

OUT = Path(__file__).parent.parent / "conversations" / "common_words.txt"
OFTEN, WRITERS = 3, 2  # times, and files of the bank, in which a word must stand
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)


def written() -> Iterator[tuple[str, str]]:
    """Every text of the bank with its writer."""
    for path in sorted(BANK.glob("*.jsonl")):
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            for text in (row.get("text", ""), row.get("asked", ""), *(s["text"] for s in row.get("sentences", ()))):
                yield path.name, text


def common_words() -> list[str]:
    """Folded, in alphabetical order."""
    writers: dict[str, list[str]] = defaultdict(list)
    for writer, text in written():
        for word in _WORD.findall(text):
            if word[0].islower():
                writers[fold(word)].append(writer)
    often = {word for word, who in writers.items() if len(who) >= OFTEN and len(set(who)) >= WRITERS}
    for path in shipped("templates").glob("*/*.j2"):
        often |= {fold(word) for word in _WORD.findall(_CODE.sub(" ", path.read_text(encoding="utf-8")))}
    return sorted(word for word in often if word.isascii())


def main() -> None:
    """Write the file, sixteen words a line."""
    words = common_words()
    lines = [" ".join(words[i : i + 16]) for i in range(0, len(words), 16)]
    note = "# Common words of French and English mail, folded; made by `python -m nurture.training.common`."
    OUT.write_text("\n".join([note, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
