"""What to do next: this week's walks and today's light, from the diary and the check-up."""

from evenstride.plan.build import plan, walk_lights
from evenstride.plan.ics import calendar_file
from evenstride.plan.metronome import write_metronome
from evenstride.plan.nouns import (
    Change,
    EarlierCheckUp,
    FearScore,
    History,
    Refused,
    Session,
    Variant,
    WalkLight,
    Week,
)
from evenstride.plan.outcome import Plan
from evenstride.plan.pace import track

__all__ = [
    "Change",
    "EarlierCheckUp",
    "FearScore",
    "History",
    "Plan",
    "Refused",
    "Session",
    "Variant",
    "WalkLight",
    "Week",
    "calendar_file",
    "plan",
    "track",
    "walk_lights",
    "write_metronome",
]
