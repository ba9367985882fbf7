"""All revisions of all sequences that a plan may need: the one in force for a stage, or the one that somebody is pinned to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nurture.errors import TemplateFault
from nurture.followups.outside import NOTHING_OUTSIDE, Outside
from nurture.followups.sequence import ANY, Sequence
from nurture.followups.sequence_document import parse_sequence

SHIPPED = Path(__file__).resolve().parent / "sequences"


def shipped_sequences() -> tuple[tuple[str, str], ...]:
    """(name, source) of each sequence that comes with the package, by name."""
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml")))


def readable(source: str) -> Sequence | None:
    """The sequence of a text, or None where it is none."""
    try:
        return parse_sequence(source)
    except TemplateFault:
        return None


class Sequences:
    """Sequences by (name, revision), and by stage. Those in force are read at once, others when somebody is pinned to them."""

    def __init__(self, sources: dict[tuple[str, int], str], in_force: dict[str, int]) -> None:
        self._sources = sources
        self._known: dict[tuple[str, int], Sequence] = {}
        self._in_force = {name: self._read(name, revision) for name, revision in sorted(in_force.items())}

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int, str, bool]]) -> Sequences:
        """From (name, revision, source, in force). One without a revision in force is retired.

        Raises TemplateFault when one in force is faulty.
        """
        listed = list(rows)
        return cls(
            {(name, revision): source for name, revision, source, _ in listed}, {n: r for n, r, _, current in listed if current}
        )

    @classmethod
    def shipped(cls) -> Sequences:
        """The shipped ones as revision 1."""
        return cls.of((name, 1, source, True) for name, source in shipped_sequences())

    def _read(self, name: str, revision: int) -> Sequence:
        key = (name, revision)
        if key not in self._known:
            self._known[key] = replace(parse_sequence(self._sources[key]), name=name, revision=revision)
        return self._known[key]

    @property
    def in_force(self) -> tuple[Sequence, ...]:
        return tuple(self._in_force.values())

    def get(self, name: str, revision: int) -> Sequence | None:
        """One revision, or None where it was never stored or cannot be read any more."""
        try:
            return self._read(name, revision) if (name, revision) in self._sources else None
        except TemplateFault:
            return None

    def for_stage(
        self, stage: str, lang: str | None = None, pinned: Iterable[tuple[str, int]] = (), outside: Outside = NOTHING_OUTSIDE
    ) -> Sequence | None:
        """The sequence of a stage for somebody: one that they have begun, in the revision that they began with; else one with a
        fitting `for` before the default. One that is retired goes on for those who have begun it, and for nobody else."""
        offered = self._offered(dict(pinned))
        fitting = [(s, begun) for s, begun in offered if s.stage == stage and s.criterion.fits(lang, outside)]
        best = min(fitting, key=lambda f: (not f[1], f[0].criterion.everybody, f[0].name != stage, f[0].name), default=None)
        return best[0] if best else None

    def _offered(self, pins: dict[str, int]) -> Iterator[tuple[Sequence, bool]]:
        """Each sequence as one person would have it, and whether they have begun it."""
        for name in sorted({*self._in_force, *pins}):
            begun = self.get(name, pins[name]) if name in pins else None
            if found := begun or self._in_force.get(name):
                yield found, begun is not None

    def always(
        self, lang: str | None = None, pinned: Iterable[tuple[str, int]] = (), outside: Outside = NOTHING_OUTSIDE
    ) -> Sequence | None:
        """The sequence that holds what is the same at every stage."""
        return self.for_stage(ANY, lang, pinned, outside)
