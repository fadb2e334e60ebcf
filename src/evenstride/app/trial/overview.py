"""Every experiment of the person at a glance."""

from __future__ import annotations

from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.app.trial.kept import all_trials

__all__ = ["show_trials"]


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
