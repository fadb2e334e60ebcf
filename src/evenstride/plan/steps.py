"""The plan in steps a day, for people who count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import floor
from statistics import fmean, pstdev

from evenstride.plan.nouns import Light, WalkLight
from evenstride.plan.numbers import PlanKnowledge

__all__ = ["is_boom_and_bust", "mean_steps", "steps_goal", "steps_most"]


def mean_steps(steps: Mapping[date, int], starts: date, known: PlanKnowledge) -> float | None:
    """Return the mean steps a day of the week before a day; None if too few days were counted."""
    week = (starts - timedelta(days=ago + 1) for ago in range(known.progress.review_days))
    found = [steps[day] for day in week if day in steps]
    return fmean(found) if len(found) >= known.steps.least_days else None


def steps_goal(mean: float, light: Light | None, known: PlanKnowledge) -> int:
    """Return the steps a day for the week after one with this mean and this worst light."""
    rule = known.steps
    if light == "red":
        return floor(mean * rule.red)
    if light != "green":
        return floor(mean * rule.amber)
    return floor(max(mean, min(mean * rule.growth, mean + rule.most_more, rule.pause_at)))


def steps_most(mean: float, known: PlanKnowledge) -> int:
    """Return the most steps on any day of a week with this mean."""
    return floor(mean * known.boom_bust.day_cap)


def is_boom_and_bust(
    steps: Mapping[date, int], lights: Sequence[WalkLight], today: date, known: PlanKnowledge
) -> bool:
    """Return whether days differ much, and a red walk came soon after a very busy one."""
    rule = known.boom_bust
    since = today - timedelta(days=rule.days)
    recent = {day: count for day, count in steps.items() if since < day <= today}
    mean = fmean(recent.values()) if recent else 0.0
    if len(recent) < rule.least_days or mean <= 0:
        return False
    if pstdev(recent.values()) / mean <= rule.cv_above:
        return False
    top = max(1, floor(len(recent) * rule.top_share))
    border = sorted(recent.values(), reverse=True)[top - 1]
    busy = [day for day, count in recent.items() if count >= border]
    soon = timedelta(hours=rule.within_h)
    return any(
        light.light == "red" and day <= light.day <= day + soon for light in lights for day in busy
    )
