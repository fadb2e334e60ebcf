"""What the phone notes of late, put beside the last check-up."""

from __future__ import annotations

from dataclasses import replace

from evenstride.app.moments import NS
from evenstride.app.own import Own
from evenstride.app.person import emergency_number
from evenstride.inventory.noted import LOOKED_BACK, concern_of
from evenstride.report.sheet import Section, Sheet

__all__ = ["concern_now", "with_concern"]

_BACK_NS = (LOOKED_BACK + 1) * 86_400 * NS


def concern_now(mine: Own) -> Section:
    """Return the pointer to the check-up if severe pain or a warning sign was noted since it.

    It says nothing (``says_something`` is false) if there is no reason.
    """
    from evenstride.report.noted import concern_section

    last = mine.diary.last_checkup()
    symptoms = [one.document for one in mine.diary.entries("symptom", mine.now - _BACK_NS)]
    checked_up = None if last is None else last.at_utc_ns
    found = concern_of(symptoms, mine.now, checked_up, mine.person.time_zone)
    return concern_section(found, emergency_number(mine.person.country))


def with_concern(mine: Own, sheet: Sheet, *, first: bool = True) -> Sheet:
    """Return a sheet with the pointer to the check-up, if there is one.

    Args:
        mine: The diary.
        sheet: What else is said.
        first: Whether it stands before everything else; not where help comes first already.
    """
    found = concern_now(mine)
    if not found.says_something:
        return sheet
    sections = (found, *sheet.sections) if first else (*sheet.sections, found)
    return replace(sheet, sections=sections)
