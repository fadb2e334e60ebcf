"""The walking plan of today, from what the diary knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evenstride.app.moments import day_of, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.private import write_private
from evenstride.app.shown import Shown
from evenstride.errors import AnswerError, OptionError
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from evenstride.model import CheckUp, Outing
    from evenstride.plan import FearScore, History, Plan, Refused, WalkLight

__all__ = [
    "FIRST_DAY",
    "Basis",
    "asks_again",
    "basis_of",
    "held",
    "lights_of",
    "note_red",
    "note_sign",
    "plan_now",
    "plan_of",
    "show_plan",
    "take_back_sign",
]

FIRST_DAY = date(1900, 1, 1)
"""No walk is older."""

_ENTRY = "walking"
_SIGN = "sign:"
_RED = "red:"
_PRESSING = {"help_now", "red_flag", "doubt", "visit_first", "red_twice"}
_FEAR = "fabq_pa"
_MEASURED = timedelta(days=90)
_BEFORE = timedelta(days=60)  # the light of a walk looks back on the weeks before it
_AFTER = timedelta(days=14)  # and on what was told in the days after it


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan rests on.

    Attributes:
        history: What the diary knows.
        checkup: The last check-up, judged with today's knowledge; None without one.
    """

    history: History
    checkup: CheckUp | None


def basis_of(mine: Own, since: date | None = None, until: date | None = None) -> Basis:
    """Return what the plan of a person rests on.

    Check-ups are judged anew from their answers, so that today's rules hold. One whose answers no
    longer fit today's questions does not count: then the check-up has to be done again.

    Args:
        mine: The diary.
        since: Have the walks from this day on; None: those that the plan of today rests on.
        until: Have only what the light of walks from ``since`` to this day looks at: enough for
            lights, and no plan can rest on it.
    """
    from evenstride.checkup import check_up
    from evenstride.plan import EarlierCheckUp, History

    judged: list[EarlierCheckUp] = []
    for kept in mine.diary.checkups():
        try:
            judged.append(EarlierCheckUp(kept.at_utc_ns, check_up(kept.answers)))
        except AnswerError:
            continue
    last = judged.pop() if judged else None
    started_on = _started_on(mine) or mine.today
    first = min(started_on, since or mine.today)
    if last is not None:
        first = min(first, day_of(last.utc_ns, mine.person.time_zone))
    if since is not None and until is not None:
        first = since
    history = History(
        outings=_walks(mine, first - _BEFORE, until and until + _AFTER),
        started_on=started_on,
        checked_up_utc_ns=last.utc_ns if last else None,
        time_zone=mine.person.time_zone,
        steps_per_day=mine.diary.day_steps(since=first - _BEFORE),
        fear=_fear(mine),
        open_red_flag=_has_open_sign(mine, last.utc_ns if last else None),
        mass_kg=mine.person.mass_kg,
        earlier=tuple(judged),
    )
    return Basis(history, last.checkup if last else None)


def plan_of(mine: Own, basis: Basis) -> Plan | Refused:
    """Return the plan of today, or why there is none; the first plan begins today."""
    from evenstride.plan import Plan, plan

    found = plan(basis.history, basis.checkup, mine.today)
    if isinstance(found, Plan) and _started_on(mine) is None:
        _begin(mine, mine.today)
    return found


def plan_now(mine: Own) -> Plan | Refused:
    """Return the plan of today, or why there is none; nothing begins by it."""
    from evenstride.plan import plan

    basis = basis_of(mine)
    return plan(basis.history, basis.checkup, mine.today)


def lights_of(
    mine: Own, since: date = FIRST_DAY, until: date | None = None
) -> dict[str, WalkLight]:
    """Return the light of every walk from a day on, to a day if one is named, by the walk's id."""
    from evenstride.plan import walk_lights

    basis = basis_of(mine, since, until)
    return {one.outing: one for one in walk_lights(basis.history, basis.checkup, mine.today)}


def show_plan(
    home: Path | None = None,
    *,
    start: date | None = None,
    calendar: Path | None = None,
    metronome: Path | None = None,
    professional: bool = False,
    now: int | None = None,
) -> Shown:
    """Return this week's walks and why they are as they are, and write the files asked for.

    Args:
        home: The person's folder, if not the usual one.
        start: Begin the plan anew on this day, with a usual week.
        calendar: Where a calendar file goes.
        metronome: Where a pace track of today's walk goes.
        professional: Clinical words and sources.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If a file was asked for that there cannot be today.
    """
    from evenstride.plan import Plan, calendar_file
    from evenstride.report.plan import plan_sheet, refused_sheet

    with own(home, now or now_utc_ns()) as mine:
        if start is not None:
            _begin(mine, start)
        basis = basis_of(mine)
        found = plan_of(mine, basis)
        again = asks_again(mine, basis)
    if not isinstance(found, Plan):
        if calendar or metronome:
            raise OptionError(" ".join(filter(None, (found.says, found.does))))
        return mine.shown(found.document(), refused_sheet(found, basis.checkup))
    written: list[tuple[Literal["calendar", "metronome"], Path]] = []
    if calendar:
        note = screen_words("diary")["simulated"] if mine.simulated else ""
        write_private(calendar, calendar_file(found, note).encode())
        written.append(("calendar", calendar))
    if metronome:
        _write_track(found, metronome)
        written.append(("metronome", metronome))
    first = found.check_up_again or again
    document = {**found.document(), "check_up_first": first}
    return mine.shown(document, plan_sheet(found, written, professional=professional))


