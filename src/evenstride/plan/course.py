"""The course of a plan: week by week from the first day to today, from the walks alone.

Nothing is remembered between two calls. Each week is planned from the one before it and reviewed
by its walks; so the same walks give the same plan, whatever the order in which they were entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor
from statistics import median

from evenstride.plan.knowledge import Break, PlanKnowledge
from evenstride.plan.lights import rise
from evenstride.plan.nouns import Change, FearScore, Light, WalkLight, Week
from evenstride.plan.walks import Walk

__all__ = [
    "Course",
    "Level",
    "course",
    "growth",
    "minutes_by_day",
    "next_step",
    "tolerated",
    "week_of",
    "worst",
]

_WEEK = timedelta(days=7)
_ALMOST = 1e-9  # 0.8 x 20 in binary must not lose a minute


@dataclass(frozen=True, slots=True)
class Level:
    """How much is planned.

    Attributes:
        sessions: Walks a week.
        minutes: Of each.
        brisk: How many steps of pace were taken.
        ground: How many kinds of ground were added.
        load: Whether a light bag was added.
        ambers: Amber weeks in a row.
        greens: Green weeks in a row at the target.
    """

    sessions: int
    minutes: int
    brisk: int = 0
    ground: int = 0
    load: bool = False
    ambers: int = 0
    greens: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """Where the plan stands today.

    Attributes:
        level: This week's level; None in a usual week.
        number: Of this week; 0 for a usual one.
        starts: First day of this week.
        changes: What made this week what it is.
        days_off: What a short break before today means; None without one.
        held: Whether there is no further step to take.
        past: The weeks before this one.
    """

    level: Level | None
    number: int
    starts: date
    changes: tuple[Change, ...]
    days_off: Change | None
    held: bool
    past: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days without a long break, and the break before them."""

    starts: date
    last: date | None
    missed: int


def course(
    walks: Sequence[Walk],
    lights: Sequence[WalkLight],
    fear: Sequence[FearScore],
    starts: date,
    today: date,
    known: PlanKnowledge,
) -> Course:
    """Return where the plan stands.

    Args:
        walks: Those since the start, in the order of time.
        lights: Their lights, in the same order.
        fear: Scores of worry about moving.
        starts: First day of the plan.
        today: No later walk is looked at.
        known: Numbers and rules.
    """
    return _Fold(walks, lights, fear, known).run(starts, today)


