"""What goes into a walking plan, and the parts of what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from evenstride.model.checkup import CheckUp, Mark
from evenstride.model.outing import Outing

__all__ = [
    "Change",
    "EarlierCheckUp",
    "Evidence",
    "FearScore",
    "Ground",
    "History",
    "Light",
    "Phase",
    "Refused",
    "Session",
    "Variant",
    "WalkLight",
    "Week",
]

Light = Literal["green", "amber", "red"]
Phase = Literal["baseline", "build", "extend", "hold"]
"""A usual week; building up minutes; pace, ground and load; kept up without further steps."""

Ground = Literal["flat", "gentle_uphill", "uneven", "downhill"]


@dataclass(frozen=True, slots=True)
class FearScore:
    """A score of the FABQ physical activity scale, and the day it was given."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class EarlierCheckUp:
    """A check-up that a newer one has replaced, and when it was done (nanoseconds UTC)."""

    utc_ns: int
    checkup: CheckUp


@dataclass(frozen=True, slots=True)
class History:
    """What the diary knows that a plan rests on.

    Attributes:
        outings: Walks in any order; those after the day of the plan are left out.
        started_on: Day on which the plan began; None: the day of the first walk that was rated.
        checked_up_utc_ns: When the check-up was done, in nanoseconds since 1970, UTC.
        time_zone: IANA name of the home zone, for the day of the check-up.
        fear: Scores of worry about moving; the last one before a start counts.
        open_red_flag: Whether a warning sign was noted outside of the walks and is still open.
        steps_per_day: All steps of a day, for people who count them; may be empty.
        mass_kg: Body mass, for the most that is carried; None if not told.
        earlier: Check-ups before the last one. A walk is judged by the patterns of its day, so
            that a new check-up changes no light of the past.
    """

    outings: tuple[Outing, ...] = ()
    started_on: date | None = None
    checked_up_utc_ns: int | None = None
    time_zone: str = "UTC"
    fear: tuple[FearScore, ...] = ()
    open_red_flag: bool = False
    steps_per_day: Mapping[date, int] = field(default_factory=dict)
    mass_kg: float | None = None
    earlier: tuple[EarlierCheckUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a rule.

    Attributes:
        id: Its name in the knowledge.
        ref: Where it was published.
        doi: Its identifier; None without one.
        result: What it says, for professionals.
        mark: How sure we are that it says so.
    """

    id: str
    ref: str
    doi: str | None
    result: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class WalkLight:
    """The light of one walk.

    Attributes:
        outing: Id of the walk.
        day: Its local day.
        light: Green, amber or red; None if nothing was told of how it felt.
        known: False: amber, or None, only because something was not noted.
        waiting: Green so far, for the next morning has not come yet; or None so far, and how it
            felt can still be told.
        reason: Id of the reason.
        says: The reason, for the person.
    """

    outing: str
    day: date
    light: Light | None
    known: bool
    waiting: bool
    reason: str
    says: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the plan changed or kept on purpose, and why.

    Attributes:
        rule: Id of the rule in the knowledge.
        says: The reason, for the person.
        clinical: The rule, for a professional.
        evidence: Ids of what stands behind it.
        mark: The weakest mark of it.
    """

    rule: str
    says: str
    clinical: str
    evidence: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Session:
    """One planned walk.

    Attributes:
        day: The day we suggest; any other day of the week is as good.
        minutes: How long all parts of it are together.
        parts_min: The parts it may be walked in; one part if it is not split.
        brisk_parts: How many faster stretches it has; 0 for none.
        brisk_min: Minutes of each.
        cadence_spm: Easy steps per minute; None until they were measured.
        brisk_spm: Steps per minute of the faster stretches; None without any.
        ground: The most demanding ground that is planned.
        load_kg: The most that is carried; 0 for nothing.
        walk_to: Leg pain at which to rest (0 to 10); None without intervals.
        rest_to: Leg pain at which to walk on; None without intervals.
        says: All of it, for the person.
    """

    day: date
    minutes: int
    parts_min: tuple[int, ...]
    brisk_parts: int
    brisk_min: int
    cadence_spm: int | None
    brisk_spm: int | None
    ground: Ground
    load_kg: int
    walk_to: float | None
    rest_to: float | None
    says: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the plan, as it was planned and as it went.

    Attributes:
        number: 0 is a usual week (the baseline); 1 is the first planned one.
        starts: Its first day; it has seven, unless a break ended it.
        sessions: Walks planned; 0 in a usual week.
        session_min: Minutes of each.
        brisk_min: Minutes of each faster stretch; 0 for none.
        ground: How many kinds of ground were added, from 0 to 3.
        load: Whether a light bag was added.
        done: Days on which enough was walked.
        light: The worst light of its walks so far; None without any, or if none was red or amber
            and nothing was told of one of them.
        known: False: amber, or None, only because something was not noted.
        rules: Ids of the rules that made it what it is.
    """

    number: int
    starts: date
    sessions: int
    session_min: int
    brisk_min: int
    ground: int
    load: bool
    done: int
    light: Light | None
    known: bool
    rules: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """Planned minutes of the whole week."""
        return self.sessions * self.session_min


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of walking that goes with a pattern.

    Attributes:
        id: Its name in the knowledge.
        title: For the person.
        says: For the person.
        clinical: For a professional.
        because: The cause whose pattern brought it; empty if the diary or a questionnaire did.
        evidence: Ids of what stands behind it.
        mark: The weakest mark of it.
    """

    id: str
    title: str
    says: str
    clinical: str
    because: str
    evidence: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no plan today, and why.

    Attributes:
        reason: "red_flag", "no_checkup", "incomplete", "help_now", "doubt", "visit_first",
            "checkup_old", "checkup_later" or "red_twice".
        says: The reason, for the person.
        does: What the check-up says to do; empty without one.
        safety_net: Signs that need emergency help; empty without a check-up.
    """

    reason: str
    says: str
    does: str
    safety_net: str

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/plan/1" of a refusal as plain values."""
        return {"schema": "evenstride/plan/1", "refused": asdict(self)}

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)