def _walks(mine: Own, since: date, until: date | None) -> tuple[Outing, ...]:
    """Return the walks since; what was measured only of the newer ones, which give the own pace."""
    newer = max(since, mine.today - _MEASURED)
    last = newer - timedelta(days=1)
    if until is not None and until <= last:
        return mine.diary.outings(since, until, measured=False)
    return (*mine.diary.outings(since, last, measured=False), *mine.diary.outings(newer, until))


def note_sign(mine: Own, walk: str = "") -> None:
    """Keep that a warning sign was told; it is open until the next check-up.

    It counts from now, also if it came on a walk before the last check-up: that did not know it.

    Args:
        mine: The diary.
        walk: Id of the walk that it came on; empty if it came otherwise.
    """
    from evenstride.diary import Entry

    mine.diary.keep_entry(Entry("setting", f"{_SIGN}{walk}", mine.now, {"open": True}))


def note_red(mine: Own, light: WalkLight) -> None:
    """Keep that a walk was told to be red, or that it is no longer.

    It asks for a check-up, also if the walk was before the last one: that did not know it.
    """
    from evenstride.diary import Entry

    name = f"{_RED}{light.outing}"
    known = any(one.id == name for one in mine.diary.entries("setting"))
    if light.light == "red" and not known:
        mine.diary.keep_entry(Entry("setting", name, mine.now, {"red": True}))
    elif light.light != "red" and known:
        mine.diary.remove_entry("setting", name)


def asks_again(mine: Own, basis: Basis, walk: str = "") -> bool:
    """Return whether a walk, or the one that is named, was told to be red since the check-up."""
    checked_up = basis.history.checked_up_utc_ns or 0
    told = [one for one in mine.diary.entries("setting") if one.id.startswith(_RED)]
    if walk:
        told = [one for one in told if one.id == f"{_RED}{walk}"]
    return any(one.at_utc_ns > checked_up for one in told)


def take_back_sign(mine: Own, walk: str) -> None:
    """Forget the warning sign of a walk, because it was noted by mistake."""
    name = f"{_SIGN}{walk}"
    if any(one.id == name for one in mine.diary.entries("setting")):
        mine.diary.remove_entry("setting", name)


def held(found: Plan | Refused) -> Refused | None:
    """Return why nothing should be begun today because help or an answer comes first."""
    from evenstride.plan import Refused

    return found if isinstance(found, Refused) and found.reason in _PRESSING else None


def _has_open_sign(mine: Own, checked_up: int | None) -> bool:
    signs = [one.at_utc_ns for one in mine.diary.entries("setting") if one.id.startswith(_SIGN)]
    return any(checked_up is None or at > checked_up for at in signs)


def _fear(mine: Own) -> tuple[FearScore, ...]:
    """Return the scores of worry about moving, which make the plan start lower."""
    kept = mine.diary.entries("questionnaire")
    if not any(one.document.get("name") == _FEAR for one in kept):
        return ()
    from evenstride.app.questionnaires import filled
    from evenstride.plan import FearScore

    return tuple(
        FearScore(one.day, one.score.value)
        for one in filled(mine)
        if one.score.instrument == _FEAR and one.score.value is not None
    )


def _started_on(mine: Own) -> date | None:
    kept = mine.diary.last_entry("plan")
    return date.fromisoformat(kept.document["started_on"]) if kept else None


def _begin(mine: Own, day: date) -> None:
    from evenstride.diary import Entry

    if day > day_of(mine.now, mine.person.time_zone):
        raise OptionError("A plan begins today or earlier.", "Leave the day out to begin today.")
    document = {"started_on": day.isoformat()}
    mine.diary.keep_entry(Entry("plan", _ENTRY, mine.now, document))


def _write_track(found: Plan, path: Path) -> None:
    from evenstride.plan import track, write_metronome

    words = screen_words("today")["plan"]
    session = found.session_today or next(iter(found.sessions), None)
    if session is None:
        raise OptionError(words["no_session"])
    pace = track(session)
    if not pace:
        raise OptionError(words["no_pace"], "Add one with: evenstride import FILE")
    path.touch(mode=0o600)
    write_metronome(path, pace)