class _Fold:
    """Goes through the weeks and keeps the level."""

    def __init__(
        self,
        walks: Sequence[Walk],
        lights: Sequence[WalkLight],
        fear: Sequence[FearScore],
        known: PlanKnowledge,
    ) -> None:
        self.known = known
        self.fear = sorted(fear, key=lambda score: (score.day, score.value))
        self.days: dict[date, list[tuple[Walk, WalkLight]]] = defaultdict(list)
        for walk, light in zip(walks, lights, strict=True):
            self.days[walk.day].append((walk, light))
        self.level: Level | None = None
        self.number = 0
        self.changes: tuple[Change, ...] = (known.rules["baseline"].applied(),)
        self.past: list[Week] = []

    def run(self, starts: date, today: date) -> Course:
        """Go through all weeks that are over."""
        stretches = _stretches(sorted(self.days), starts, today, self._long())
        week = starts
        for stretch in stretches:
            if stretch.missed and not self._at_the_end(stretch):
                self._come_back(stretch.missed)
            week = stretch.starts
            is_last = stretch is stretches[-1]
            ends = today if is_last else stretch.last or stretch.starts
            while ends >= week + _WEEK:
                self._review(week, may_grow=True)
                week += _WEEK
            if not is_last:
                self._review(week, may_grow=False)
        off = self._short_break(today, week)
        held = self.level is not None and self._rule(self.level) is None
        past = tuple(self.past)
        return Course(self.level, self.number, week, self.changes, off, held, past)

    def _long(self) -> int:
        """Return the days of the shortest break that changes the level."""
        return min(
            row.from_days for row in self.known.breaks if row.factor is None or row.factor < 1
        )

    def _at_the_end(self, stretch: _Stretch) -> bool:
        """Return whether the plan is done, and nobody walked by it since: then nothing changes."""
        done = self.level is not None and self._rule(self.level) is None
        return done and stretch.last is None

    def _break(self, missed: int) -> Break | None:
        return next((row for row in self.known.breaks if missed >= row.from_days), None)

    def _come_back(self, missed: int) -> None:
        """Start lower after a long break, or afresh."""
        found = self._break(missed)
        if found is None or self.level is None:
            return
        rule = self.known.rules[found.rule]
        if found.factor is None:
            self.level, self.number = None, 0
            self.changes = (rule.applied(), self.known.rules["baseline"].applied())
            return
        least = self.known.start.session_min
        minutes = max(least, floor(self.level.minutes * found.factor + _ALMOST))
        self.level = Level(self.level.sessions, minutes)
        self.number += 1
        cuts = [change for change in self.changes if change.rule.startswith("cut_")]
        self.changes = (*cuts, rule.applied(minutes=minutes))

    def _short_break(self, today: date, week: date) -> Change | None:
        """Say that some days off change nothing; not when the first walk is still to come."""
        before = [day for day in self.days if day < today]
        if not before or self.level is None or (self.number == 1 and max(before) < week):
            return None
        found = self._break((today - max(before)).days - 1)
        is_short = found is not None and found.factor == 1
        return self.known.rules[found.rule].applied() if found and is_short else None

    def _week(self, starts: date) -> list[tuple[Walk, WalkLight]]:
        return [
            pair
            for offset in range(self.known.progress.review_days)
            for pair in self.days.get(starts + timedelta(days=offset), ())
        ]

    def _review(self, starts: date, *, may_grow: bool) -> None:
        """Close a week and plan the next one."""
        pairs = self._week(starts)
        light, sure = worst([light for _, light in pairs])
        unknown = sum(1 for _, light in pairs if not light.known)
        done = done_days([walk for walk, _ in pairs], self.level, self.known)
        self.past.append(
            week_of(self.level, self.number, starts, done, light, sure, self.changes, self.known)
        )
        if self.level is None:
            if may_grow:
                self._first(starts, [walk for walk, _ in pairs])
            return
        if light == "amber" and not sure and unknown <= self.known.progress.unknown_allowed:
            light = "green"
        self.level, change = self._next(self.level, light, done, sure=sure, may_grow=may_grow)
        self.changes = (change,)
        if may_grow:
            self.number += 1
            if self.number == self.known.progress.by_week and not _full(self.level, self.known):
                self.changes = (*self.changes, self.known.rules["past_end"].applied())

    def _first(self, starts: date, walks: Sequence[Walk]) -> None:
        """Plan the first week from the usual one."""
        found = tolerated(walks, self.known)
        if found is None:
            rule = self.known.rules["baseline_more"]
            self.changes = (rule.applied(least=self.known.baseline.session_from_min),)
            return
        start, usual = self.known.start, self.known.baseline.session_from_min
        base = sum(1 for walk in walks if (walk.outing.minutes or 0) >= usual)
        sessions = max(start.sessions_low, min(start.sessions_high, base))
        careful = self._careful(starts + _WEEK, walks)
        share = start.careful_factor if careful else start.factor
        minutes = max(start.session_min, floor(share * found + 0.5 + _ALMOST))
        minutes = min(minutes, self.known.progress.target_min)
        self.level, self.number = Level(sessions, minutes), 1
        rule = self.known.rules["start_careful" if careful else "start"]
        self.changes = (rule.applied(tolerated=floor(found), minutes=minutes, sessions=sessions),)

    def _careful(self, day: date, walks: Sequence[Walk]) -> bool:
        """Return whether fear or pain before the walks asks for a smaller start."""
        scores = [score.value for score in self.fear if score.day <= day]
        told = ((walk.outing.back.before, walk.outing.leg.before) for walk in walks)
        before = [max(one or 0, two or 0) for one, two in told if (one, two) != (None, None)]
        flare = len(before) > 0 and median(before) >= self.known.start.flare_from
        return flare or (bool(scores) and scores[-1] > self.known.start.fear_above)

    def _next(
        self, level: Level, light: Light | None, done: int, *, sure: bool, may_grow: bool
    ) -> tuple[Level, Change]:
        """Return the next level and the rule behind it."""
        rules, numbers, least = self.known.rules, self.known.light, self.known.start.session_min
        if light == "red":
            minutes = max(least, floor(level.minutes * numbers.red_factor + _ALMOST))
            return Level(level.sessions, minutes), rules["cut_red"].applied(minutes=minutes)
        if light == "amber" and sure:
            again = replace(level, ambers=level.ambers + 1, greens=0)
            if level.ambers == 0:
                return again, rules["repeat_amber"].applied()
            minutes = max(least, floor(level.minutes * numbers.amber_twice_factor + _ALMOST))
            again = replace(again, minutes=min(minutes, level.minutes), brisk=0, ground=0)
            return replace(again, load=False), rules["cut_amber"].applied(minutes=minutes)
        progress, rule = self.known.progress, self._rule(level)
        if rule is None:
            return replace(level, ambers=0), rules["hold"].applied(low=progress.hold_low_min)
        if light == "amber":
            return replace(level, greens=0), rules["repeat_unknown"].applied()
        allowed = progress.missed_frequency if rule == "more_often" else progress.missed_other
        if not may_grow or light is None or done < level.sessions - allowed:
            return replace(level, ambers=0), rules["repeat_missed"].applied()
        full = _full(level, self.known)
        level = replace(level, ambers=0, greens=level.greens + 1 if full else 0)
        return self._grown(level, self._rule(level))

    def _rule(self, level: Level) -> str | None:
        """Return the next step; None at the end: no step is left, or half a year is over."""
        over = self.number >= self.known.progress.by_week and _full(level, self.known)
        return None if over else next_step(level, self.known)

    def _grown(self, level: Level, rule: str | None) -> tuple[Level, Change]:
        rules, progress = self.known.rules, self.known.progress
        if rule == "more_often":
            level = replace(level, sessions=level.sessions + 1)
            return level, rules[rule].applied(sessions=level.sessions)
        if rule == "longer":
            level = replace(level, minutes=growth(level.sessions, level.minutes, self.known))
            return level, rules[rule].applied(minutes=level.minutes)
        if rule == "brisk":
            level = replace(level, brisk=level.brisk + 1)
            minutes = progress.brisk_min[level.brisk - 1]
            return level, rules[rule].applied(parts=progress.brisk_parts, minutes=minutes)
        if rule == "terrain":
            level = replace(level, ground=level.ground + 1, greens=0)
            words = self.known.terrain[progress.terrain[level.ground - 1]]
            return level, rules[rule].applied(terrain=words)
        if rule == "load":
            level = replace(level, load=True, greens=0)
            return level, rules[rule].applied()
        if rule == "steady":
            return level, rules[rule].applied()
        return level, rules["hold"].applied(low=progress.hold_low_min)


