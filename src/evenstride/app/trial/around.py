"""Around an experiment: how many walks one takes, what may be worth one, and slow changes."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from evenstride.app.moments import NS, now_utc_ns
from evenstride.app.own import own
from evenstride.app.shown import Shown
from evenstride.app.trial.new import outcome_of
from evenstride.app.trial.outlook import needs_of, newest_walks
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words

__all__ = ["show_links", "show_needs", "show_trend"]

_NS_PER_DAY = 86_400 * NS


def show_needs(
    home: Path | None = None, *, outcome: str = "worst", now: int | None = None
) -> Shown:
    """Return how many walks an experiment takes, from the person's own diary.

    Args:
        home: The person's folder, if not the usual one.
        outcome: What is compared: one of ``trials.design.OUTCOMES``.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such outcome.
    """
    from evenstride.report.trial.around import needs_sheet
    from evenstride.trials import need_document

    with own(home, now or now_utc_ns()) as mine:
        needs = needs_of(newest_walks(mine), outcome_of(outcome))
    document = {
        "schema": "evenstride/trial-needs/1",
        "outcome": outcome_of(outcome),
        "needs": [need_document(need) for need in needs],
    }
    return mine.shown(document, needs_sheet(needs))


def show_links(home: Path | None = None, *, now: int | None = None) -> Shown:
    """Return what goes together with pain in the diary and may be worth an experiment."""
    from evenstride.report.trial.around import links_sheet
    from evenstride.trials import candidates, find_links, links_document
    from evenstride.trials.links import MORE_OF

    words = screen_words("trial")["links"]
    with own(home, now or now_utc_ns()) as mine:
        walks = newest_walks(mine)
        names = {shoe.id: shoe.name for shoe in mine.diary.shoes()}
    days = [walk.start_utc_ns / _NS_PER_DAY for walk in walks]
    named = {f"shoe:{id_}": words["shoe"].format(name=name) for id_, name in names.items()}
    pain = [walk.back.worst for walk in walks]
    links = find_links(days, pain, candidates(walks), MORE_OF | named)
    return mine.shown(links_document(links), links_sheet(links, names))


def show_trend(
    home: Path | None,
    since: date,
    *,
    what: Literal["routine", "plan", "other"] = "other",
    outcome: Literal["worst", "next_morning"] = "worst",
    now: int | None = None,
) -> Shown:
    """Return how pain was before and since something slow began, without a verdict.

    Args:
        home: The person's folder, if not the usual one.
        since: The day on which it began.
        what: What began.
        outcome: Which pain.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If the day is in the future.
    """
    from evenstride.report.trial.around import trend_sheet
    from evenstride.trials import trend_document, trend_report, value_of

    with own(home, now or now_utc_ns()) as mine:
        if since > mine.today:
            raise OptionError(screen_words("trial")["trend"]["future"])
        walks = newest_walks(mine)
        begin = datetime.combine(since, time(), ZoneInfo(mine.person.time_zone)).timestamp()
    days = [walk.start_utc_ns / _NS_PER_DAY for walk in walks]
    points = [value_of(walk, outcome) for walk in walks]
    report = trend_report(days, points, begin * NS / _NS_PER_DAY)
    document = trend_document(report) | {
        "since": since.isoformat(),
        "what": what,
        "outcome": outcome,
    }
    return mine.shown(document, trend_sheet(report, since, what, outcome))
