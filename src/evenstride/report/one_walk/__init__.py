"""One walk looked at closely: its story, every number with what stands behind it, and the way."""

from evenstride.report.one_walk.build import one_walk
from evenstride.report.one_walk.nouns import Material, OneWalk

__all__ = ["Material", "OneWalk", "one_walk"]
