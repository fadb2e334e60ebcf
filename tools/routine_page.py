"""Writes docs/routines: every exercise with its drawing, and every routine. Run by ``make docs``."""

from __future__ import annotations

from pathlib import Path

from tools.knowledge_pages import slug

from evenstride.plan.routines import Dose, drawing
from evenstride.plan.routines.knowledge import (
    Easing,
    Exercise,
    RoutineKnowledge,
    RoutineRule,
    routine_knowledge,
)

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "routines"

HEAD = """# Exercises and routines

This page is made from the knowledge in the program by `make docs`; a test keeps the two alike. How exercises are chosen stands in [methods](../methods/routines.md).

Reviewed by: {reviewed}. Grades of evidence: {grades}
"""

COLOURS = "<style>:root{color:#222}@media(prefers-color-scheme:dark){:root{color:#ddd}}</style>"
"""A picture that stands alone has no text around it to take its colour from."""


def files() -> dict[str, str]:
    """Return the content of every file by its name."""
    known = routine_knowledge()
    pictures = {
        f"{name}.svg": drawing(name).replace("<title>", COLOURS + "<title>", 1) + "\n"
        for name in known.exercises
    }
    return {"index.md": page(known)} | pictures


def page(known: RoutineKnowledge) -> str:
    """Return the page."""
    grades = " ".join(f"**{grade}**: {one.says}" for grade, one in known.grades.items())
    parts = [HEAD.format(reviewed=", ".join(known.reviewed_by) or "nobody yet", grades=grades)]
    parts.append(before(known))
    parts.append("## Routines\n")
    parts += [routine(rule, known) for rule in known.routines.values()]
    parts.append("## Exercises\n")
    parts += [exercise(one, known) for one in known.exercises.values()]
    parts.append("## Sources\n")
    parts += [
        f"- `{one.id}` ({one.mark}). {one.ref}. {one.result}" for one in known.evidence.values()
    ]
    return "\n".join(parts) + "\n"


def before(known: RoutineKnowledge) -> str:
    """Return what is said before every routine."""
    signs = "\n".join(f"- {sign}" for sign in known.before.stop_if)
    first = "\n".join(f"- {rule.ask}" for rule in known.limits.values() if rule.ask_first)
    return (
        f"## Before every routine\n\n{known.before.effort} {known.before.pain}\n\n"
        f"{known.before.stop_does} The signs:\n\n{signs}\n\n"
        f"Someone who says yes to one of these asks a doctor or physio first:\n\n{first}\n"
    )


def routine(rule: RoutineRule, known: RoutineKnowledge) -> str:
    """Return one routine as a table."""
    rows = "\n".join(
        f"| {slot.seconds} | {', '.join(_link(known.exercises[name]) for name in slot.choices)} |"
        for slot in rule.slots
    )
    total = sum(slot.seconds for slot in rule.slots)
    return (
        f"### {rule.name}\n\n`{rule.id}`, {total} seconds. "
        f"For: {', '.join(f'`{cause}`' for cause in rule.causes)}.\n\n"
        f"| seconds | one of, in turn by the week |\n|---|---|\n{rows}\n"
    )


def exercise(one: Exercise, known: RoutineKnowledge) -> str:
    """Return one exercise with its drawing."""
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(one.steps, 1))
    against = [known.limits[name].leave_out_if for name in one.not_with]
    against += [f"Not for `{cause}`." for cause in one.not_for]
    rows = {
        "How much": dose(one.dose),
        "Easier": easing(one.easier, known),
        "Harder": easing(one.harder, known),
        "Left out": " ".join(against),
        "Comfort": known.comfort.says if one.kind == "stretch" else "",
        "Evidence": f"{one.grade}. " + ", ".join(f"`{name}`" for name in one.evidence),
        "For professionals": one.clinical,
    }
    lines = "\n".join(f"- **{label}.** {text}" for label, text in rows.items() if text)
    return (
        f"### {one.name}\n\n`{one.id}`, {one.kind.replace('_', ' ')}. {one.purpose}\n\n"
        f"![{one.name}]({one.id}.svg)\n\n{steps}\n\n{lines}\n"
    )


def dose(one: Dose) -> str:
    """Return a dose in words."""
    if one.minutes is not None:
        parts = [f"{one.minutes} minutes"]
    else:
        parts = [f"{', then '.join(str(reps) for reps in one.reps)} times"]
        parts += [f"{one.tempo_s} s each"] if one.tempo_s else []
        parts += [f"held for {one.hold_s} s"] if one.hold_s else []
        parts += [f"{one.rest_s} s of rest between sets"] if one.rest_s else []
        parts += ["on each side"] if one.each_side else []
    parts += [f"{one.per_day} times a day"] if one.per_day else []
    parts += [f"{one.per_week} times a week"] if one.per_week else []
    parts += ["as needed"] if one.as_needed else []
    return ", ".join(parts) + "."


def easing(step: Easing | None, known: RoutineKnowledge) -> str:
    """Return an easier or harder way; empty if there is none."""
    if step is None:
        return ""
    return f"{_link(known.exercises[step.exercise])}." if step.exercise else step.says


def _link(one: Exercise) -> str:
    return f"[{one.name}](#{slug(one.name)})"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
