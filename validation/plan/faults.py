"""Looks for what a plan must never do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evenstride.plan import Week
from evenstride.plan.numbers import PlanKnowledge

__all__ = ["KINDS", "Fault", "faults"]

KINDS = {
    "cap": "Weeks above the caps",
    "pain": "Weeks that went up after red or amber",
    "two": "Weeks with two kinds of change upward",
    "reason": "Weeks without a rule behind them",
}
"""What is counted, in words."""


@dataclass(frozen=True)
class Fault:
    """A week that is not as the rules have it."""

    kind: str
    says: str


def faults(weeks: Sequence[Week], known: PlanKnowledge) -> Iterator[Fault]:
    """Yield every fault of a course of weeks."""
    for week in weeks:
        if not week.rules:
            yield Fault("reason", f"week {week.number} ({week.starts})")
    for before, after in pairwise(weeks):
        if before.sessions and after.sessions:
            yield from _between(before, after, known)


def _between(before: Week, after: Week, known: PlanKnowledge) -> Iterator[Fault]:
    grows, name = known.progress, f"week {after.number} ({after.starts})"
    for why in _above(before, after, known):
        yield Fault("cap", f"{name}: {why}")
    if after.session_min > grows.target_min or after.sessions > grows.sessions_to:
        yield Fault("cap", f"{name}: above the target")
    if after.session_min < known.start.session_min:
        yield Fault("cap", f"{name}: below the shortest walk")
    ups = [
        after.sessions > before.sessions,
        after.session_min > before.session_min,
        after.brisk_min > before.brisk_min,
        after.ground > before.ground,
        after.load > before.load,
    ]
    if sum(ups) > 1:
        yield Fault("two", name)
    if any(ups) and before.light != "green":
        yield Fault("pain", f"{name}: after {before.light}")


def _above(before: Week, after: Week, known: PlanKnowledge) -> Iterator[str]:
    """Yield how a week is above what the week before allows."""
    grows = known.progress
    small = grows.small_most_min if before.minutes < grows.small_week_min else 0
    most = before.minutes + max(grows.most_fraction * before.minutes, small)
    if after.sessions > before.sessions + 1:
        yield "more than one walk more"
    if after.sessions <= before.sessions and after.minutes > most + 1e-9:
        yield f"{after.minutes} min after {before.minutes}"
    if after.ground > before.ground + 1:
        yield "more than one kind of ground more"
