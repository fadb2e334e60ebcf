"""Check-ups, limits and diaries for the tests of the routines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import evenstride
from evenstride.checkup.knowledge import knowledge
from evenstride.plan import History
from evenstride.plan.routines import DoneRoutine, open_limits, routine
from evenstride.plan.routines.knowledge import routine_knowledge

TODAY = date(2026, 3, 30)
KNOWN = routine_knowledge()

CALM = {
    "age": 40,
    "duration_days": 20,
    "pain_worst": 3,
    "onset": "gradual",
    **{
        name: finding.least_worrying
        for name, finding in knowledge().findings.items()
        if finding.tier == "1" and finding.least_worrying is not None
    },
}
"""Answers to every safety question, none of them a worry."""


def check_up(**answers):
    """Return a complete check-up with these answers."""
    return evenstride.check_up(CALM | answers)


def pointing_to(checkup=None, **lifts):
    """Return a check-up whose answers lift these causes and no others."""
    checkup = checkup or check_up()
    patterns = tuple(replace(one, lift=lifts.get(one.id, 1.0)) for one in checkup.patterns)
    return replace(checkup, patterns=patterns)


def history(**more):
    """Return a diary whose check-up was done this morning."""
    done = datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC)
    return History(checked_up_utc_ns=int(done.timestamp()) * 10**9, **more)


def no_limits(checkup):
    """Return the answer no to everything that is asked."""
    return {limit.id: False for limit in open_limits(checkup, {})}


def made(checkup, limits=None, done=(), today=TODAY, when="daily", **more):
    """Return the routine of a day."""
    told = no_limits(checkup) | (limits or {})
    return routine(history(**more), checkup, told, done, today, when)


def session(day, **more):
    """Return a session that went well, this many days before today."""
    told = {"felt": "fine", "pain_before": 2, "pain_after": 2} | more
    return DoneRoutine(TODAY - timedelta(days=day), told.pop("routine", "ten_minutes_base"), **told)


def names(found):
    """Return the ids of the exercises of a routine."""
    return [item.exercise for item in found.items]
