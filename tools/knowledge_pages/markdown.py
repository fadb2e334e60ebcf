"""What every page is put together from: headings, lists, tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evenstride.checkup.knowledge import Knowledge

MADE = (
    "This page is made from the knowledge files of version {version} by `make docs`; a test keeps "
    "the two alike. {reviewed} How the check-up works: [the check-up](index.md)."
)
"""Stands at the top of every page."""

MARKS = {
    "verified": "verified: seen in the source",
    "recalled": "recalled: from memory, to be checked",
    "estimate": "estimate: our own judgement",
}


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def head(title: str, about: str, known: Knowledge) -> str:
    """Return the top of a page."""
    names = ", ".join(known.reviewed_by)
    reviewed = f"Reviewed by {names}." if names else "Reviewed by: nobody yet."
    made = MADE.format(version=known.version, reviewed=reviewed)
    return f"# {title}\n\n{made}\n\n{about}"


def joined(parts: Iterable[str]) -> str:
    """Return parts with an empty line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def rows(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of labelled facts; empty ones are left out."""
    return "\n".join(f"- **{label}.** {text}" for label, text in pairs if text)


def listed(points: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {point}" for point in points)


def table(titles: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    titles = list(titles)
    body = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join(
        f"| {' | '.join(line)} |".replace("|  |", "| |")
        for line in [titles, ["---"] * len(titles), *body]
    )


def open_points(points: Iterable[str]) -> str:
    """Return what a clinician or a paper has to settle; nothing if there is nothing."""
    text = listed(points)
    return f"## Open points\n\n{text}" if text else ""


def for_professionals(text: str) -> str:
    """Return what parts the words for the person from the rest."""
    return f"**For professionals.** {written(text)}"


def written(text: str | None) -> str:
    """Return a note as a sentence."""
    return f"{text[0].upper()}{text[1:].removesuffix('.')}." if text else ""
