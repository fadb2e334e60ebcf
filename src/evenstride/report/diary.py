"""The diary as a person reads it: a walk, all walks, shoes, changes, and who keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from evenstride.checkup.knowledge.spoken import counted, figure, spoken, spoken_day
from evenstride.model import Outing, Person, Shoe
from evenstride.model.day import local
from evenstride.plan import Refused, WalkLight
from evenstride.report.amounts import distance_said, mass_said, minutes_said, rating_said
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.units import UnitSystem
from evenstride.report.weeks import weeks_of_walks

__all__ = [
    "height_said",
    "history_sheet",
    "light_word",
    "me_sheet",
    "shoes_sheet",
    "walk_long",
    "walk_sheet",
    "walk_when",
]


def walk_when(outing: Outing, now_utc_ns: int) -> str:
    """Return when a walk was: "today 17:30", "yesterday 08:15", "20 November 17:30"."""
    at, now = (local(ns, outing.time_zone) for ns in (outing.start_utc_ns, now_utc_ns))
    days = (now.date() - at.date()).days
    words = spoken()["moments"]
    if days in (0, 1):
        return str(words[("today", "yesterday")[days]].format(clock=_clock(at)))
    day = spoken_day(at.date(), "day" if at.year == now.year else "day_year")
    return str(words["day"].format(day=day, clock=_clock(at)))


def walk_long(outing: Outing) -> str:
    """Return how long a walk was, ready to follow when it was; empty if not told."""
    long: str = screen_words("diary")["walk"]["long"]
    return "" if outing.minutes is None else long.format(minutes=minutes_said(outing.minutes))


def walk_sheet(
    outing: Outing,
    what: str,
    light: WalkLight | None,
    now_utc_ns: int,
    first: Refused | None = None,
    *,
    is_newest: bool = True,
) -> Sheet:
    """Return what is said after a walk was noted, changed or removed.

    Args:
        outing: The walk.
        what: "noted", "corrected", "added_to", "joined" to an imported one, or "removed".
        light: Its light; None if it has none.
        now_utc_ns: The moment.
        first: Help or an answer that comes first; the light is then left out.
        is_newest: Whether no walk in the diary is newer.
    """
    words = screen_words("diary")["walk"]
    headline = words[what].format(when=walk_when(outing, now_utc_ns), long=walk_long(outing))
    if what == "removed":
        return Sheet(headline)
    action = words["numbness"] if outing.new_numbness else ""
    if not action and first is not None:
        action = " ".join(filter(None, (first.says, first.does)))
    if not action and light and light.light == "red":
        action = words["red"]
    net = screen_words("today")["plan"]["net"]
    sections = (
        Section(net, (first.safety_net,) if first and first.safety_net else ()),
        Section(words["light"], (_light(light),) if light and not first else ()),
        Section(words["still_open"], (), tuple(_open(outing, is_newest))),
        Section("", (words["name"].format(id=outing.id),)),
    )
    return Sheet(headline, action, tuple(section for section in sections if section.says_something))


def history_sheet(
    walks: Sequence[Outing],
    lights: Mapping[str, WalkLight],
    shoes: Sequence[Shoe],
    *,
    shown: int | None,
) -> Sheet:
    """Return all walks, week by week and one by one, the newest last; rides are only listed.

    Args:
        walks: In the order of time.
        lights: By the id of the walk.
        shoes: All pairs.
        shown: How many walks are listed; None for all.
    """
    words = screen_words("diary")["history"]
    if not walks:
        return Sheet(words["title"], words["none"])
    names = {shoe.id: shoe.name for shoe in shoes}
    listed = walks if shown is None else walks[-shown:]
    rows = tuple(
        (
            _short(walk, with_year=_many_years(listed)),
            "-" if walk.minutes is None else f"{walk.minutes:.0f}",
            rating_said(walk.back.before),
            rating_said(walk.back.worst),
            rating_said(walk.back.next_morning),
            light_word(lights.get(walk.id)),
            names.get(walk.shoe or "", "-"),
        )
        for walk in listed
    )
    first, last = (spoken_day(day, "day_year") for day in (walks[0].day, walks[-1].day))
    count = words["count"].format(
        walks=counted(sum(walk.is_walk for walk in walks), "walk"), first=first, last=last
    )
    rest = words["shown"].format(shown=len(listed)) if len(listed) < len(walks) else ""
    sections = (
        Section(words["by_week"], (), (), _weeks(walks)),
        Section(words["title"], (), (), Table(tuple(words["columns"]), rows)),
        Section("", tuple(filter(None, (rest, words["name"].format(day=listed[-1].day))))),
    )
    return Sheet(count, "", tuple(section for section in sections if section.says_something))


def shoes_sheet(
    shoes: Sequence[Shoe], walks: Sequence[Outing], what: str, name: str, units: UnitSystem
) -> Sheet:
    """Return every pair of shoes with how far it was walked in.

    Args:
        shoes: All pairs.
        walks: All walks.
        what: "added", "changed", "removed", or empty if they are only shown.
        name: Of the pair that this is about.
        units: Of the distance.
    """
    words = screen_words("diary")["shoes"]
    headline = words[what].format(name=name) if what else words["title"]
    if not shoes:
        return Sheet(headline, words["none"], (Section("", (words["how"],)),))
    worn = defaultdict(list)
    for walk in walks:
        if walk.is_walk:
            worn[walk.shoe].append(walk)
    rows = []
    for shoe in shoes:
        days = [walk.day for walk in worn[shoe.id]]
        metres = shoe.earlier_m + sum(walk.distance_m or 0.0 for walk in worn[shoe.id])
        began = date.fromisoformat(shoe.first_worn) if shoe.first_worn else min(days, default=None)
        first, last = _day(began), _day(max(days, default=None))
        title = words["retired"].format(name=shoe.name) if shoe.retired else shoe.name
        rows.append((title, str(len(days)), distance_said(metres, units), first, last))
    table = Table(tuple(words["columns"]), tuple(rows))
    return Sheet(
        headline,
        "",
        (Section("", (), (), table), Section("", (words["before"], words["no_limit"]))),
    )


def me_sheet(person: Person, emergency_number: str) -> Sheet:
    """Return what is known of the person, and what it is used for."""
    words = screen_words("diary")["me"]
    shown = {
        "height_m": person.height_m and height_said(person.height_m, person.units),
        "mass_kg": person.mass_kg and mass_said(person.mass_kg, person.units),
    }
    rows = [
        (
            words[field.name],
            str(shown.get(field.name, getattr(person, field.name)) or words["not_told"]),
        )
        for field in fields(Person)
    ]
    rows.append((words["emergency"], emergency_number))
    table = Table(("", ""), tuple(rows))
    return Sheet(
        words["title"], "", (Section("", (), (), table), Section("", (words["why"], words["how"])))
    )


def height_said(metres: float, units: UnitSystem) -> str:
    """Return the height of a person, in metres or in feet and inches."""
    if units == "metric":
        return f"{figure(f'{metres:.2f}')} m"
    inches = round(metres / 0.0254)
    return f"{inches // 12} ft {inches % 12} in"


def _many_years(walks: Sequence[Outing]) -> bool:
    return len({walk.day.year for walk in walks}) > 1


def _short(outing: Outing, *, with_year: bool) -> str:
    """Return when a walk was, in as little room as it takes: "Sun 22 Nov 18:00"."""
    at = local(outing.start_utc_ns, outing.time_zone)
    day = spoken_day(at.date(), "short_weekday_year" if with_year else "short_weekday")
    return str(spoken()["moments"]["day"].format(day=day, clock=_clock(at)))


def _clock(at: datetime) -> str:
    """Return the hour on the clock; in the night when one comes twice, the first is marked."""
    is_first = at.utcoffset() != at.replace(fold=1).utcoffset()
    summer: str = spoken()["moments"]["summer"]
    return summer.format(clock=f"{at:%H:%M}") if is_first else f"{at:%H:%M}"


def _light(light: WalkLight) -> str:
    return f"{light_word(light).capitalize()}. {light.says}" if light.light else light.says


def light_word(light: WalkLight | None) -> str:
    """Return the light of a walk in a word or two; a dash without one, or if it stays unrated."""
    words = screen_words("today")["plan"]
    if light is None or (light.light is None and not light.waiting):
        return "-"
    if light.light is None:
        return str(words["unrated_yet"])
    return str(words["waiting"] if light.waiting else words["lights"][light.light])


def _open(outing: Outing, is_newest: bool) -> list[str]:
    still = screen_words("diary")["walk"]["still"]
    walk = "" if is_newest else f" --walk {outing.id}"
    return [
        says.format(walk=walk) for name, says in still.items() if getattr(outing.back, name) is None
    ]


def _weeks(walks: Sequence[Outing]) -> Table:
    words = screen_words("diary")["history"]
    shown = weeks_of_walks(walks)[-_WEEKS_SHOWN:]
    with_year = len({week.monday.year for week in shown}) > 1
    rows = tuple(
        (
            spoken_day(week.monday, "day_year" if with_year else "day"),
            str(len(week.walks)),
            f"{week.minutes:.0f}",
            rating_said(week.worst),
            rating_said(week.next_morning),
        )
        for week in shown
    )
    return Table(tuple(words["week_columns"]), rows)


_WEEKS_SHOWN = 12


def _day(day: date | None) -> str:
    return "-" if day is None else spoken_day(day, "day_year")
