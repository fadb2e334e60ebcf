"""Rows as plain values that JSON can hold."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["plain"]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Round away digits that carry nothing, and turn NaN into None: JSON has no NaN."""
    return {name: _rounded(value) for name, value in row.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}") if math.isfinite(value) else None
    return value
