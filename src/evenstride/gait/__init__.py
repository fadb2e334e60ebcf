"""Recording -> Gait: one module per step of the science."""

from evenstride.gait.catalogue import CATALOGUE, DRIFTING, GROUPS, Group, MeasureInfo

__all__ = ["CATALOGUE", "DRIFTING", "GROUPS", "Group", "MeasureInfo"]
