"""The account of an import: what was read, what of it was new, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from evenstride.importers import summed
from evenstride.model import Gait, Left, Outing

__all__ = ["Account", "BroughtFile", "BroughtWalk", "Count", "Fate", "count_of"]

Fate = Literal["new", "joined", "again", "removed"]
"""What became of a walk; "removed": the person took it out of the diary, so it stays out."""


@dataclass(slots=True)
class Count:
    """How many there were, and how many of them the diary did not have.

    Attributes:
        read: In the file.
        new: Of these.
        first_utc_ns: When the first was; None if there was none.
        last_utc_ns: When the last was.
        devices: Who counted or noted them.
    """

    read: int = 0
    new: int = 0
    first_utc_ns: int | None = None
    last_utc_ns: int | None = None
    devices: set[str] = field(default_factory=set)

    def add(self, read: int, new: int, first: int, last: int, devices: Iterable[str] = ()) -> None:
        """Take some more in."""
        self.read += read
        self.new += new
        if read:
            known = self.first_utc_ns, self.last_utc_ns
            self.first_utc_ns = first if known[0] is None else min(first, known[0])
            self.last_utc_ns = last if known[1] is None else max(last, known[1])
            self.devices |= set(filter(None, devices))

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "devices": sorted(self.devices)}


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file or part of one that was recognised.

    Attributes:
        name: As the person knows it.
        format: In plain words.
        recognised_by: By what.
        what: "read", or "again" if it was brought to its end before and nothing new is asked for.
    """

    name: str
    format: str
    recognised_by: str
    what: Literal["read", "again"]


@dataclass(frozen=True, slots=True, eq=False)
class BroughtWalk:
    """A walk that a file holds.

    Attributes:
        fate: What became of it.
        outing: As it is now in the diary; as it would be in a dry run.
        name: Of the file.
        start_guessed: Whether the date on disk had to stand for the beginning.
        gait: What was measured, if it was a recording of motion.
    """

    fate: Fate
    outing: Outing
    name: str
    start_guessed: bool = False
    gait: Gait | None = None


@dataclass(slots=True)
class Account:
    """Grows while an import runs.

    Attributes:
        files: What was recognised.
        series: Values by metric.
        walks: In the order in which they were read.
        symptoms: What was noted elsewhere.
        shoes: Names of the pairs that were added.
        facts: What was learnt of the person, by attribute of ``Person``.
        days: How many days have their steps from it.
        assumptions: What had to be assumed, each a sentence in plain words.
        warnings: What did not work, each a sentence in plain words.
        red: Whether pain that was typed along the way has made a walk of the last days red.
    """

    files: list[BroughtFile] = field(default_factory=list)
    series: dict[str, Count] = field(default_factory=dict)
    walks: list[BroughtWalk] = field(default_factory=list)
    symptoms: Count = field(default_factory=Count)
    shoes: list[str] = field(default_factory=list)
    facts: dict[str, float] = field(default_factory=dict)
    days: int = 0
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    red: bool = False
    _left: dict[Left, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many values, walks and symptoms were read."""
        return sum(one.read for one in self.series.values()) + len(self.walks) + self.symptoms.read

    @property
    def size(self) -> int:
        """How much there is in it: grows with everything that is read or left out."""
        return self.read + len(self.files) + sum(self._left.values())

    @property
    def left(self) -> tuple[Left, ...]:
        """What was left out, with the reasons; what has the same reason is added up."""
        return summed(one for one, count in self._left.items() for _ in range(count))

    def leave(self, *left: Left) -> None:
        """Take note of what was left out."""
        for one in left:
            self._left[one] = self._left.get(one, 0) + 1

    def warn(self, sentence: str) -> None:
        """Take note of what did not work; the same again is the same."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def counted(self, metric: str) -> Count:
        """Return the count of a metric, made if need be."""
        return self.series.setdefault(metric, Count())

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "files": [asdict(one) for one in self.files],
            "read": self.read,
            "series": {name: one.document() for name, one in sorted(self.series.items())},
            "walks": [
                {
                    "what": one.fate,
                    "file": one.name,
                    "start_guessed": one.start_guessed,
                    "walk": one.outing.document(),
                }
                for one in self.walks
            ],
            "symptoms": self.symptoms.document(),
            "shoes": list(self.shoes),
            "facts": dict(self.facts),
            "days": self.days,
            "left": [asdict(one) for one in self.left],
            "assumptions": list(dict.fromkeys(self.assumptions)),
            "warnings": list(self.warnings),
            "red": self.red,
        }


def count_of(left: Left) -> int:
    """Return how many things were left out; one where it is not told by number, or in bytes."""
    number, _, what = left.what.partition(" ")
    number = number.replace(",", "")
    return int(number) if number.isdigit() and not what.startswith("byte") else 1
