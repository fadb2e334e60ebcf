"""Every experiment of the person at a glance."""

from __future__ import annotations

from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.app.trial.course import walk_section
from evenstride.app.trial.kept import all_trials, trial_named
from evenstride.app.trial.walks import walks_by_id
from evenstride.report.sheet import Section

__all__ = ["last_joined", "show_trials"]


def show_trials(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return every experiment, the one that runs first and then the newest; nothing moves on.

    Raises:
        DiaryError: If one was changed by hand and cannot be understood.
    """
    from evenstride.report.trial.sheets import question_of, trials_sheet

    with own(home, now or now_utc_ns()) as mine:
        newest = all_trials(mine)[::-1]
    trials = sorted(newest, key=lambda one: bool(one.ending))
    document = {
        "schema": "evenstride/trials/1",
        "trials": [
            {
                "id": one.id,
                "question": question_of(one.design),
                "state": one.ending or "running",
                "walks_done": len(one.log),
                "walks": one.design.walks,
            }
            for one in trials
        ],
    }
    lines = [(one.id, one.design, one.ending or "running") for one in trials]
    return mine.shown(document, trials_sheet(lines))


def last_joined(
    home: Path | None = None, name: str | None = None, *, now: int | None = None
) -> Section | None:
    """Return what is said of the last walk of an experiment that runs; None without one.

    Args:
        home: The person's folder, if not the usual one.
        name: Of the experiment; None: the one that runs, else the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such experiment.
    """
    with own(home, now or now_utc_ns()) as mine:
        trial = trial_named(mine, name)
        walks = walks_by_id(mine, trial)
        if trial.ending or not trial.log or trial.log[-1].outing not in walks:
            return None
        return walk_section(trial, len(trial.log) - 1, walks, mine.now)
