"""What every importer promises. A third party writes one of these and registers it.

An importer is three questions about a ``Source``: what is it (``sniff``), what would be read
(``plan``, a dry run), and the reading itself (``read``). It goes by content, never by the name of
the file, and it holds a bounded piece in memory whatever the size of the file. Register it in the
entry-point group ``evenstride.importers``; check it with
``evenstride.testing.importer_contract``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from evenstride.errors import OptionError
from evenstride.importers.source import Source
from evenstride.model import (
    PLACEMENTS,
    Activity,
    Entry,
    Left,
    Placement,
    Recording,
    Series,
    Start,
    Track,
)
from evenstride.model.day import is_zone

__all__ = ["NO_OPTIONS", "Importer", "Item", "Kind", "Options", "Part", "Plan", "Sniff"]

Kind: TypeAlias = Literal["recording", "track", "activity", "series", "entry"]
Item: TypeAlias = Recording | Track | Activity | Series | Entry | Left

_FASTEST_HZ = 10_000.0


@dataclass(frozen=True, slots=True)
class Sniff:
    """How sure an importer is that a source is its own.

    Attributes:
        score: 0 (not mine) to 100 (certain).
        reason: What it was recognised by, as the end of "It was recognised by ...".
    """

    score: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person told us about the file.

    Attributes:
        rate_hz: Samples per second, for files that do not tell; None = as the file says.
        placement: Where the sensor was worn, or None.
        since_utc_ns: Leave out what ended before this moment; None = take all.
        everything: Also hand on series that have nothing to do with walking or pain.
        zone: IANA name of the zone of local times that the file writes without one; None = the
            zone of this computer. An importer says where it had to take it.

    Raises:
        OptionError: If a value is out of range.
    """

    rate_hz: float | None = None
    placement: Placement | None = None
    since_utc_ns: int | None = None
    everything: bool = False
    zone: str | None = None

    def __post_init__(self) -> None:
        if self.rate_hz is not None and not 0 < self.rate_hz <= _FASTEST_HZ:
            raise OptionError(
                f"A rate of {self.rate_hz} samples per second is not possible.",
                f"Give a number above 0 and up to {_FASTEST_HZ:.0f}.",
            )
        if self.placement is not None and self.placement not in PLACEMENTS:
            raise OptionError(
                f"“{self.placement}” is not a place for the sensor that evenstride knows.",
                "Use one of: " + ", ".join(PLACEMENTS) + ".",
            )
        if self.zone is not None and not is_zone(self.zone):
            raise OptionError(
                f"“{self.zone}” is not a known time zone.", "Use a name such as Europe/London."
            )


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that would be read: a recording, a track, or all series of a file.

    Attributes:
        kind: What it is.
        name: The member or members it comes from.
        columns: The columns used, as the file calls them.
        unit: The units found in the file, in plain words.
        gravity_included: Whether the pull of the earth is in the acceleration.
        gyroscope: Whether turning rates are there.
        nominal_rate_hz: The rate that the file states or that was assumed, if any.
        start: When it began, if known.
        assumptions: What had to be assumed, each a sentence in plain words.
        warnings: What is wrong with the file, each a sentence in plain words.
        how: What the importer needs to read it; of no meaning to anyone else.
    """

    kind: Kind
    name: str
    columns: tuple[str, ...] = ()
    unit: str = ""
    gravity_included: bool = True
    gyroscope: bool = False
    nominal_rate_hz: float | None = None
    start: Start | None = None
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    how: object = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be read: the result of a dry run.

    Attributes:
        format: Name of the format in plain words.
        parts: What is there, the most useful recording first.
        left: What would be left out, with the reasons.
        questions: What the person should be asked, because the file does not tell.
        placement: Where the sensor was worn, if told.
        folders: Names of the folders in the source that belong to it; others are looked at anew.
        files: Paths of all files that belong to it, wherever they lie: whatever else is in the
            source is looked at anew. Empty: each file that lies directly in it belongs to it.
        options: What the person told; an importer that goes by more than its parts keeps it here.
    """

    format: str
    parts: tuple[Part, ...]
    left: tuple[Left, ...] = ()
    questions: tuple[str, ...] = ()
    placement: Placement | None = None
    folders: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    options: Options = NO_OPTIONS


@runtime_checkable
class Importer(Protocol):
    """Reads one format.

    Attributes:
        name: Name of the format in plain words.
        version: Grows whenever the same file would give other values.
        kinds: What it can deliver.
    """

    name: str
    version: int
    kinds: frozenset[Kind]

    def sniff(self, source: Source) -> Sniff:
        """Say how sure it is that the source is its own; reads at most 64 kB per member."""

    def plan(self, source: Source, options: Options) -> Plan:
        """Say what would be read, without reading it all.

        Raises:
            DamagedFile: If it is of this format but holds nothing that could be read.
            UnusableRecording: If the values fit no unit.
        """

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield what is there, in bounded memory, and what is left out as ``Left``.

        A recording's ``open`` starts a new pass each time. An outing with samples is a ``Track``
        with its ``activity``; one without is a bare ``Activity``. Damage ends a file early with a
        ``Left``; it never raises.
        """
