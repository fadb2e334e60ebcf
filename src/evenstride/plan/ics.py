"""A calendar file (RFC 5545) with the walks that are left and the next-morning question.

Times float: they carry neither a zone nor a Z, so ten o'clock is ten o'clock wherever the person
is, and no table of zones is needed. Only the stamp, which calendars use to tell versions apart, is
UTC. It comes from the day of the plan, so the same plan gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from evenstride.plan.knowledge import plan_knowledge
from evenstride.plan.outcome import Plan

__all__ = ["calendar_file"]

_OCTETS = 75  # of a line, without its end
_QUESTION_MIN = 5


def calendar_file(plan: Plan, note: str = "") -> str:
    """Return the text of the calendar file, lines ended by CRLF; write it as UTF-8 unchanged.

    Args:
        plan: The plan of today.
        note: Stands behind the title and in every event, such as that the walks are made up.
    """
    known = plan_knowledge()
    words = known.calendar
    stamp = f"{plan.today:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//evenstride//walking plan//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(_noted(words['title'], note))}",
    ]
    for session in plan.sessions:
        title = words["walk"].format(minutes=session.minutes)
        starts = _at(session.day, known.walk_at)
        lines += _event("walk", stamp, starts, session.minutes, title, _noted(session.says, note))
    walked = {light.day for light in plan.lights if light.waiting}
    for day in sorted(walked | {session.day for session in plan.sessions}):
        morning = _at(day + timedelta(days=1), known.question_at)
        title, does = words["morning"], _noted(words["morning_does"], note)
        lines += _event("morning", stamp, morning, _QUESTION_MIN, title, does)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _noted(text: str, note: str) -> str:
    return f"{text} {note}".rstrip()


def _event(
    kind: str, stamp: str, starts: datetime, minutes: int, title: str, says: str
) -> list[str]:
    ends = starts + timedelta(minutes=minutes)
    return [
        "BEGIN:VEVENT",
        f"UID:{starts:%Y%m%d}-{kind}@evenstride",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{starts:%Y%m%dT%H%M%S}",
        f"DTEND:{ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(says)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; a letter is never cut."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
