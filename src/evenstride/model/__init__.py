"""The nouns: frozen, typed, units in their names. Imports nothing else of ours but errors."""

from evenstride.model.checkup import CheckUp, Pattern, Triage
from evenstride.model.clock import LONGEST_BRIDGED_GAP_S, Clock, ClockRepair, Gap
from evenstride.model.gait import (
    Bouts,
    Contacts,
    Gait,
    RecordingFacts,
    StepShape,
    Strides,
    Timeline,
    Turns,
    Unused,
)
from evenstride.model.left import Left
from evenstride.model.measure import Grade, Measure
from evenstride.model.outing import Outing, PainRatings, Shoe
from evenstride.model.person import Person
from evenstride.model.recording import PLACEMENTS, Block, Placement, RawBlock, Recording, Start
from evenstride.model.table import Table
from evenstride.model.track import Track

__all__ = [
    "LONGEST_BRIDGED_GAP_S",
    "PLACEMENTS",
    "Block",
    "Bouts",
    "CheckUp",
    "Clock",
    "ClockRepair",
    "Contacts",
    "Gait",
    "Gap",
    "Grade",
    "Left",
    "Measure",
    "Outing",
    "PainRatings",
    "Pattern",
    "Person",
    "Placement",
    "RawBlock",
    "Recording",
    "RecordingFacts",
    "Shoe",
    "Start",
    "StepShape",
    "Strides",
    "Table",
    "Timeline",
    "Track",
    "Triage",
    "Turns",
    "Unused",
]
