"""Recording -> Gait: one module per step of the science.

``gather`` reads a recording in blocks and follows each stretch (``stretch``): ``grid`` ->
``frame`` -> ``rhythm`` -> ``walking`` -> ``forward`` -> ``contacts`` -> ``features`` ->
``plausible`` -> ``sides``, with ``turns`` and ``quiet`` beside. What is left is one table of
``steps``; ``analysis`` works on it alone: ``strides``, ``length``, ``placement``, ``posture``,
``measures`` with ``estimate`` and ``grades``, ``pictures``, ``unused``.
"""

from evenstride.gait.analysis import analyze
from evenstride.gait.catalogue import CATALOGUE, DRIFTING, GROUPS, Group, MeasureInfo

__all__ = ["CATALOGUE", "DRIFTING", "GROUPS", "Group", "MeasureInfo", "analyze"]
