"""Exercises of today: choose, ask what stands against them, note what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evenstride.app.moments import local, now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.planning import Basis, basis_of
from evenstride.app.planning import note_sign as keep_sign
from evenstride.app.private import write_private
from evenstride.app.shown import Shown
from evenstride.diary import Entry
from evenstride.errors import DiaryError, OptionError

if TYPE_CHECKING:
    from evenstride.plan.routines import DoneRoutine, Limit, NoRoutine, Routine, Step
    from evenstride.plan.routines.nouns import Answer, Felt, When

__all__ = [
    "Practice",
    "draw_exercises",
    "note_after",
    "note_done",
    "note_sign",
    "practice",
    "routine_today",
    "routine_words",
    "show_routine",
    "tell_limits",
]

_LIMITS = "limits"
_LOOKED_BACK_NS = 365 * 86_400 * 10**9  # the level of today does not hang on what is older
_ENTRY: Final = "routine"


@dataclass(frozen=True, slots=True)
class Practice:
    """What a player needs.

    Attributes:
        routine: The exercises; a refusal if there are none today.
        steps: Every timed step in order; empty without a routine.
        open: What should be asked first.
    """

    routine: Routine | NoRoutine
    steps: tuple[Step, ...]
    open: tuple[Limit, ...]


def show_routine(home: Path | None, when: When = "daily", *, now: int | None = None) -> Shown:
    """Return today's exercises, or why there are none.

    Args:
        home: The person's folder, if not the usual one.
        when: "daily", "before_walk" or "after_walk".
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.plan.routines import Routine
    from evenstride.report.routine import no_routine_sheet, routine_sheet

    with own(home, now or now_utc_ns()) as mine:
        found = _practice(mine, when)
        document = dict(found.routine.document())
        document["timeline"] = [asdict(step) for step in found.steps]
        document["open_limits"] = [asdict(limit) for limit in found.open]
        if isinstance(found.routine, Routine):
            return mine.shown(document, routine_sheet(found.routine))
        return mine.shown(document, no_routine_sheet(found.routine, found.open))


def practice(
    home: Path | None, when: When = "daily", *, ask_again: bool = False, now: int | None = None
) -> Practice:
    """Return today's exercises with their timed steps, and what should be asked first.

    Args:
        home: The person's folder, if not the usual one.
        when: "daily", "before_walk" or "after_walk".
        ask_again: Take every question about the person as open.
        now: The moment, in nanoseconds UTC.
    """
    with own(home, now or now_utc_ns()) as mine:
        return _practice(mine, when, ask_again=ask_again)


def routine_words() -> Mapping[str, Any]:
    """Return the words of the exercises, for a player."""
    from evenstride.report.screens import screen_words

    return screen_words("routine")


def tell_limits(
    home: Path | None, answers: Mapping[str, Answer], *, now: int | None = None
) -> None:
    """Keep what stands against exercises; it is not asked again."""
    with own(home, now or now_utc_ns()) as mine:
        kept = {**_limits(mine), **answers}
        mine.diary.keep_entry(Entry("setting", _LIMITS, mine.now, kept))


def note_done(
    home: Path | None,
    felt: Felt | None = None,
    *,
    when: When = "daily",
    pain_before: float | None = None,
    leg_further: bool | None = None,
    now: int | None = None,
) -> Shown:
    """Note that today's exercises were done.

    Args:
        home: The person's folder, if not the usual one.
        felt: How they felt.
        when: Which routine it was.
        pain_before: Pain just before, 0 to 10.
        leg_further: Whether leg pain moved further down the leg.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there are no exercises today.
    """
    from evenstride.plan.routines import DoneRoutine, Routine
    from evenstride.report.routine import done_sheet

    with own(home, now or now_utc_ns()) as mine:
        found = _routine(mine, when, basis_of(mine), _done(mine))
        if not isinstance(found, Routine):
            raise OptionError(found.says, found.does)
        done = DoneRoutine(mine.today, found.id, felt, _rating(pain_before), None, leg_further)
        name = f"{local(mine.now, mine.person.time_zone):%Y-%m-%dT%H%M}-{found.id}"
        _keep(mine, name, done)
    return mine.shown(
        _document(done), done_sheet(found.name, mine.today, leg_further=bool(leg_further))
    )


