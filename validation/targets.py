"""What must be reached (the table of targets), and where each number stands in the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["ACCURACY_TARGETS", "Target", "dig"]


@dataclass(frozen=True, slots=True)
class Target:
    """One number that is demanded.

    Attributes:
        title: What it is.
        path: Where it stands in a group's scores.
        unit: As shown.
        scale: Factor from the stored to the shown value.
        digits: Shown decimals.
        sense: Whether the value must be at least or at most the limit.
        h: Limit on H, in shown units, or None.
        l: Limit on L, in shown units, or None.
        needs: A second path and the least stored value there, without which the first means
            nothing (a coverage).
    """

    title: str
    path: tuple[str, ...]
    unit: str
    scale: float
    digits: int
    sense: Literal["at least", "at most"]
    h: float | None
    l: float | None  # noqa: E741
    needs: tuple[tuple[str, ...], float] | None = None

    def limit(self, name: str) -> float | None:
        """Return the limit on a set."""
        return self.h if name == "H" else self.l

    def value(self, scores: Mapping[str, Any]) -> float | None:
        """Return the shown value, or None where the engine gives none."""
        found = dig(scores, self.path)
        return None if found is None or found != found else self.scale * found

    def coverage(self, scores: Mapping[str, Any]) -> float | None:
        """Return the coverage that belongs to the value."""
        return None if self.needs is None else dig(scores, self.needs[0])

    def reached(self, scores: Mapping[str, Any], name: str) -> bool | None:
        """Tell whether the target is reached; None where there is no limit."""
        limit, value = self.limit(name), self.value(scores)
        if limit is None:
            return None
        if value is None:
            return False
        if self.needs is not None:
            covered = self.coverage(scores)
            if covered is None or not covered >= self.needs[1]:
                return False
        return value >= limit if self.sense == "at least" else value <= limit


def dig(scores: Mapping[str, Any], path: Sequence[str]) -> float | None:
    """Return a nested number, or None."""
    value: Any = scores
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return None if value is None else float(value)


ACCURACY_TARGETS: tuple[Target, ...] = (
    Target("Contacts, F1 within 250 ms", ("contacts_f1",), "", 1, 3, "at least", 0.975, 0.82),
    Target("Contacts, F1 within 100 ms", ("narrow_f1",), "", 1, 3, "at least", 0.96, 0.68),
    Target("Jitter of contacts", ("jitter_s",), "ms", 1e3, 1, "at most", 12.0, None),
    Target(
        "Stride time, MAE",
        ("stride_time", "mae_s"),
        "ms",
        1e3,
        1,
        "at most",
        11.0,
        None,
        (("stride_time", "coverage"), 0.95),
    ),
    Target(
        "Cadence, MAE",
        ("cadence_mae_spm",),
        "steps/min",
        1,
        2,
        "at most",
        1.0,
        None,
        (("cadence_coverage",), 0.95),
    ),
    Target(
        "Cadence, MAE",
        ("cadence_mae_percent",),
        "%",
        1,
        1,
        "at most",
        None,
        5.0,
        (("cadence_coverage",), 0.80),
    ),
    Target("Gait sequences, F1", ("gait", "f1"), "", 1, 3, "at least", 0.975, 0.76),
    Target(
        "Gait sequences, specificity", ("gait", "specificity"), "", 1, 3, "at least", 0.95, 0.95
    ),
    Target(
        "Left and right",
        ("sides_right",),
        "",
        1,
        3,
        "at least",
        0.985,
        0.97,
        (("sides_told",), 0.80),
    ),
    Target(
        "Stride length, MAE over legs",
        ("lengths", "length_mae_m"),
        "cm",
        100,
        1,
        "at most",
        6.0,
        10.0,
        (("lengths", "coverage"), 0.80),
    ),
    Target(
        "Walking speed, MAE over legs",
        ("lengths", "speed_mae_m_s"),
        "m/s",
        1,
        3,
        "at most",
        0.06,
        0.10,
        (("lengths", "coverage"), 0.80),
    ),
)
