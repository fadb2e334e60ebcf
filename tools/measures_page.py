"""Print docs/measures.md from the catalogue of measures. Run by ``make docs``."""

from __future__ import annotations

import re

from evenstride.gait import CATALOGUE, DRIFTING, GROUPS, MeasureInfo
from evenstride.terrain.measures import LEVEL_PCT, MEASURES

HEAD = """# Every measure

This page is made from the catalogue in the program by `make docs`; a test keeps the two alike.

Each measure carries a value, a 95 % interval, a grade, the reason for the grade, and how many steps, strides or windows it rests on. The grades: `firm` can be compared with other people and other walks; `own_trend` follows one person's own walks with the same sensor in the same place; `not_usable` is shown only so that nothing is hidden. A measure that is absent has no value, the grade `not_usable`, and says why. Every measure is absent in a recording without walking. How the steps, strides and numbers come about is told in [methods](methods/index.md), why grades are as they are in [honesty](methods/honesty.md).
"""

DRIFT = """## Change within the walk

Names that end in `_drift` are the last third of the walk less the first, in the same unit, with an interval of their own. The thirds are thirds of the steps, strides or windows that the measure rests on. A drift is absent where a third holds too few of them ([methods](methods/measures.md)), where the recording spans more than six hours from the first to the last contact, or where the measure itself is absent. Its grade is `own_trend`, or `not_usable` where that is the grade of the measure. Given for: {names}.
"""

GROUND_HEAD = f"""## The ground of a walk

`es.terrain(track)` gives these for a track with places, as `evenstride terrain` shows them. Level means less than {LEVEL_PCT:g} m up or down in 100 m. How they come about, and where they fail, is told in [terrain](methods/terrain.md).

| name | unit | what it tells | grade |
|---|---|---|---|
"""

_BY_HEIGHTS = (
    "`firm` from air pressure or a map of heights if the interval is narrow, else `own_trend`"
)
GROUND = {
    "distance_m": (
        "Length of the way, without what errors of places add. Breaks and rides are not counted.",
        "`firm` with times, `own_trend` without",
    ),
    "moving_s": ("Time without pauses of half a minute and more.", "`firm`; absent without times"),
    "climb_m": ("All rises added up, without what errors of heights add.", _BY_HEIGHTS),
    "descent_m": ("All falls added up, in the same way.", _BY_HEIGHTS),
    "steepest_pct": (
        "The slope, up or down, that a twentieth of the way exceeds.",
        _BY_HEIGHTS,
    ),
    "uphill_share": (
        "Share of the way that clearly goes up; the interval ends with all that could.",
        _BY_HEIGHTS,
    ),
    "downhill_share": ("Share of the way that clearly goes down, in the same way.", _BY_HEIGHTS),
    "level_share": ("Share of the way that is clearly level, in the same way.", _BY_HEIGHTS),
}


GRADE = re.compile(r"\b(own_trend|not_usable|firm(?! mount))\b")


def sentence(text: str) -> str:
    """Return a phrase as a sentence; a grade keeps its spelling."""
    first = text if GRADE.match(text) else text[0].upper() + text[1:]
    return GRADE.sub(r"`\1`", first.removesuffix(".") + ".")


def entry(name: str, info: MeasureInfo) -> str:
    """Return the section of one measure."""
    unit = "a bare number" if info.unit == "1" else info.unit
    rows = {
        "What it tells": info.what,
        "Unit": unit,
        "How it is computed": info.definition,
        "Grade": sentence(info.grades),
        "Source": info.source.removesuffix(".") + ".",
    }
    lines = [f"- **{label}.** {text}" for label, text in rows.items()]
    return f"### {info.title}\n\n`{name}`\n\n" + "\n".join(lines) + "\n"


def ground() -> str:
    """Return the section of the ground."""
    rows = [
        f"| `{name}` | {'a bare number' if unit == '1' else unit} | {' | '.join(GROUND[name])} |\n"
        for name, unit in MEASURES.items()
    ]
    return GROUND_HEAD + "".join(rows)


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += [entry(name, info) for name, info in CATALOGUE.items() if info.group == group]
    parts.append(DRIFT.format(names=", ".join(f"`{name}`" for name in DRIFTING)))
    parts.append(ground())
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
