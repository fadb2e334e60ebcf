"""A walk of a person as it was lived: pain, shoes, load, ground, and what was measured of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from evenstride.model.day import day_of
from evenstride.model.measure import Measure
from evenstride.model.placement import Placement

__all__ = [
    "HILLS",
    "KINDS",
    "REACHES",
    "SURFACES",
    "Hills",
    "Kind",
    "Outing",
    "PainRatings",
    "Reach",
    "Shoe",
    "Surface",
]

Kind = Literal["outdoor", "indoor", "treadmill", "cycling"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Reach = Literal["none", "buttock", "thigh", "knee", "calf", "foot"]
REACHES: tuple[Reach, ...] = get_args(Reach)
"""How far down the leg pain went, from not at all to the foot."""

Surface = Literal["paved", "track", "grass", "sand", "uneven", "mixed"]
SURFACES: tuple[Surface, ...] = get_args(Surface)

Hills = Literal["flat", "some", "steep"]
HILLS: tuple[Hills, ...] = get_args(Hills)


@dataclass(frozen=True, slots=True)
class PainRatings:
    """Pain from 0 (none) to 10 (the worst one can think of) around one walk; None: not told.

    Attributes:
        before: Just before the walk.
        worst: The worst during the walk.
        hour_after: One hour after it.
        next_morning: On the next morning.
    """

    before: float | None = None
    worst: float | None = None
    hour_after: float | None = None
    next_morning: float | None = None


@dataclass(frozen=True, slots=True)
class Outing:
    """One walk of a person ("walk" on screens).

    Attributes:
        id: Its name in the diary.
        start_utc_ns: When it began, in nanoseconds since 1970, UTC.
        time_zone: IANA name of the zone where it was walked, such as "Europe/London".
        minutes: How long it took; None if not told.
        kind: Treadmill and indoor walks are walks like any other. A bike ride is no walk: only the
            walking plan counts it, and only for leg pain that sitting eases.
        distance_m: How far; None if not known.
        steps: How many; None if not known.
        back: Pain in the back.
        leg: Pain in the leg.
        reach: How far down the leg the pain went; None if not told.
        minutes_to_rise: Minutes until the pain had risen by two points; None if it did not, or was
            not told.
        new_numbness: Whether there was new numbness or weakness; None if not told.
        shoe: Id of the shoe; None if not told.
        load_kg: What was carried; None if not told.
        surface: The ground as felt or, where nothing was told, as a map has it under most of the
            track; None if neither is known.
        hills: The slope as felt or, where nothing was told, as the track has it.
        sleep_h: Sleep in the night before; None if not told.
        sitting_before_min: Minutes of sitting just before; None if not told.
        note: In the person's own words.
        recording: SHA-256 of the recording; None for a walk without one.
        placement: Where its sensor was worn, as told; None if not told. What the movement looked
            like is no placement: it tells a thigh from anything else, and no more.
        sensor: What kind of recording it is, such as "Xsens DOT, gyroscope, gravity, 100 Hz": two
            that differ in it may read the same walk differently. Empty without a recording.
        measures: What was measured of it, by name.
    """

    id: str
    start_utc_ns: int
    time_zone: str = "UTC"
    minutes: float | None = None
    kind: Kind = "outdoor"
    distance_m: float | None = None
    steps: int | None = None
    back: PainRatings = PainRatings()
    leg: PainRatings = PainRatings()
    reach: Reach | None = None
    minutes_to_rise: float | None = None
    new_numbness: bool | None = None
    shoe: str | None = None
    load_kg: float | None = None
    surface: Surface | None = None
    hills: Hills | None = None
    sleep_h: float | None = None
    sitting_before_min: float | None = None
    note: str = ""
    recording: str | None = None
    placement: Placement | None = None
    sensor: str = ""
    measures: Mapping[str, Measure] = field(default_factory=dict)

    @property
    def is_walk(self) -> bool:
        """Whether it was walked; a bike ride was not."""
        return self.kind != "cycling"

    @property
    def day(self) -> date:
        """The day on the calendar where it was walked."""
        return day_of(self.start_utc_ns, self.time_zone)

    def document(self) -> dict[str, Any]:
        """Return the walk as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Shoe:
    """A pair of shoes.

    Attributes:
        id: Its name in the diary.
        name: What the person calls it.
        first_worn: Day as "YYYY-MM-DD"; None if not known.
        earlier_m: Distance walked in it before the diary began.
        retired: Whether it is no longer worn.
    """

    id: str
    name: str
    first_worn: str | None = None
    earlier_m: float = 0.0
    retired: bool = False
