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


def with_concern(mine: Own, sheet: Sheet) -> Sheet:
    """Return a sheet with the pointer to the check-up before everything else, if there is one."""
    found = concern_now(mine)
    return replace(sheet, sections=(found, *sheet.sections)) if found.says_something else sheet
