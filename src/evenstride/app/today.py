"""What there is to do today: questions to answer, a walk, exercises, an experiment, a check-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.noted import concern_now, with_concern
from evenstride.app.own import Own, own
from evenstride.app.planning import Basis, asks_again, basis_of, held, plan_of
from evenstride.app.shown import Shown
from evenstride.model import Outing
from evenstride.report.sheet import Section
from evenstride.report.today import OpenQuestion

__all__ = ["open_questions", "show_today"]

_ASKED_FOR = timedelta(days=3)  # older ratings are hardly remembered
_HOUR_NS = 3_600_000_000_000
_MOST_ASKED = 3


def show_today(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return what there is to do today.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.plan import Plan
    from evenstride.report.today import today_sheet, welcome_sheet

    with own(home, now or now_utc_ns()) as mine:
        basis = basis_of(mine)
        found = plan_of(mine, basis)
        walks = basis.history.outings
        asked = open_questions(walks, mine.today, mine.now)
        others = _others(mine, basis) if isinstance(found, Plan) else ()
        again = asks_again(mine, basis)
        sheet = today_sheet(
            mine.today, found, walks, asked, mine.now, others, again=again, checkup=basis.checkup
        )
        if not walks and basis.checkup is None:
            sheet = welcome_sheet()
        sheet = with_concern(mine, sheet, first=held(found) is None)
        concern = concern_now(mine).sentences
    document = {
        "schema": "evenstride/today/1",
        "day": mine.today.isoformat(),
        "questions": [{"walk": one.walk.id, "when": one.when} for one in asked],
        "plan": found.document() if isinstance(found, Plan) else None,
        "refused": None if isinstance(found, Plan) else found.document()["refused"],
        "concern": list(concern),
    }
    return mine.shown(document, sheet)


def _others(mine: Own, basis: Basis) -> tuple[Section, ...]:
    """Return what else there is today: an experiment, exercises."""
    from evenstride.app.routine import routine_today
    from evenstride.app.trial.running import trial_today
    from evenstride.report.today import routine_section

    routine, done = routine_today(mine, basis)
    return tuple(filter(None, (trial_today(mine), routine_section(routine, done))))


def open_questions(walks: Sequence[Outing], today: date, now: int) -> tuple[OpenQuestion, ...]:
    """Return the ratings that are due and not told yet, the newest walk first.

    Args:
        walks: In the order of time.
        today: The person's local day.
        now: The moment, in nanoseconds UTC.
    """
    found: list[OpenQuestion] = []
    for walk in reversed(walks):
        day = walk.day
        if not today - _ASKED_FOR <= day <= today:
            continue
        ended = walk.start_utc_ns + round((walk.minutes or 0) * 60e9)
        if walk.back.worst is None:
            found.append(OpenQuestion(walk, "worst"))
        if walk.back.next_morning is None and day < today:
            found.append(OpenQuestion(walk, "next_morning"))
        elif walk.back.hour_after is None and day == today and now >= ended + _HOUR_NS:
            found.append(OpenQuestion(walk, "hour_after"))
    return tuple(found[:_MOST_ASKED])
