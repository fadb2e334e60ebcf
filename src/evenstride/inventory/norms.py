"""Where a value lies among other people; only where that is sound.

Speed and cadence outdoors on the flat, and step length, and only values that are firm. Never for
symmetry, variability, impact or posture: healthy people differ too much in them, and sensors more.
"""

from __future__ import annotations

from datetime import date

from evenstride.inventory.knowledge import FactorsKnowledge
from evenstride.inventory.nouns import Norm
from evenstride.inventory.walks import Reading
from evenstride.model.person import Person

__all__ = ["norm_of"]

_ADULT = 18
_CENTILES = 1.96
_OUTDOORS = {"speed_m_s": "gait_speed", "cadence_spm": "cadence"}


def norm_of(name: str, seen: Reading, person: Person, known: FactorsKnowledge) -> Norm | None:
    """Return where a measure of a walk lies among other people, or None where that is not sound."""
    walk = seen.walk
    if seen.measure.grade != "firm" or walk.hills not in (None, "flat"):
        return None
    if name in _OUTDOORS and walk.kind == "outdoor":
        return _outdoors(_OUTDOORS[name], seen.value, known)
    if name == "step_length_m" and walk.kind != "treadmill":
        return _for_height(seen.value, person, walk.day, known)
    return None


def _outdoors(metric: str, value: float, known: FactorsKnowledge) -> Norm:
    mean = known.outdoors[metric]
    if mean.slow is not None and value < mean.slow:
        place = "slow"
    elif value < mean.usual:
        place = "lower" if mean.slow is None else "easy"
    else:
        place = "brisk" if value <= mean.fast else "fast"
    spread = (mean.slow, mean.usual, mean.fast)
    return Norm(known.norms[place], *spread, "slow_to_fast", "murtagh2021", mean.mark)


def _for_height(value: float, person: Person, day: date, known: FactorsKnowledge) -> Norm | None:
    if person.birth_year is None or person.height_m is None or person.mass_kg is None:
        return None
    age = day.year - person.birth_year
    if age < _ADULT:
        return None
    model = known.step_length
    usual = model.of(age, person.height_m, person.mass_kg)
    low, high = usual - _CENTILES * model.sd, usual + _CENTILES * model.sd
    place = "below" if value < low else "within" if value <= high else "above"
    return Norm(known.norms[place], low, usual, high, "people", "rashid2022", model.mark)
