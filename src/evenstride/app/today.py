"""What there is to do today: questions to answer, a walk, exercises, an experiment, a check-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.moments import now_utc_ns
from evenstride.app.noted import concern_now
from evenstride.app.own import Own, own
from evenstride.app.planning import Basis, asks_again, basis_of, held, plan_of
from evenstride.app.shown import Shown
from evenstride.app.trend import Trend, trend_of
from evenstride.model import Outing
from evenstride.model.checkup import Level
from evenstride.report.diary import walk_when
from evenstride.report.sheet import Section, Sheet
from evenstride.report.today import (
    AskedAs,
    NextWalk,
    OpenQuestion,
    asked_as,
    next_walk,
    routine_section,
    today_parts,
    today_sheet,
    walk_said,
    welcome_sheet,
)

if TYPE_CHECKING:
    from evenstride.plan import Plan, Refused, WalkLight

__all__ = ["Asked", "Today", "open_questions", "see_today", "show_today"]

_ASKED_FOR = timedelta(days=3)  # older ratings are hardly remembered
_HOUR_NS = 3_600_000_000_000
_MOST_ASKED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A rating that can be told now.

    Attributes:
        walk: Id of the walk.
        when: Which rating.
        asked_as: How it is asked for.
        walked: When the walk was, such as "yesterday 17:30".
    """

    walk: str
    when: str
    asked_as: AskedAs
    walked: str


@dataclass(frozen=True, slots=True)
class Today:
    """What there is to do today, part by part.

    Attributes:
        shown: All of it, as a document and on one sheet.
        is_new: Whether nothing was told yet.
        next: What is next of walking.
        action: The same in words; empty if there may be no walk.
        all_done: Whether nothing is left to do today.
        minutes: Of the planned walk; None without one.
        how: How to walk it, in words; empty without one.
        light: Of the last walk; None without one.
        asked: The ratings that can be told now.
        parts: What else there is; see ``report.today.today_parts``.
        concern: What a phone noted that the check-up should hear of; may say nothing.
        refused: Why there is no plan; empty with one.
        level: Of the last check-up; None without one.
        country: Of the person; empty if not known.
        trend: The last weeks; None without walks.
    """

    shown: Shown
    is_new: bool
    next: NextWalk
    action: str
    all_done: bool
    minutes: int | None
    how: str
    light: WalkLight | None
    asked: tuple[Asked, ...]
    parts: Mapping[str, tuple[Section, ...]]
    concern: Section
    refused: str
    level: Level | None
    country: str
    trend: Trend | None


def show_today(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return what there is to do today.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    return see_today(home, now=now).shown


def see_today(home: Path | None = None, *, now: int | None = None) -> Today:
    """Return what there is to do today, part by part.

    Args:
        home: The person's folder, if not the usual one.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.plan import Plan

    with own(home, now or now_utc_ns()) as mine:
        basis = basis_of(mine)
        found = plan_of(mine, basis)
        walks = basis.history.outings
        asked = open_questions(walks, mine.today, mine.now)
        others, to_do = _others(mine, basis) if isinstance(found, Plan) else ({}, True)
        kind = next_walk(found, mine.today, walks, again=asks_again(mine, basis))
        parts = today_parts(
            mine.today, found, walks, asked, mine.now, others, checkup=basis.checkup
        )
        concern = concern_now(mine)
        trend = trend_of(mine, basis, found)
    is_new = not walks and basis.checkup is None
    action = walk_said(found, kind, mine.today, walks)
    session = found.session_today if isinstance(found, Plan) else None
    return Today(
        shown=mine.shown(
            _document(mine.today, found, asked, kind, concern),
            _sheet(mine, found, action, parts, concern, is_new=is_new),
        ),
        is_new=is_new,
        next=kind,
        action=action,
        all_done=kind in ("done", "none") and not asked and not to_do,
        minutes=session.minutes if session else None,
        how=session.says if session else "",
        light=found.light if isinstance(found, Plan) else None,
        asked=tuple(
            Asked(one.walk.id, one.when, asked_as(one, mine.today), walk_when(one.walk, mine.now))
            for one in asked
        ),
        parts=parts,
        concern=concern,
        refused="" if isinstance(found, Plan) else found.reason,
        level=basis.checkup.triage.level if basis.checkup else None,
        country=mine.person.country,
        trend=trend,
    )


def _sheet(
    mine: Own,
    found: Plan | Refused,
    action: str,
    parts: Mapping[str, tuple[Section, ...]],
    concern: Section,
    *,
    is_new: bool,
) -> Sheet:
    """Return all of it on one sheet; where help comes first, what a phone noted stands last."""
    first = (concern,) if concern.says_something else ()
    if is_new:
        welcome = welcome_sheet()
        return replace(welcome, sections=(*first, *welcome.sections))
    if held(found) is None:
        return today_sheet(mine.today, action, parts, first)
    return today_sheet(mine.today, action, {**parts, "concern": first})


def _document(
    today: date,
    found: Plan | Refused,
    asked: Sequence[OpenQuestion],
    kind: NextWalk,
    concern: Section,
) -> dict[str, Any]:
    from evenstride.plan import Plan

    return {
        "schema": "evenstride/today/1",
        "day": today.isoformat(),
        "next": kind,
        "questions": [{"walk": one.walk.id, "when": one.when} for one in asked],
        "plan": found.document() if isinstance(found, Plan) else None,
        "refused": None if isinstance(found, Plan) else found.document()["refused"],
        "concern": list(concern.sentences),
    }


def _others(mine: Own, basis: Basis) -> tuple[dict[str, Section | None], bool]:
    """Return what else there is today, and whether the exercises are still to do."""
    from evenstride.app.routine import routine_today
    from evenstride.app.trial.running import trial_today

    routine, done = routine_today(mine, basis)
    section = routine_section(routine, done)
    return {"trial": trial_today(mine), "routine": section}, section is not None and not done


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
