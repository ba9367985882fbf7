"""Measures the reader on labelled conversations and prints one table.

usage: python -m nurture.training.evaluate [--wrong] [FILE…]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nurture.training.bank import SIGNALS
from nurture.training.figures import RATES, figures
from nurture.training.labelled import labelled

CORPUS = Path(__file__).parents[2] / "tests" / "data" / "corpus"


def main(arguments: Sequence[str]) -> None:
    names = [Path(a) for a in arguments if not a.startswith("-")] or sorted(CORPUS.rglob("*.jsonl"))
    shown = []
    for path in names:
        everything = labelled([path])
        for kind in ("", "-o", "-h"):
            some = [c for c in everything if c.gold["id"].endswith(kind)]
            if some:
                shown.append((path.stem.removesuffix(".jsonl") + kind, figures(some)))
    print(f"{'':22}" + "".join(f"{name:>11}" for name, _ in shown))
    for rate in RATES:
        print(f"{rate:22}" + "".join(f"{value:11.3f}" if (value := f.rate(rate)) is not None else f"{'':11}" for _, f in shown))
    print(f"{'signals, macro F1':22}" + "".join(f"{f.macro_f1:11.3f}" for _, f in shown))
    for signal in SIGNALS:
        print(f"  {signal:20}" + "".join(f"{v:11.2f}" if (v := f.f1(signal)) is not None else f"{'':11}" for _, f in shown))
    print(
        f"{'opt_out recall':22}"
        + "".join(f"{v:11.2f}" if (v := f.recall("opt_out")) is not None else f"{'':11}" for _, f in shown)
    )
    print(
        f"{'opt_out precision':22}"
        + "".join(f"{v:11.2f}" if (v := f.precision("opt_out")) is not None else f"{'':11}" for _, f in shown)
    )
    if "--wrong" in arguments:
        for name, f in shown:
            print(f"== {name}", *f.wrong, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
