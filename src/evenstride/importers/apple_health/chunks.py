"""Where a file begins to hold records, and where it can be cut without breaking one."""

from __future__ import annotations

import re

from evenstride.importers.apple_health.lines import PAD

__all__ = ["after_prologue", "last_beginning"]

_FIRST = re.compile(
    rb"<(?:HealthData|ExportDate|Me|Record|Correlation|Workout|ActivitySummary)[\s>]"
)
_LONGEST_PROLOGUE = 8 << 20


def after_prologue(data: bytes) -> tuple[bytes, bool]:
    """Return what comes after the document type, which is never parsed: it is often broken."""
    first = _FIRST.search(data)
    if first is not None:
        return data[first.start() :], True
    return data[-_LONGEST_PROLOGUE:], False


def last_beginning(data: bytes) -> int:
    """Return where the last element at the top begins, for which enough bytes follow; 0 if none."""
    at = len(data) - PAD
    while at > 0:
        at = data.rfind(b"\n <", 0, at)
        if at > 0 and data[at + 3 : at + 4] != b"/":
            return at
    return 0
