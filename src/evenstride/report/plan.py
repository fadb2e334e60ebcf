"""A walking plan as a person or a professional reads it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from evenstride.checkup.knowledge.spoken import counted, figure, spoken_day
from evenstride.model import CheckUp
from evenstride.model.checkup import MatchedRule
from evenstride.plan import Change, Plan, Refused
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table

__all__ = ["past_weeks", "plan_sheet", "plan_title", "refused_sections", "refused_sheet"]

_PAST_SHOWN = 12


def plan_sheet(
    plan: Plan,
    written: Sequence[tuple[Literal["calendar", "metronome"], Path]] = (),
    *,
    professional: bool = False,
) -> Sheet:
    """Return what is shown of a plan.

    Args:
        plan: The plan of today.
        written: Files that were written for it.
        professional: Clinical words, and what stands behind each rule.
    """
    words = screen_words("today")["plan"]
    sections = [
        Section("", tuple(words[kind].format(path=path) for kind, path in written)),
        _week(plan),
        Section(words["light"], tuple(filter(None, (plan.light_says,)))),
        Section(words["why"], (), _reasons(plan.changes, professional)),
        Section(words["notes"], (), _reasons(plan.notes, professional)),
        Section(words["ways"], (), tuple(f"{way.title}: {way.says}" for way in plan.variants)),
        Section(words["next"], (), plan.would_change),
        past_weeks(plan),
        _evidence(plan, professional),
        Section(words["net"], (plan.safety_net,)),
    ]
    return Sheet(plan_title(plan), "", tuple(s for s in sections if s.says_something))


def refused_sheet(refused: Refused, checkup: CheckUp | None = None) -> Sheet:
    """Return why there is no plan, and what to do instead.

    Args:
        refused: The refusal.
        checkup: That it rests on; its reasons say how soon to go.
    """
    sections = refused_sections(refused, checkup)
    return Sheet(refused.says, refused.does, sections)


def refused_sections(refused: Refused, checkup: CheckUp | None) -> tuple[Section, ...]:
    """Return the reasons of a visit that comes first, and the signs that need help at once."""
    words = screen_words("today")["plan"]
    reasons: tuple[str, ...] = ()
    if checkup is not None and refused.reason in ("help_now", "visit_first"):
        reasons = tuple(_reason(rule) for rule in checkup.triage.rules)
    sections = (
        Section(words["visit"], (), reasons),
        Section(words["net"], (refused.safety_net,) if refused.safety_net else ()),
    )
    return tuple(section for section in sections if section.says_something)


def _reason(rule: MatchedRule) -> str:
    words = screen_words("today")["plan"]
    if not rule.within_days:
        return rule.why
    within = words["within"].format(days=counted(rule.within_days, "day"))
    return f"{rule.why} {within}"


def plan_title(plan: Plan) -> str:
    """Return a plan in one line."""
    week, kind = plan.week, plan.phase
    if kind == "extend" and not (week.brisk_min or week.ground or week.load):
        kind = "build"
    title: str = screen_words("today")["plan"]["title"][kind]
    return title.format(number=week.number, sessions=week.sessions, minutes=week.session_min)


def _week(plan: Plan) -> Section:
    words = screen_words("today")["plan"]
    ways = [one.says for one in plan.sessions]
    alike = len(set(ways)) == 1
    rows = tuple(
        (spoken_day(one.day, "weekday"), str(one.minutes), *(() if alike else (way,)))
        for one, way in zip(plan.sessions, ways, strict=True)
    )
    told = ways[:1] if alike else []
    if not rows and plan.phase != "baseline":
        told.append(words["none_left"])
    if plan.steps_goal is not None:
        told.append(words["goal"].format(steps=figure(f"{plan.steps_goal:,}")))
    if plan.steps_most is not None:
        told.append(words["most"].format(steps=figure(f"{plan.steps_most:,}")))
    table = Table(tuple(words["week_columns"][: len(rows[0])]), rows) if rows else None
    return Section(words["week"], tuple(told), (), table)


def _reasons(changes: Sequence[Change], professional: bool) -> tuple[str, ...]:
    if not professional:
        return tuple(change.says for change in changes)
    return tuple(
        f"{change.rule}: {change.clinical} [{change.mark}: {', '.join(change.evidence)}]"
        for change in changes
    )


def past_weeks(plan: Plan) -> Section:
    """Return the weeks of a plan so far, as they were planned and as they went."""
    words = screen_words("today")["plan"]
    rows = tuple(
        (
            str(week.number),
            spoken_day(week.starts),
            str(week.sessions or "-"),
            str(week.session_min or "-"),
            str(week.done),
            words["lights"][week.light] if week.light else "-",
        )
        for week in plan.past[-_PAST_SHOWN:]
    )
    return Section(words["so_far"], (), (), Table(tuple(words["past_columns"]), rows))


def _evidence(plan: Plan, professional: bool) -> Section:
    words = screen_words("today")["plan"]
    if not professional:
        return Section("")
    points = tuple(
        f"{one.id}: {one.ref}. {one.result}{f' doi:{one.doi}' if one.doi else ''} [{one.mark}]"
        for one in plan.evidence.values()
    )
    return Section(words["evidence"], (), points)
