"""Explain a file that is not understood."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from evenstride.app.shown import Shown

__all__ = ["examine"]


def examine(path: Path) -> Shown:
    """Say what a file or folder is, what can be read of it to its end, and why not if so.

    Raises:
        EvenstrideError: If it cannot be opened, or was built to do harm.
    """
    from evenstride.importers import Source
    from evenstride.importers.doctor import diagnose
    from evenstride.report.doctor import doctor_sheet

    found = diagnose(Source.of(path))
    document = {
        "schema": "evenstride/doctor/1",
        "file": found.name,
        "members": [{"path": name, "bytes": size} for name, size in found.members],
        "more_members": found.more,
        "formats": [
            {
                "format": one.format,
                "score": one.score,
                "reason": one.reason,
                "parts": [] if one.plan is None else [
                    {"kind": part.kind, "name": part.name} for part in one.plan.parts
                ],
                "left": [] if one.plan is None else [asdict(left) for left in one.plan.left],
                "problem": one.problem,
            }
            for one in found.opinions
        ],
        "branches": [asdict(one) | {"found": dict(one.found)} for one in found.branches],
        "says": found.says,
        "damage": found.damage,
        "head": list(found.head),
    }  # fmt: skip
    return Shown(document, doctor_sheet(found))
