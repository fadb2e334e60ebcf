"""Every fixed sentence of the report, in plain words and in short ones.

The rules: calm, no blame, a reading age of about eleven; nothing is a diagnosis, no walk is called
wrong, and a missing number always comes with its reason.
"""

from __future__ import annotations

from evenstride.model import Grade
from evenstride.report.model import Warnings

__all__ = [
    "GRADES",
    "GRADE_MARKS",
    "NEXT_STEPS",
    "NEXT_STEPS_WITHOUT_WALKING",
    "NOT_OTHERWISE_EXPLAINED",
    "TOWARDS_THE_END",
    "WARNINGS",
    "foot_names",
]

GRADES: dict[Grade, str] = {
    "firm": "can be compared",
    "own_trend": "compare with your own walks only",
    "not_usable": "could not be measured",
}

GRADE_MARKS: dict[Grade, str] = {"firm": "●", "own_trend": "◐", "not_usable": "○"}

NOT_OTHERWISE_EXPLAINED = "it was not found in this recording"

WARNINGS = Warnings(
    help_title="When to stop reading and get help",
    help_lead="Get medical help straight away, whatever this report says, if you have:",
    help_signs=(
        "numbness between your legs, around the genitals or back passage",
        "new trouble with passing or holding urine or stool",
        "weakness in a leg, or a foot that drags",
        "back pain with a fever, or when you feel very ill",
        "severe pain that does not ease, or sudden pain with feeling faint",
        "back pain after a fall or an accident",
    ),
    limits=(
        "This is not a medical device and not a diagnosis. It was not tested on patients.",
        "It is for adults. A walk cannot show why a back hurts, and sensors are not therapy.",
        "No number here says that you walk the wrong way: people walk differently.",
    ),
)

NEXT_STEPS = {
    False: (
        "One walk tells little. Walk the same way again, with the sensor in the same place.",
        "Note how your back feels before the walk, right after it and the next morning.",
        "After a few walks, look at your own trend. Bring it along if you see a physiotherapist.",
    ),
    True: (
        "A single walk does not tell back pain from none: follow the person's own walks.",
        "Keep sensor, place, surface, shoes and speed the same from walk to walk.",
        "Variability and symmetry do not compare across sensors or programs.",
        "Each change has its own 95 % interval: about one in twenty stands out by chance.",
    ),
}


NEXT_STEPS_WITHOUT_WALKING = (
    "Check that the sensor was worn, and the recording running, while you walked.",
    "Walk for a minute or more without stopping, with the sensor at the lower back or in a pocket.",
    "“evenstride inspect” tells what was understood of the file.",
)


TOWARDS_THE_END = {
    "cadence_spm": ("took quicker steps", "took slower steps"),
    "speed_m_s": ("walked faster", "walked slower"),
    "step_length_m": ("took longer steps", "took shorter steps"),
    "step_symmetry": ("moved both sides more alike", "moved both sides less alike"),
    "step_time_asymmetry_pct": ("stepped less evenly", "stepped more evenly"),
    "impact_peak_m_s2": ("landed harder", "landed more softly"),
    "pitch_deg": ("leaned further forward", "leaned less far forward"),
    "roll_deg": ("leaned further to the right", "leaned further to the left"),
}
"""What "you" did when a measure that everybody understands went up, or down."""


def foot_names(sides_known: bool) -> tuple[str, str]:
    """Name the two feet, without claiming to know which is which when that is not sure."""
    return ("left foot", "right foot") if sides_known else ("one foot", "the other foot")
