"""Recording -> Gait: one module per step of the science.

``gather`` reads a recording in blocks and follows each stretch (``stretch``): ``grid`` ->
``frame`` -> ``rhythm`` -> ``walking`` -> ``contacts`` -> ``sides`` -> ``features``. ``analysis``
then works on the contacts alone: ``strides``, ``length``, ``posture``, ``measures`` with
``estimate`` and ``grades``, ``pictures``, ``unused``.
"""

from evenstride.gait.analysis import analyze
from evenstride.gait.catalogue import CATALOGUE, DRIFTING, GROUPS, Group, MeasureInfo

__all__ = ["CATALOGUE", "DRIFTING", "GROUPS", "Group", "MeasureInfo", "analyze"]
