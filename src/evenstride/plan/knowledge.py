"""The knowledge of the walking plan, read once.

``evenstride/knowledge/walking_plan.yaml`` is what clinicians read and sign; nothing here adds to
it. ``make knowledge`` checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenstride.checkup.knowledge import document
from evenstride.model.language import per_language
from evenstride.plan.nouns import Evidence
from evenstride.plan.numbers import (
    Baseline,
    BoomBust,
    Break,
    LightNumbers,
    PlanKnowledge,
    PlanRule,
    Progress,
    Start,
    Steps,
    VariantRule,
)

__all__ = ["PlanKnowledge", "PlanRule", "plan_knowledge"]


@per_language
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
        hold_day_min=data["hold"]["later_total_min_per_day"],
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
        rated_within_days=data["rated_within_days"],
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
