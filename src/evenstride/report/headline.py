"""The walk in one sentence, and the few that matter next."""

from __future__ import annotations

from collections.abc import Sequence

from evenstride.model import Gait
from evenstride.report.measures import Catalogue, absent, shown, title_of, trusted
from evenstride.report.model import Absent, Change, Choices, KeyNumber
from evenstride.report.words import TOWARDS_THE_END

__all__ = ["glance", "headline", "lead"]

_GLANCE = ("walking_time_s", "steps", "cadence_spm", "speed_m_s")
_MOST_NAMED = 3
_MANY_LOOKED_AT = 6  # of intervals of 95 %, one in twenty misses by chance
_TOO_WIDE = 0.2  # less sure than this share of itself, a number makes no headline


def headline(gait: Gait, catalogue: Catalogue, choices: Choices) -> str:
    """Say in one sentence what the walk was."""
    if not len(gait.bouts):
        return "No walking was found in this recording."
    time, steps, cadence = (
        _said(name, gait, catalogue, choices) for name in ("walking_time_s", "steps", "cadence_spm")
    )
    if choices.professional:
        pieces = [f"{time} of walking" if time else "", steps, cadence]
        return ", ".join(piece for piece in pieces if piece) + "."
    sentence = f"You walked for {time}" if time else "You walked"
    if steps:
        sentence += f" and took {steps}"
    return sentence + (f": about {cadence}." if cadence else ".")


def lead(
    gait: Gait, changes: Sequence[Change], missing: Sequence[Absent], choices: Choices
) -> tuple[str, ...]:
    """Say what changed within the walk, or why that cannot be said."""
    if not len(gait.bouts):
        return tuple(sorted({item.reason for item in gait.unused}))[:_MOST_NAMED]
    clear = [change for change in changes if change.direction != "none"]
    if not changes:
        return tuple(
            f"Start and end of the walk could not be compared. {item.reason}"
            for item in missing[:1]
        )
    if not choices.professional:
        return (_felt(changes),)
    if not clear:
        sentence = "No measure clearly changed from the first to the last third of the walk."
        if sum(change.wide for change in changes) > len(changes) / 2:
            sentence += " The ranges are wide, so a change may have been missed."
        return (sentence,)
    named = ", ".join(f"{_lower(c.title)} ({c.number})" for c in clear[:_MOST_NAMED])
    more = f" and {len(clear) - _MOST_NAMED} more" if len(clear) > _MOST_NAMED else ""
    count = f"{len(clear)} of {len(changes)} measures changed"
    sentence = f"From the first to the last third of the walk, {count}: {named}{more}."
    if len(changes) >= _MANY_LOOKED_AT:
        sentence += " When so many are looked at, some can stand out by chance."
    return (sentence,)


def _felt(changes: Sequence[Change]) -> str:
    """Name only the changes that a person can picture; the figure and the table hold all."""
    known = [change for change in changes if change.name in TOWARDS_THE_END]
    said = [
        f"{TOWARDS_THE_END[c.name][c.direction == 'down']} ({c.number})"
        for c in known
        if c.direction != "none"
    ][:_MOST_NAMED]
    if said:
        *first, last = said
        return f"Towards the end you {', '.join(first)}{' and ' if first else ''}{last}."
    if not known:
        return "Start and end of the walk could not be compared."
    sentence = "No clear change was seen from the start to the end of your walk."
    if sum(change.wide for change in changes) > len(changes) / 2:
        sentence += " The ranges are wide, so a change may have been missed."
    return sentence


def glance(
    gait: Gait, catalogue: Catalogue, choices: Choices
) -> tuple[tuple[KeyNumber, ...], tuple[Absent, ...]]:
    """Return the key numbers, and which of them are missing."""
    wanted = {name: gait.measures[name] for name in _GLANCE if name in gait.measures}
    missing = {name: m for name, m in wanted.items() if not trusted(m)}
    tiles = tuple(
        KeyNumber(title_of(name, catalogue), shown(name, measure, catalogue, choices))
        for name, measure in wanted.items()
        if name not in missing
    )
    return tiles, absent(missing, catalogue, choices)


def _said(name: str, gait: Gait, catalogue: Catalogue, choices: Choices) -> str:
    measure = gait.measures.get(name)
    if measure is None or measure.value is None or not trusted(measure):
        return ""
    low, high = measure.low, measure.high
    if low is not None and high is not None and high - low > 2 * _TOO_WIDE * measure.value:
        return ""
    return str(shown(name, measure, catalogue, choices, whole=True))


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
