"""Page one for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet
from evenstride.report.visit.nouns import PLACES, Visit

__all__ = ["visit_sheet"]


def visit_sheet(visit: Visit, written: Sequence[str] = ()) -> Sheet:
    """Return page one as a sheet.

    Args:
        visit: The report.
        written: Where its files are, in words.
    """
    hints, told = screen_words("report")["hints"], visit.material
    missing = [hints[name] for name in ("reason", "questions") if not getattr(told, name)]
    sections = (
        Section("", tuple(written)),
        *(visit.first[place] for place in PLACES),
        Section("", tuple(missing)),
    )
    shown = tuple(section for section in sections if section.says_something)
    return Sheet(visit.title, visit.heading, shown, visit.footer)
