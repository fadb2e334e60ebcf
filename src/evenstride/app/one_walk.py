"""One walk for a screen: its story and its numbers beside earlier walks, also as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.planning import asks_again, basis_of, lights_of
from evenstride.app.walk import show_walk
from evenstride.app.walks import LAST, find_walk
from evenstride.model import Outing
from evenstride.report.screens import screen_words

if TYPE_CHECKING:
    from markupsafe import Markup

    from evenstride.inventory.beside import Beside
    from evenstride.plan import WalkLight
    from evenstride.report.one_walk import OneWalk

__all__ = ["LookedAt", "Numbers", "look_at_walk", "numbers_of_walk"]

_PLACES = ("latitude_deg", "longitude_deg")
_COLUMNS = ("name", "value", "low", "high", "unit", "grade", "n", "reason")
_STRIP = 300.0


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A walk that is looked at.

    Attributes:
        walk: What is shown of it.
        pictures: Its numbers among those of earlier walks, by the name of the measure.
        simulated: Whether no real person walked it.
    """

    walk: OneWalk
    pictures: Mapping[str, Markup]
    simulated: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a walk as files, without the places where it was walked.

    Attributes:
        id: Of the walk.
        json: The document "evenstride/outing/1".
        csv: A row for each measure.
    """

    id: str
    json: str
    csv: str


def look_at_walk(home: Path | None, walk: str = LAST, *, now: int | None = None) -> LookedAt:
    """Return one walk; its recording and its track are not read for it.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name or day; "last" is the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    from evenstride.report.one_walk import Material, one_walk

    with own(home, now or now_utc_ns()) as mine:
        outing = find_walk(mine, walk)
        streams = mine.diary.streams(outing.id)
        motion = next((one.recording for one in streams if one.kind == "motion"), outing.recording)
        shoes = {shoe.id: shoe.name for shoe in mine.diary.shoes()}
        light = lights_of(mine, outing.day, outing.day).get(outing.id)
        found = one_walk(
            Material(
                walk=outing,
                streams=streams,
                file=mine.diary.recording(motion).name if motion else "",
                beside=_beside(mine, outing),
                light=light,
                again=_asks_again(mine, outing, light),
                shoe=shoes.get(outing.shoe or "", ""),
                person=mine.person,
                now_utc_ns=mine.now,
            )
        )
        mark = screen_words("diary")["simulated"] if mine.simulated else ""
    return LookedAt(found, _pictures(found), mark)


def _asks_again(mine: Own, outing: Outing, light: WalkLight | None) -> bool:
    """Return whether a check-up is due because of this walk."""
    if light is None or light.light != "red":
        return False
    return asks_again(mine, basis_of(mine, outing.day, outing.day), outing.id)


def numbers_of_walk(home: Path | None, walk: str = LAST, *, now: int | None = None) -> Numbers:
    """Return the numbers of a walk as files; where it was walked stays in the diary.

    Args:
        home: The person's folder, if not the usual one.
        walk: Its name or day.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such walk.
    """
    document = dict(show_walk(home, walk, now=now).document)
    if document["terrain"] is not None:
        pieces = [
            {name: value for name, value in one.items() if name not in _PLACES}
            for one in document["terrain"]["segments"]
        ]
        document["terrain"] = {**document["terrain"], "segments": pieces}
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    return Numbers(document["walk"]["id"], text, _as_csv(document["walk"]["measures"]))


def _as_csv(measures: Mapping[str, Mapping[str, Any]]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, _COLUMNS)
    writer.writeheader()
    writer.writerows({"name": name, **one} for name, one in sorted(measures.items()))
    return made.getvalue()


def _beside(mine: Own, outing: Outing) -> dict[str, Beside]:
    """Put the numbers of a walk beside those of the half year before it."""
    from evenstride.inventory.beside import LOOKED_BACK_DAYS, beside

    if not outing.is_walk or not outing.sensor:
        return {}
    since = outing.day - timedelta(days=LOOKED_BACK_DAYS)
    near = mine.diary.outings(since, outing.day)
    earlier = [one for one in near if one.start_utc_ns < outing.start_utc_ns]
    return beside(outing, earlier, mine.person, screen_words("web-walks")["generic"])


def _pictures(walk: OneWalk) -> dict[str, Markup]:
    from evenstride.report.html.dot_strip import dot_strip
    from evenstride.report.html.line_plot import Canvas

    words = screen_words("web-walks")["beside"]
    lines = [line for group in walk.groups for line in (*group.first, *group.more)]
    return {
        line.name: dot_strip(
            Canvas(f"strip-{line.name}", line.dots.title, line.dots.says, _STRIP, 0.0),
            line.dots,
            words["here"],
            words["earlier"],
        )
        for line in lines
        if line.dots is not None
    }
