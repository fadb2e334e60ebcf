"""Walks that a person joins to a self-experiment by name, or takes out of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.app.trial.course import caught_up, need_running, walk_section
from evenstride.app.trial.kept import KeptTrial, keep_trial
from evenstride.app.trial.running import next_document
from evenstride.app.trial.walks import assigned, check_joinable, done_on, names_of, walks_by_id
from evenstride.app.walks import LAST, find_walk
from evenstride.errors import OptionError
from evenstride.model import Outing
from evenstride.report.diary import walk_when
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Sheet

__all__ = ["JoinChoices", "join_choices", "join_walk", "undo_walk"]

_NEWEST = 8


@dataclass(frozen=True, slots=True)
class JoinChoices:
    """What can be chosen when a walk is joined by name.

    Attributes:
        walks: Name of each of the newest walks, and when it was.
        ways: The ways of each thing to try.
    """

    walks: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]


def join_choices(home: Path | None = None, *, now: int | None = None) -> JoinChoices:
    """Return which walks could join the running experiment, and what can be said of them.

    Raises:
        OptionError: If no experiment runs.
    """
    with own(home, now or now_utc_ns()) as mine:
        trial = need_running(mine)
        walks = [walk for walk in walks_by_id(mine, trial).values() if walk.is_walk]
    newest = walks[: -_NEWEST - 1 : -1]
    return JoinChoices(
        tuple((walk.id, walk_when(walk, mine.now)) for walk in newest),
        tuple(factor.arms for factor in trial.design.factors),
    )


def join_walk(
    home: Path | None = None,
    walk: str | None = None,
    *,
    walked_in: Sequence[str] | None = None,
    now: int | None = None,
) -> Shown:
    """Join a walk to the running experiment, or say of one of its walks what was really done.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name; None is the newest.
        walked_in: What was done where it was not what was drawn, by the names of the ways; with one
            thing to try also "A" or "B". Empty: as drawn. None leaves what was said before.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If no experiment runs, or the walk cannot be one of its walks.
    """
    from evenstride.trials import LoggedWalk

    with own(home, now or now_utc_ns()) as mine:
        trial, outing = need_running(mine), find_walk(mine, walk or LAST)
        number = next((n for n, one in enumerate(trial.log) if one.outing == outing.id), None)
        if number is None:
            check_joinable(trial, outing)
            number = len(trial.log)
            trial = trial.with_walk(LoggedWalk(outing.id, outing.start_utc_ns))
        if walked_in is not None:
            trial = _with_done(trial, number, outing, walked_in)
        keep_trial(mine, trial)
        trial = caught_up(mine, trial)
        section = walk_section(trial, number, walks_by_id(mine, trial), mine.now)
    title, *rest = section.sentences
    return mine.shown(
        {"schema": "evenstride/trial-done/1", "walk": outing.id, **next_document(trial)},
        Sheet(title, "", (replace(section, title="", sentences=tuple(rest)),)),
    )


def undo_walk(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Take the last walk out of the running experiment; the walk itself stays in the diary.

    Raises:
        OptionError: If no experiment runs, or no walk has joined it yet.
    """
    from evenstride.report.trial.sheets import undone_sheet

    with own(home, now or now_utc_ns()) as mine:
        trial = need_running(mine)
        if not trial.log:
            raise OptionError(screen_words("trial")["joined"]["nothing"])
        gone = trial.log[-1].outing
        trial = trial.without_last()
        keep_trial(mine, trial)
        drawn = assigned(trial, len(trial.log))
        sheet = undone_sheet(walks_by_id(mine, trial).get(gone), drawn, mine.now)
    return mine.shown(
        {"schema": "evenstride/trial-undo/1", "walk": gone, **next_document(trial)}, sheet
    )


def _with_done(trial: KeptTrial, number: int, walk: Outing, walked_in: Sequence[str]) -> KeptTrial:
    told = _told(trial, number, walked_in) if walked_in else None
    log = list(trial.log)
    log[number] = replace(log[number], done=told)
    trial = replace(trial, log=tuple(log))
    _check_worn(trial, number, walk, told)
    return trial


def _told(trial: KeptTrial, number: int, walked_in: Sequence[str]) -> tuple[int, ...]:
    words = screen_words("trial")["joined"]
    arms = list(assigned(trial, number).arms)
    ways = {
        name.casefold(): (factor, arm)
        for factor, tried in enumerate(trial.design.factors)
        for arm, name in enumerate(tried.arms)
    }
    if len(trial.design.factors) == 1:
        ways = {"a": (0, 0), "b": (0, 1)} | ways
    for name in walked_in:
        found = ways.get(" ".join(name.split()).casefold())
        if found is None:
            known = ", ".join(way for tried in trial.design.factors for way in tried.arms)
            raise OptionError(
                words["unknown"].format(name=name), words["unknown_hint"].format(known=known)
            )
        factor, arm = found
        arms[factor] = arm
    return tuple(arms)


def _check_worn(trial: KeptTrial, number: int, walk: Outing, told: tuple[int, ...] | None) -> None:
    """Raise if the diary says that other shoes were worn than was told now."""
    worn = done_on(trial, number, walk) or assigned(trial, number).arms
    if told is None or worn == told:
        return
    from evenstride.report.trial.sheets import typed

    words = screen_words("trial")["joined"]
    at = next(n for n, (one, other) in enumerate(zip(worn, told, strict=True)) if one != other)
    name, other = names_of(trial, worn)[at], names_of(trial, told)[at]
    raise OptionError(
        words["worn"].format(name=name), words["worn_hint"].format(id=walk.id, other=typed(other))
    )
