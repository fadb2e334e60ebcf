"""The numbers, rules and words of the walking plan, read once from the knowledge.

``evenstride/knowledge/walking_plan.yaml`` is what clinicians read and sign; nothing here adds to
it. ``make knowledge`` checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from evenstride.checkup.knowledge import document
from evenstride.model.checkup import Mark
from evenstride.plan.nouns import Change, Evidence, Ground

__all__ = ["Break", "PlanKnowledge", "PlanRule", "VariantRule", "plan_knowledge"]


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
    unknown_allowed: int
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


@dataclass(frozen=True, slots=True)
class Steps:
    """The plan in steps."""

    growth: float
    most_more: int
    pause_at: int
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


@cache
def plan_knowledge() -> PlanKnowledge:
    """Return the knowledge of the walking plan that comes with this version of evenstride."""
    return _assembled(document("walking_plan"))


def _assembled(data: Mapping[str, Any]) -> PlanKnowledge:
    return PlanKnowledge(
        version=data["version"],
        reviewed_by=tuple(data["reviewed_by"]),
        evidence={
            name: Evidence(name, one["ref"], one["doi"], one["result"], one["mark"])
            for name, one in data["evidence"].items()
        },
        baseline=Baseline(**_numbers(data["baseline"])),
        start=Start(**_numbers(data["start"])),
        progress=_progress(data["progress"]),
        light=_light(data["light"]),
        steps=Steps(**_numbers(data["steps"])),
        breaks=tuple(Break(**row) for row in data["breaks"]),
        days={row["sessions"]: tuple(row["days"]) for row in data["days"]},
        walk_at=data["walk_at"],
        question_at=data["question_at"],
        pattern_from_lift=data["pattern_from_lift"],
        variants={row["id"]: _variant(row) for row in data["variants"]},
        boom_bust=BoomBust(**data["boom_bust"]),
        overshoot_from=data["overshoot_from"],
        rules={
            row["id"]: PlanRule(
                row["id"], row["says"], row["clinical"], tuple(row["evidence"]), row["mark"]
            )
            for row in data["rules"]
        },
        lights=data["lights"],
        reasons=data["reasons"],
        refusals=data["refusals"],
        terrain=data["terrain"],
        pace=data["pace"],
        would_change=data["would_change"],
        calendar=data["calendar"],
    )


def _numbers(section: Mapping[str, Any]) -> dict[str, Any]:
    about = ("evidence", "mark", "note")
    return {name: value for name, value in section.items() if name not in about}


def _progress(data: Mapping[str, Any]) -> Progress:
    grows, speed = data["duration"], data["speed"]
    low, high = speed["brisk_spm"]
    return Progress(
        review_days=data["review_days"],
        done_fraction=data["done_fraction"],
        missed_frequency=data["missed_allowed"]["frequency"],
        missed_other=data["missed_allowed"]["other"],
        unknown_allowed=data["unknown_allowed"],
        sessions_to=data["frequency"]["to"],
        fraction=grows["fraction"],
        least_min=grows["least_min"],
        most_fraction=grows["most_fraction"],
        small_week_min=grows["small_week_min"],
        small_most_min=grows["small_most_min"],
        brisk_from_min=speed["from_session_min"],
        brisk_parts=speed["brisk_parts"],
        brisk_min=tuple(speed["brisk_min"]),
        brisk_faster=speed["faster"],
        brisk_spm=(low, high),
        terrain_green_weeks=data["terrain"]["green_weeks"],
        terrain=tuple(data["terrain"]["order"]),
        load_fraction=data["load"]["most_body_fraction"],
        target_min=data["target"]["session_min"],
        by_week=data["target"]["by_week"],
        hold_low_min=data["hold"]["low_min"],
    )


def _light(data: Mapping[str, Any]) -> LightNumbers:
    green, red = data["green"], data["red"]
    return LightNumbers(
        green_worst=green["worst"],
        green_rise=green["rise"],
        green_morning_rise=green["morning_rise"],
        settled_below=data["amber"]["settled_below"],
        red_worst=red["worst"],
        settle_h=red["settle_h"],
        reach_days=red["reach_days"],
        later_days=data["later_rating_within_days"],
        amber_twice_factor=data["amber_twice_factor"],
        red_factor=data["red_factor"],
        red_twice_days=data["red_twice_days"],
    )


def _variant(row: Mapping[str, Any]) -> VariantRule:
    return VariantRule(
        id=row["id"],
        causes=tuple(row["causes"]),
        split_below_min=row["split_below_min"],
        terrain_to=row["terrain_to"],
        walk_to=row.get("walk_to"),
        rest_to=row.get("rest_to"),
        title=row["title"],
        says=row["says"],
        clinical=row["clinical"],
        evidence=tuple(row["evidence"]),
        mark=row["mark"],
    )
