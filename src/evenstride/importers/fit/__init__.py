"""FIT files, read by our own decoder: NumPy only, and damaged files as far as they are whole."""

from __future__ import annotations

from evenstride.importers.fit.importer import Fit
from evenstride.importers.fit.reader import read_fit

__all__ = ["Fit", "read_fit"]
