"""Today as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from evenstride.checkup.knowledge.spoken import counted, spoken_day
from evenstride.model import CheckUp, Outing
from evenstride.plan import Plan, Refused
from evenstride.plan.routines import NoRoutine, Routine
from evenstride.report.amounts import minutes_said
from evenstride.report.diary import walk_when
from evenstride.report.plan import plan_title, refused_sections
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet

__all__ = [
    "AskedAs",
    "NextWalk",
    "OpenQuestion",
    "asked_as",
    "day_said",
    "next_walk",
    "routine_section",
    "today_parts",
    "today_sheet",
    "walk_said",
    "welcome_sheet",
]

NextWalk = Literal["refused", "checkup", "baseline", "session", "done", "none"]
"""No plan; a check-up before the next walk; walk as usual; a planned walk; it is done; none."""

AskedAs = Literal["worst", "hour_after", "next_morning", "morning_then"]
"""How a rating is asked for; "morning_then" is a morning that is past."""

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


def today_parts(
    today: date,
    plan: Plan | Refused,
    walks: Sequence[Outing],
    asked: Sequence[OpenQuestion],
    now_utc_ns: int,
    others: Mapping[str, Section | None],
    *,
    checkup: CheckUp | None = None,
) -> dict[str, tuple[Section, ...]]:
    """Return what there is to do today, part by part, in the order in which it is read.

    Args:
        today: The person's local day.
        plan: The plan, or why there is none.
        walks: In the order of time.
        asked: What is to be told of earlier walks.
        now_utc_ns: The moment.
        others: What else there is, by name: exercises, an experiment.
        checkup: The last one; its reasons stand where a visit comes first, and a visit that it
            asks for is not forgotten beside a plan.

    Returns:
        "refused" with the reasons of a visit, then "told"; or, with a plan, "told", "light",
        "week", "checkup", the others, and "net".
    """
    words = screen_words("today")["today"]
    lines = tuple(
        words["ask"][asked_as(one, today)].format(
            when=walk_when(one.walk, now_utc_ns), id=one.walk.id
        )
        for one in asked
    )
    told = (Section(words["open"], (), lines),)
    if isinstance(plan, Refused):
        why = Section(words["refused"], tuple(filter(None, (plan.says, plan.does))))
        return {"refused": (why, *refused_sections(plan, checkup)), "told": told}
    net = Section(screen_words("today")["plan"]["net"], (plan.safety_net,))
    some = {name: (section,) if section else () for name, section in others.items()}
    planned = _planned(plan, walks, now_utc_ns, checkup)
    return {"told": told, **planned, **some, "net": (net,)}


def today_sheet(
    today: date, action: str, parts: Mapping[str, Sequence[Section]], first: Sequence[Section] = ()
) -> Sheet:
    """Return what there is to do today on one sheet.

    Args:
        today: The person's local day.
        action: About today's walk; empty if there may be none.
        parts: As ``today_parts`` returns them.
        first: What stands before them.
    """
    words = screen_words("today")["today"]
    sections = (*first, *(section for some in parts.values() for section in some))
    return Sheet(
        day_said(today),
        action,
        tuple(section for section in sections if section.says_something),
        (words["not_medical"],),
    )


def day_said(today: date) -> str:
    """Return the headline of a day."""
    day = spoken_day(today, "weekday")
    return str(screen_words("today")["today"]["hello"].format(day=day))


def next_walk(
    plan: Plan | Refused, today: date, walks: Sequence[Outing], *, again: bool = False
) -> NextWalk:
    """Return what is next of walking.

    Args:
        plan: The plan, or why there is none.
        today: The person's local day.
        walks: In the order of time.
        again: Whether a walk was told to be red since the last check-up.
    """
    if isinstance(plan, Refused):
        return "refused"
    if again or plan.check_up_again:
        return "checkup"
    if plan.phase == "baseline":
        return "baseline"
    if plan.session_today is not None:
        return "session"
    return "done" if _walked(today, walks) else "none"


def walk_said(plan: Plan | Refused, kind: NextWalk, today: date, walks: Sequence[Outing]) -> str:
    """Return what is next of walking in words; empty if there may be no walk."""
    words = screen_words("today")["today"]
    if kind == "session" and isinstance(plan, Plan) and plan.session_today is not None:
        session = plan.session_today
        return f"{words['walk'].format(minutes=session.minutes)} {session.says}"
    if kind == "done":
        return str(words["done"].format(minutes=round(_walked(today, walks))))
    says = {"checkup": "checkup_again", "baseline": "baseline", "none": "no_walk"}
    return str(words[says[kind]]) if kind in says else ""


def _walked(today: date, walks: Sequence[Outing]) -> float:
    """Return the minutes that were walked today."""
    return sum(walk.minutes or 0 for walk in walks if walk.is_walk and walk.day == today)


def asked_as(one: OpenQuestion, today: date) -> AskedAs:
    """Return under which name a question stands: some mornings are past."""
    if one.when == "next_morning" and one.walk.day < today - timedelta(days=1):
        return "morning_then"
    return one.when


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


def _planned(
    plan: Plan, walks: Sequence[Outing], now_utc_ns: int, checkup: CheckUp | None
) -> Mapping[str, tuple[Section, ...]]:
    words = screen_words("today")["today"]
    lit = plan.light
    last = next((w for w in walks if lit is not None and w.id == lit.outing), None)
    light: tuple[Section, ...] = ()
    if last is not None:
        title = words["light"].format(when=walk_when(last, now_utc_ns))
        light = (Section(title, (plan.light_says,)),)
    week = [w for w in walks if plan.week.starts <= w.day <= plan.today]
    minutes = minutes_said(sum(w.minutes or 0 for w in week))
    so_far = (
        words["week_so_far"].format(
            done=plan.week.done, sessions=plan.week.sessions, minutes=minutes
        )
        if plan.week.sessions
        else f"{counted(len(week), 'walk')}, {minutes}."
    )
    return {
        "light": light,
        "week": (Section(words["week"], (plan_title(plan) + ".", so_far)),),
        "checkup": (Section(words["checkup"], tuple(_checkup(plan, checkup))),),
    }


def _checkup(plan: Plan, checkup: CheckUp | None) -> Iterator[str]:
    words = screen_words("today")["today"]
    if checkup is not None and checkup.triage.level != "self_care":
        triage = checkup.triage
        yield triage.says
        yield from (rule.why for rule in triage.rules if rule.level == triage.level)
    if plan.check_up_by - plan.today <= _CHECKUP_SOON:
        day = plan.check_up_by
        yield words["checkup_soon"].format(day=spoken_day(day))
