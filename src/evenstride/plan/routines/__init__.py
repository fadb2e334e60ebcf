"""Exercises for one person: which, how long, how hard this week, and when to breathe."""

from evenstride.plan.routines.build import routine
from evenstride.plan.routines.drawing import drawing
from evenstride.plan.routines.limits import open_limits
from evenstride.plan.routines.nouns import (
    DoneRoutine,
    Dose,
    Item,
    LeftOut,
    Limit,
    NoRoutine,
    Routine,
    Step,
)
from evenstride.plan.routines.timeline import timeline

__all__ = [
    "DoneRoutine",
    "Dose",
    "Item",
    "LeftOut",
    "Limit",
    "NoRoutine",
    "Routine",
    "Step",
    "drawing",
    "open_limits",
    "routine",
    "timeline",
]
