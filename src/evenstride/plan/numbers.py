"""The numbers and rules of the walking plan, typed; the knowledge file says what each one means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenstride.model.checkup import Mark
from evenstride.plan.nouns import Change, Evidence, Ground

__all__ = [
    "Baseline",
    "BoomBust",
    "Break",
    "LightNumbers",
    "PlanKnowledge",
    "PlanRule",
    "Progress",
    "Start",
    "Steps",
    "VariantRule",
]


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A rule that changes the plan; ``says`` may have gaps in braces."""

    id: str
    says: str
    clinical: str
    evidence: tuple[str, ...]
    mark: Mark

    def applied(self, **gaps: object) -> Change:
        """Return the change that it makes, with the gaps of its sentence filled."""
        return Change(self.id, self.says.format(**gaps), self.clinical, self.evidence, self.mark)


@dataclass(frozen=True, slots=True)
class Break:
    """What a break does: a share of the level, or None for a new start."""

    from_days: int
    factor: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class VariantRule:
    """A way of walking that goes with some patterns."""

    id: str
    causes: tuple[str, ...]
    split_below_min: int
    terrain_to: Ground
    walk_to: float | None
    rest_to: float | None
    title: str
    says: str
    clinical: str
    evidence: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Baseline:
    """The usual week."""

    days: int
    session_from_min: int
    pain_rise: float
    pain_reached: float
    few_walks: int
    unknown_rise_factor: float


@dataclass(frozen=True, slots=True)
class Start:
    """The first planned week."""

    factor: float
    careful_factor: float
    session_min: int
    sessions_low: int
    sessions_high: int
    fear_above: float
    flare_from: float
    split_below_min: int
    parts: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How the plan grows."""

    review_days: int
    done_fraction: float
    missed_frequency: int
    missed_other: int
    sessions_to: int
    fraction: float
    least_min: int
    most_fraction: float
    small_week_min: int
    small_most_min: int
    brisk_from_min: int
    brisk_parts: int
    brisk_min: tuple[int, ...]
    brisk_faster: float
    brisk_spm: tuple[int, int]
    terrain_green_weeks: int
    terrain: tuple[Ground, ...]
    load_fraction: float
    target_min: int
    by_week: int
    hold_low_min: int
    hold_day_min: int


@dataclass(frozen=True, slots=True)
class LightNumbers:
    """The borders between green, amber and red, and what amber and red do."""

    green_worst: float
    green_rise: float
    green_morning_rise: float
    settled_below: float
    red_worst: float
    settle_h: int
    reach_days: int
    later_days: int
    amber_twice_factor: float
    red_factor: float
    red_twice_days: int
    rated_within_days: int


@dataclass(frozen=True, slots=True)
class Steps:
    """The plan in steps."""

    growth: float
    most_more: int
    pause_at: int
    least_days: int
    amber: float
    red: float


@dataclass(frozen=True, slots=True)
class BoomBust:
    """When busy and quiet days are far apart."""

    days: int
    least_days: int
    cv_above: float
    top_share: float
    within_h: int
    day_cap: float


@dataclass(frozen=True)
class PlanKnowledge:
    """Everything the walking plan knows; the file says what each number means."""

    version: str
    reviewed_by: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    baseline: Baseline
    start: Start
    progress: Progress
    light: LightNumbers
    steps: Steps
    breaks: tuple[Break, ...]
    days: Mapping[int, tuple[int, ...]]
    walk_at: str
    question_at: str
    pattern_from_lift: float
    variants: Mapping[str, VariantRule]
    boom_bust: BoomBust
    overshoot_from: float
    rules: Mapping[str, PlanRule]
    lights: Mapping[str, Mapping[str, str]]
    reasons: Mapping[str, str]
    refusals: Mapping[str, str]
    terrain: Mapping[str, str]
    pace: Mapping[str, str]
    would_change: Mapping[str, str]
    calendar: Mapping[str, str]
