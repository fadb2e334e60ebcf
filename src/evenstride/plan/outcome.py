"""What comes out: the plan of a day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from evenstride.plan.nouns import Change, Evidence, Phase, Session, Variant, WalkLight, Week

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """This week's walks, today's walk and light, and why.

    Attributes:
        knowledge_version: Of the walking plan's knowledge.
        today: The day it is for.
        phase: Where the plan stands.
        week: The week that today belongs to.
        changes: What changed this week and today, or stayed on purpose, and why.
        sessions: The walks that are left this week, today's among them.
        session_today: Today's walk; None if there is none, or it was walked.
        light: The light of the last walk of the last seven days; None without one.
        light_says: What the light means and does, for the person.
        lights: The lights of the walks of the last four weeks, the oldest first.
        variants: Ways of walking that go with the patterns.
        notes: Walks that were shorter or longer than planned; they change nothing.
        would_change: What would make it change, for the person.
        check_up_by: The last day on which this check-up counts.
        check_up_again: Whether a walk was red since then, so that it is worth doing now.
        steps_goal: Steps a day this week; None if steps are not counted.
        steps_most: The most steps on any day; None without a reason for a cap.
        green_walks: How many walks were green so far.
        past: The weeks before this one, the oldest first.
        evidence: What stands behind the changes and variants, by id.
        safety_net: Signs that need emergency help; always shown.
    """

    knowledge_version: str
    today: date
    phase: Phase
    week: Week
    changes: tuple[Change, ...]
    sessions: tuple[Session, ...]
    session_today: Session | None
    light: WalkLight | None
    light_says: str
    lights: tuple[WalkLight, ...]
    variants: tuple[Variant, ...]
    notes: tuple[Change, ...]
    would_change: tuple[str, ...]
    check_up_by: date
    check_up_again: bool
    steps_goal: int | None
    steps_most: int | None
    green_walks: int
    past: tuple[Week, ...]
    evidence: Mapping[str, Evidence]
    safety_net: str

    def document(self) -> dict[str, Any]:
        """Return the document "evenstride/plan/1" as plain values; days are ISO dates."""
        plain: dict[str, Any] = _plain(asdict(self))
        return {"schema": "evenstride/plan/1", "refused": None} | plain

    def to_json(self, indent: int | None = 2) -> str:
        """Return the document as text."""
        return json.dumps(self.document(), indent=indent, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
