"""Walks that are still on the phone, or still going on: read over the home network."""

from evenstride.importers.live.phyphox import fetch, phyphox_recording

__all__ = ["fetch", "phyphox_recording"]
