"""Walks that are recorded just now: kept piece by piece as they arrive, then finished."""