def note_after(home: Path | None, pain: float, *, now: int | None = None) -> Shown:
    """Note the pain an hour after the newest exercises.

    Raises:
        OptionError: If none were noted.
    """
    from evenstride.report.routine import after_sheet
    from evenstride.report.screens import screen_words

    with own(home, now or now_utc_ns()) as mine:
        last = mine.diary.last_entry(_ENTRY)
        if last is None:
            raise OptionError(screen_words("routine")["none_done"])
        document = {**last.document, "pain_after": _rating(pain)}
        mine.diary.keep_entry(Entry(_ENTRY, last.id, last.at_utc_ns, document))
    return mine.shown({"schema": "evenstride/routine-done/1", **document}, after_sheet())


def note_sign(home: Path | None, *, now: int | None = None) -> Shown:
    """Note that a sign to stop came; until the next check-up there is no plan and no routine."""
    from evenstride.report.routine import sign_sheet

    with own(home, now or now_utc_ns()) as mine:
        keep_sign(mine)
        return mine.shown({"schema": "evenstride/sign/1", "open": True}, sign_sheet())


def draw_exercises(home: Path | None, folder: Path, *, now: int | None = None) -> Shown:
    """Write a drawing of each of today's exercises (SVG) into a folder.

    Raises:
        OptionError: If there are no exercises today.
    """
    from evenstride.plan.routines import Routine, drawing
    from evenstride.report.routine import drawn_sheet

    with own(home, now or now_utc_ns()) as mine:
        found = _practice(mine, "daily").routine
    if not isinstance(found, Routine):
        raise OptionError(found.says, found.does)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = []
    for place, item in enumerate(found.items, start=1):
        path = folder / f"{place:02d}-{item.exercise}.svg"
        write_private(path, drawing(item.exercise).encode())
        names.append(path.name)
    document = {"schema": "evenstride/drawings/1", "folder": str(folder), "files": names}
    return mine.shown(document, drawn_sheet(str(folder), names))


def routine_today(mine: Own, basis: Basis) -> tuple[Routine | NoRoutine, bool]:
    """Return the daily routine, and whether it was done today."""
    history = _done(mine)
    done = any(one.day == mine.today for one in history)
    return _routine(mine, "daily", basis, history), done


def _practice(mine: Own, when: When, *, ask_again: bool = False) -> Practice:
    from evenstride.plan.routines import Routine, open_limits, timeline

    basis = basis_of(mine)
    found = _routine(mine, when, basis, _done(mine))
    if isinstance(found, Routine):
        steps, asks = timeline(found), True
    else:
        steps, asks = (), found.reason in ("limits_open", "ask_first")
    limits = {} if ask_again else _limits(mine)
    still = open_limits(basis.checkup, limits) if asks and basis.checkup else ()
    return Practice(found, steps, still)


def _routine(
    mine: Own, when: When, basis: Basis, done: Sequence[DoneRoutine]
) -> Routine | NoRoutine:
    from evenstride.plan.routines import routine

    return routine(basis.history, basis.checkup, _limits(mine), done, mine.today, when)


def _limits(mine: Own) -> Mapping[str, Any]:
    kept = [one for one in mine.diary.entries("setting") if one.id == _LIMITS]
    return kept[0].document if kept else {}


def _done(mine: Own) -> tuple[DoneRoutine, ...]:
    from evenstride.plan.routines import DoneRoutine

    try:
        return tuple(
            DoneRoutine(**{**one.document, "day": date.fromisoformat(one.document["day"])})
            for one in mine.diary.entries(_ENTRY, mine.now - _LOOKED_BACK_NS)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DiaryError(
            "What the diary holds of exercises was changed by another program.",
            "Restore a backup, or ask who changed it.",
        ) from error


def _keep(mine: Own, name: str, done: DoneRoutine) -> None:
    mine.diary.keep_entry(Entry(_ENTRY, name, mine.now, _plain(done)))


def _plain(done: DoneRoutine) -> dict[str, Any]:
    return asdict(done) | {"day": done.day.isoformat()}


def _document(done: DoneRoutine) -> dict[str, Any]:
    return {"schema": "evenstride/routine-done/1", **_plain(done)}


def _rating(pain: float | None) -> float | None:
    if pain is not None and not 0 <= pain <= 10:
        raise OptionError("Pain is a number from 0, none, to 10, the worst you can think of.")
    return pain
