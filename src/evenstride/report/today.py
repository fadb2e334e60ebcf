"""Today as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from evenstride.model import CheckUp, Outing
from evenstride.plan import Plan, Refused
from evenstride.plan.routines import NoRoutine, Routine
from evenstride.report.amounts import counted, minutes_said
from evenstride.report.diary import walk_when
from evenstride.report.plan import plan_title, refused_sections
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet

__all__ = ["OpenQuestion", "routine_section", "today_sheet", "welcome_sheet"]

_CHECKUP_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A rating of a walk that can be told now and was not."""

    walk: Outing
    when: Literal["worst", "hour_after", "next_morning"]


def welcome_sheet() -> Sheet:
    """Return what somebody sees who has told nothing yet."""
    words = screen_words("today")["today"]
    return Sheet(words["begin"], words["begin_why"], (), (words["not_medical"],))


def today_sheet(
    today: date,
    plan: Plan | Refused,
    walks: Sequence[Outing],
    asked: Sequence[OpenQuestion],
    now_utc_ns: int,
    others: Sequence[Section] = (),
    *,
    again: bool = False,
    checkup: CheckUp | None = None,
) -> Sheet:
    """Return what there is to do today.

    Args:
        today: The person's local day.
        plan: The plan, or why there is none.
        walks: In the order of time.
        asked: What is to be told of earlier walks.
        now_utc_ns: The moment.
        others: What else there is: exercises, an experiment.
        again: Whether a walk was told to be red since the last check-up.
        checkup: The last one; its reasons stand where a visit comes first.
    """
    words = screen_words("today")["today"]
    lines = tuple(
        words["ask"][_asked_as(one, today)].format(
            when=walk_when(one.walk, now_utc_ns), id=one.walk.id
        )
        for one in asked
    )
    told = Section(words["open"], (), lines)
    if isinstance(plan, Refused):
        why = Section(words["refused"], tuple(filter(None, (plan.says, plan.does))))
        sections = [why, *refused_sections(plan, checkup), told]
    else:
        net = Section(screen_words("today")["plan"]["net"], (plan.safety_net,))
        sections = [told, *_planned(plan, walks, now_utc_ns), *others, net]
    day = f"{today:%A} {today.day} {today:%B}"
    return Sheet(
        words["hello"].format(day=day),
        "" if isinstance(plan, Refused) else _walk_of(plan, today, walks, again=again),
        tuple(section for section in sections if section.says_something),
        (words["not_medical"],),
    )


def _asked_as(one: OpenQuestion, today: date) -> str:
    """Return under which name a question stands: some mornings are past."""
    is_past = one.when == "next_morning" and one.walk.day < today - timedelta(days=1)
    return "morning_then" if is_past else one.when


def routine_section(routine: Routine | NoRoutine, done: bool) -> Section | None:
    """Return what there is to do of exercises; None if nothing can be done about there being none.

    Args:
        routine: The one of today.
        done: Whether it was done already.
    """
    words = screen_words("today")["today"]
    if isinstance(routine, Routine):
        minutes = round(routine.seconds / 60)
        says = words["routine_done" if done else "routine_next"]
        return Section(words["routine"], (says.format(name=routine.name, minutes=minutes),))
    if routine.reason == "limits_open":
        return Section(words["routine"], (words["routine_ask"],))
    return None


def _walk_of(plan: Plan, today: date, walks: Sequence[Outing], *, again: bool) -> str:
    words = screen_words("today")["today"]
    if again or plan.check_up_again:
        return str(words["checkup_again"])
    if plan.phase == "baseline":
        return str(words["baseline"])
    if plan.session_today is not None:
        session = plan.session_today
        says = words["walk"].format(minutes=session.minutes)
        return f"{says} {session.says}"
    walked = sum(w.minutes or 0 for w in walks if w.is_walk and w.day == today)
    if walked:
        return str(words["done"].format(minutes=round(walked)))
    return str(words["no_walk"])


def _planned(plan: Plan, walks: Sequence[Outing], now_utc_ns: int) -> Iterator[Section]:
    words = screen_words("today")["today"]
    lit = plan.light
    last = next((w for w in walks if lit is not None and w.id == lit.outing), None)
    if last is not None:
        title = words["light"].format(when=walk_when(last, now_utc_ns))
        yield Section(title, (plan.light_says,))
    week = [w for w in walks if plan.week.starts <= w.day <= plan.today]
    minutes = minutes_said(sum(w.minutes or 0 for w in week))
    so_far = (
        words["week_so_far"].format(
            done=plan.week.done, sessions=plan.week.sessions, minutes=minutes
        )
        if plan.week.sessions
        else f"{counted(len(week), 'walk')}, {minutes}."
    )
    yield Section(words["week"], (plan_title(plan) + ".", so_far))
    yield Section(words["checkup"], tuple(_checkup(plan)))


def _checkup(plan: Plan) -> Iterator[str]:
    words = screen_words("today")["today"]
    if plan.check_up_by - plan.today <= _CHECKUP_SOON:
        day = plan.check_up_by
        yield words["checkup_soon"].format(day=f"{day.day} {day:%B}")
