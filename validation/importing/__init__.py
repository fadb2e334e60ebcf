"""Importers: their values beside those of other readers, and their speed, measured in one run."""
