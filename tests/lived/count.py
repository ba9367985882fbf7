"""How often each rule decides, over the labelled conversations lived through day by day; the tables of docs/rules.md.

usage: python -m tests.lived.count [--write]          (some minutes)
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from nurture.followups import LAST, RULES, Lane
from nurture.mailbox import open_mailbox
from tests.lived.life import Place, letters
from tests.lived.owner import Life, a_config, a_world, live, maildir_url

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
ORDER = ("<!-- order -->", "<!-- end of order -->")
COUNTS = ("<!-- counts -->", "<!-- end of counts -->")


def order() -> str:
    """Every stop and hold in its order."""
    rows = ["| rule | answers | follow-ups | holds because |", "| --- | --- | --- | --- |"]
    for rule in (*RULES, *LAST):
        lanes = " | ".join("x" if lane in rule.lanes else "" for lane in (Lane.ANSWERS, Lane.FOLLOWUPS))
        rows.append(f"| `{rule.name}` | {lanes} | {rule.sentence} |")
    return "\n".join(rows)


def counts(life: Life) -> str:
    """Decisions by what they decide and by rule, and drafts by template."""
    decided = ["| decision | rule | times |", "| --- | --- | --- |"]
    decided += [f"| {key.partition(':')[0]} | `{key.partition(':')[2]}` | {n} |" for key, n in _sorted(life.rules)]
    drafted = ["| template | drafts |", "| --- | --- |", *(f"| `{name}` | {n} |" for name, n in _sorted(life.drafted))]
    told = (
        f"{life.runs} days with a run, {life.sent} drafts sent on by the simulated owner, {len(life.breaches)} promises broken."
    )
    return "\n\n".join((told, "\n".join(decided), "\n".join(drafted)))


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def replaced(page: str, marks: tuple[str, str], table: str) -> str:
    """The page with one of its tables made anew."""
    before, _, rest = page.partition(marks[0])
    return f"{before}{marks[0]}\n{table}\n{marks[1]}{rest.partition(marks[1])[2]}"


def a_life() -> Life:
    """All of them in one Maildir, every draft sent on."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "Maildir")
        config = a_config(maildir_url(place.root))
        with a_world(Path(folder), config) as world:
            uids = Path(folder) / "uids"
            return live(
                world, lambda: open_mailbox(config.accounts[0], secret=str, uid_store=uids), place, letters("fr", "en"), send=True
            )


def main(args: list[str]) -> None:
    """Print, or write into the page."""
    life = a_life()
    for breach in life.breaches:
        print(breach, file=sys.stderr)
    if "--write" in args:
        page = replaced(PAGE.read_text(encoding="utf-8"), ORDER, order())
        PAGE.write_text(replaced(page, COUNTS, counts(life)), encoding="utf-8")
    else:
        print(counts(life))


if __name__ == "__main__":
    main(sys.argv[1:])
