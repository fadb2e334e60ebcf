"""Bytes -> Recording: one module per format, one contract for all."""
