"""Print docs/measures.md from the catalogue of measures. Run by ``make docs``."""

from __future__ import annotations

from evenstride.gait import CATALOGUE, DRIFTING, GROUPS, MeasureInfo

HEAD = """# Every measure

This page is made from the catalogue in the program by `make docs`; a test keeps the two alike.

Each measure carries a value, a 95 % interval, a grade, the reason for the grade, and how many steps, strides or windows it rests on. The grades: **firm** can be compared with other people and other walks; **own_trend** follows one person's own walks with the same sensor in the same place; **not_usable** is shown only so that nothing is hidden. A measure that is absent has no value and says why.
"""

DRIFT = """## Change within the walk

Names that end in `_drift` are the change from the first to the last third of the walk, in the same unit, with an interval of their own. Given for: {names}.
"""


def entry(name: str, info: MeasureInfo) -> str:
    """Return the section of one measure."""
    unit = "a bare number" if info.unit == "1" else info.unit
    rows = {
        "What it tells": info.what,
        "Unit": unit,
        "How it is computed": info.definition,
        "Grade": info.grades[0].upper() + info.grades[1:] + ".",
        "Source": info.source.removesuffix(".") + ".",
    }
    lines = [f"- **{label}.** {text}" for label, text in rows.items()]
    return f"### {info.title}\n\n`{name}`\n\n" + "\n".join(lines) + "\n"


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += [entry(name, info) for name, info in CATALOGUE.items() if info.group == group]
    parts.append(DRIFT.format(names=", ".join(f"`{name}`" for name in DRIFTING)))
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
