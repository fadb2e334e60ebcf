"""What goes into the page for a visit, and the model that every renderer shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

from evenstride.checkup.knowledge import Knowledge
from evenstride.inventory import Inventory
from evenstride.inventory.by_month import MonthOf
from evenstride.model import CheckUp, Outing, Person, Shoe
from evenstride.model.measure import Grade
from evenstride.plan import Plan, Refused, WalkLight
from evenstride.report.questionnaire import Filled
from evenstride.report.sheet import Section
from evenstride.report.trial.sheets import State
from evenstride.report.units import UnitSystem
from evenstride.trials import Design, TrialResult

__all__ = [
    "FOREMOST",
    "PLACES",
    "DoneOn",
    "Material",
    "Place",
    "TrialSoFar",
    "Value",
    "Visit",
    "WeekPoint",
    "WeeksPicture",
]

Place = Literal["who", "checkup", "resembles", "weeks", "walking", "trials", "questions"]
PLACES: tuple[Place, ...] = (
    "who",
    "checkup",
    "resembles",
    "weeks",
    "walking",
    "trials",
    "questions",
)
"""The parts of page one, in the order in which they are read."""

FOREMOST: tuple[Place, ...] = ("who", "checkup")
"""Those whose first sentence must be seen in a minute: why the person comes, how soon to help."""


@dataclass(frozen=True, slots=True)
class TrialSoFar:
    """A self-experiment as it stands.

    Attributes:
        id: Its name.
        design: It.
        state: How it stands.
        done: Walks so far.
        result: Of its latest look; None before the first, or while a new one is due.
        gone: Walks of it that are no longer in the diary.
        left_out: Walks that the person took out.
    """

    id: str
    design: Design
    state: State
    done: int
    result: TrialResult | None
    gone: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class DoneOn:
    """A routine of exercises that was done.

    Attributes:
        day: Its local day.
        name: For the person.
        felt: How it felt; empty if not told.
    """

    day: date
    name: str
    felt: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What the diary holds that the page is about.

    Attributes:
        person: Who keeps it.
        now_utc_ns: The moment, in nanoseconds UTC.
        today: The person's local day then.
        since: First day of the walks on it.
        known: What the check-up knows.
        inventory: What the walks say about the factors.
        plan: The plan of today, or why there is none.
        engine: Version of the program and of what it measures with.
        reason: Why the person goes, in their words; empty if not told.
        questions: For the visit, in their words.
        checkup: The last one, judged with today's knowledge; None without one.
        checked_up_utc_ns: When that was.
        walks: Since ``since``, in the order of time.
        lights: By the id of the walk.
        shoes: All pairs.
        trials: In the order in which they were begun.
        scores: Questionnaires that were filled in, the oldest first.
        routines: Done since ``since``, the oldest first.
        months: What phones measured by themselves, month by month.
        symptoms: What was noted in other programs.
        concern: What a phone noted since the check-up that should be looked at, in words.
        simulated: Whether no real person wrote it.
    """

    person: Person
    now_utc_ns: int
    today: date
    since: date
    known: Knowledge
    inventory: Inventory
    plan: Plan | Refused
    engine: str
    reason: str = ""
    questions: tuple[str, ...] = ()
    checkup: CheckUp | None = None
    checked_up_utc_ns: int | None = None
    walks: tuple[Outing, ...] = ()
    lights: Mapping[str, WalkLight] | None = None
    shoes: tuple[Shoe, ...] = ()
    trials: tuple[TrialSoFar, ...] = ()
    scores: tuple[Filled, ...] = ()
    routines: tuple[DoneOn, ...] = ()
    months: tuple[MonthOf, ...] = ()
    symptoms: tuple[Mapping[str, Any], ...] = ()
    concern: tuple[str, ...] = ()
    simulated: bool = False

    @property
    def units(self) -> UnitSystem:
        """What the person reads."""
        return self.person.units

    def walk(self, name: str | None) -> Outing | None:
        """Return the walk of a name; None if it is not among these."""
        return next((walk for walk in self.walks if walk.id == name), None)

    @property
    def measured(self) -> Outing | None:
        """The newest walk that a sensor measured; None without one."""
        return next((walk for walk in reversed(self.walks) if walk.measures), None)


@dataclass(frozen=True, slots=True)
class Value:
    """One number of the page, in SI units.

    Attributes:
        group: "person", "walk", "measure", "symptom", "week", "score", "month" or "trial".
        name: What it is, as programs call it.
        title: The same in words.
        value: It; a text or a yes or no for what is no number; None where it is absent.
        unit: In plain text; "1" for a bare ratio; empty for a text.
        day: Local day that it belongs to; None for what has none.
        of: Id of the walk, questionnaire, device or experiment that it is of; may be empty.
        at_utc_ns: The moment that it belongs to, in nanoseconds UTC; None if only the day is known.
        time_zone: IANA name of the zone of ``at_utc_ns``.
        low: Lower end of the interval; None without one.
        high: Upper end of it.
        interval: What the interval is: "95 %" or "quartiles"; empty without one.
        grade: How far a measure can be trusted; None for what was told.
        n: How many events it rests on; None if it was told.
        reason: Why it has this grade, or why it is absent.
    """

    group: str
    name: str
    title: str
    value: float | str | bool | None
    unit: str = ""
    day: date | None = None
    of: str = ""
    at_utc_ns: int | None = None
    time_zone: str = "UTC"
    low: float | None = None
    high: float | None = None
    interval: str = ""
    grade: Grade | None = None
    n: int | None = None
    reason: str = ""

    def document(self) -> dict[str, Any]:
        """Return it as plain values; the day is an ISO date."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        return plain | {"day": self.day.isoformat() if self.day else None}


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """One week of the picture.

    Attributes:
        monday: Its first day.
        walks: How many.
        minutes: Walked.
        worst: Middle value of the worst pain in the back; None if not told.
        next_morning: The same of the next morning.
        lights: How many walks were green, amber and red.
    """

    monday: date
    walks: int
    minutes: float
    worst: float | None
    next_morning: float | None
    lights: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class WeeksPicture:
    """Pain and walking over the weeks.

    Attributes:
        says: What there is to see, in words.
        weeks: The oldest first; weeks without walks are left out.
        planned: First day and minutes of each week of the plan.
    """

    says: str
    weeks: tuple[WeekPoint, ...]
    planned: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole report, ready to be shown.

    Attributes:
        title: Of the page.
        subtitle: What kind of page it is.
        heading: For whom, and when.
        first: The parts of page one.
        picture: The weeks; None without walks.
        more: What follows page one.
        footer: What it is not, and what it rests on; on every page.
        alarm: Whether help is needed today, so that this must be seen first.
        mark: Said on every page of a simulated diary; empty of a real one.
        values: Every number, in SI units.
        material: What it was made from.
    """

    title: str
    subtitle: str
    heading: str
    first: Mapping[Place, Section]
    picture: WeeksPicture | None
    more: tuple[Section, ...]
    footer: tuple[str, ...]
    alarm: bool
    mark: str
    values: tuple[Value, ...]
    material: Material

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/report/1" as plain values; days are ISO dates."""
        made = self.material
        return {
            "schema": "evenstride/report/1",
            "title": self.title,
            "heading": self.heading,
            "since": made.since.isoformat(),
            "day": made.today.isoformat(),
            "knowledge_version": made.known.version,
            "knowledge_hash": made.known.hash,
            "engine": made.engine,
            "first": {place: _plain(asdict(self.first[place])) for place in PLACES},
            "more": [_plain(asdict(section)) for section in self.more],
            "footer": list(self.footer),
            "values": [one.document() for one in self.values],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