def _stretches(days: Sequence[date], starts: date, today: date, long: int) -> list[_Stretch]:
    """Split the days at breaks that change the level; the last stretch holds today."""
    found = [_Stretch(starts, None, 0)]
    for day in days:
        now = found[-1]
        missed = (day - (now.last or now.starts)).days - (1 if now.last else 0)
        if missed < long:
            found[-1] = replace(now, last=day)
        elif now.last is None:
            found[-1] = _Stretch(day, day, 0)  # the first walk came late
        else:
            found.append(_Stretch(day, day, missed))
    now = found[-1]
    if now.last is None:
        return [_Stretch(now.starts + (today - now.starts) // _WEEK * _WEEK, None, 0)]
    missed = (today - now.last).days - 1
    return [*found, _Stretch(today, None, missed)] if missed >= long else found


def next_step(level: Level, known: PlanKnowledge) -> str | None:
    """Return the rule of the next change: one a week, in the order of the knowledge."""
    progress = known.progress
    if level.sessions < progress.sessions_to:
        return "more_often"
    if level.minutes < progress.target_min:
        return "longer"
    if level.brisk < len(progress.brisk_min) and level.minutes >= progress.brisk_from_min:
        return "brisk"
    if level.ground >= len(progress.terrain) and level.load:
        return None
    if level.greens < progress.terrain_green_weeks:
        return "steady"
    return "terrain" if level.ground < len(progress.terrain) else "load"


def growth(sessions: int, minutes: int, known: PlanKnowledge) -> int:
    """Return the minutes of each walk in the week after a green one."""
    grows, week = known.progress, sessions * minutes
    small = week < grows.small_week_min
    most = max(week * (1 + grows.most_fraction), week + grows.small_most_min if small else 0)
    wanted = week + max(grows.fraction * week, grows.least_min)
    longer = max(minutes + 1, floor(wanted / sessions + 0.5 + _ALMOST))
    return max(minutes, min(longer, floor(most / sessions + _ALMOST), grows.target_min))


def tolerated(walks: Sequence[Walk], known: PlanKnowledge) -> float | None:
    """Return the minutes that are walked before it hurts more; None without a walk to tell.

    The median of the walks; of very few walks the shortest.
    """
    found = sorted(_until_pain(walks, known))
    if not found:
        return None
    return found[0] if len(found) < known.baseline.few_walks else median(found)


def _until_pain(walks: Sequence[Walk], known: PlanKnowledge) -> Iterator[float]:
    usual = known.baseline
    for walk in walks:
        outing, sites = walk.outing, (walk.outing.back, walk.outing.leg)
        if outing.minutes is None or outing.minutes <= 0:
            continue
        rose = any((rise(site) or 0) >= usual.pain_rise for site in sites)
        reached = any(
            (site.worst or 0) >= usual.pain_reached and (site.before or 0) < usual.pain_reached
            for site in sites
        )
        if outing.minutes_to_rise is not None:
            yield min(outing.minutes, max(0.0, outing.minutes_to_rise))
        elif rose or reached:
            yield outing.minutes * usual.unknown_rise_factor
        elif outing.minutes >= usual.session_from_min:
            yield outing.minutes


def worst(lights: Sequence[WalkLight]) -> tuple[Light | None, bool]:
    """Return the worst light, and whether it is known rather than taken to be careful."""
    kinds = {light.light for light in lights}
    if "red" in kinds:
        return "red", True
    if "amber" in kinds:
        return "amber", any(light.light == "amber" and light.known for light in lights)
    return ("green" if kinds else None), True


def minutes_by_day(walks: Sequence[Walk]) -> Mapping[date, float]:
    """Return the minutes walked on each day with a walk."""
    found: dict[date, float] = defaultdict(float)
    for walk in walks:
        found[walk.day] += max(0.0, walk.outing.minutes or 0.0)
    return found


def done_days(walks: Sequence[Walk], level: Level | None, known: PlanKnowledge) -> int:
    """Return on how many days enough was walked; parts of a walk add up."""
    enough = float(known.baseline.session_from_min)
    if level is not None:
        enough = ceil(level.minutes * known.progress.done_fraction - _ALMOST)
    return sum(1 for minutes in minutes_by_day(walks).values() if minutes >= enough)


def week_of(
    level: Level | None,
    number: int,
    starts: date,
    done: int,
    light: Light | None,
    sure: bool,
    changes: Sequence[Change],
    known: PlanKnowledge,
) -> Week:
    """Return the record of a week."""
    planned = level or Level(0, 0)
    return Week(
        number=number,
        starts=starts,
        sessions=planned.sessions,
        session_min=planned.minutes,
        brisk_min=known.progress.brisk_min[planned.brisk - 1] if planned.brisk else 0,
        ground=planned.ground,
        load=planned.load,
        done=done,
        light=light,
        known=sure,
        rules=tuple(change.rule for change in changes),
    )


def _full(level: Level, known: PlanKnowledge) -> bool:
    progress = known.progress
    return level.minutes >= progress.target_min and level.sessions >= progress.sessions_to
