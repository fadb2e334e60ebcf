"""When there is no plan: without a check-up that allows it, or after a warning sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from evenstride.model.checkup import CheckUp
from evenstride.model.day import day_of
from evenstride.plan.nouns import History, Refused, WalkLight
from evenstride.plan.numbers import PlanKnowledge
from evenstride.plan.walks import Walk

__all__ = ["check_up_by", "refusal"]


def refusal(
    history: History,
    checkup: CheckUp | None,
    walks: Sequence[Walk],
    lights: Sequence[WalkLight],
    today: date,
    known: PlanKnowledge,
) -> Refused | None:
    """Return why there is no plan, the most pressing reason first; None if there may be one.

    A warning sign in a walk is open until a check-up after that walk. So are two red walks.
    """
    reason = _reason(history, checkup, walks, lights, today, known)
    if reason is None:
        return None
    does = net = ""
    if checkup is not None:
        net = checkup.triage.safety_net
        does = checkup.triage.does if reason in ("help_now", "visit_first") else ""
    return Refused(reason, known.refusals[reason], does, net)


def _reason(
    history: History,
    checkup: CheckUp | None,
    walks: Sequence[Walk],
    lights: Sequence[WalkLight],
    today: date,
    known: PlanKnowledge,
) -> str | None:
    checked_up = history.checked_up_utc_ns
    since = [
        (walk, light)
        for walk, light in zip(walks, lights, strict=True)
        if checked_up is None or walk.outing.start_utc_ns >= checked_up
    ]
    needs_help = checkup is not None and checkup.triage.level in (
        "emergency_now",
        "urgent_same_day",
    )
    if needs_help:
        return "help_now"
    if history.open_red_flag or any(walk.outing.new_numbness for walk, _ in since):
        return "red_flag"
    if checkup is None:
        return "no_checkup"
    if not checkup.complete:
        return "incomplete"
    if checkup.triage.doubts:
        return "doubt"
    if not checkup.may_exercise:
        return "visit_first"
    last = check_up_by(history, checkup)
    if last is None or today > last:
        return "checkup_old"
    if checked_up is not None and day_of(checked_up, history.time_zone) > today:
        return "checkup_later"
    return "red_twice" if _twice(walks, lights, checked_up, known) else None


def check_up_by(history: History, checkup: CheckUp) -> date | None:
    """Return the last day on which a check-up counts; None if it does not count at all."""
    days = checkup.triage.recheck_days
    if days is None or history.checked_up_utc_ns is None:
        return None
    return day_of(history.checked_up_utc_ns, history.time_zone) + timedelta(days=days)


def _twice(
    walks: Sequence[Walk],
    lights: Sequence[WalkLight],
    checked_up: int | None,
    known: PlanKnowledge,
) -> bool:
    """Return whether two walks were red within two weeks, and no check-up came after them."""
    red = [walk for walk, light in zip(walks, lights, strict=True) if light.light == "red"]
    return any(
        (second.day - first.day).days < known.light.red_twice_days
        and (checked_up is None or second.outing.start_utc_ns >= checked_up)
        for first, second in pairwise(red)
    )
