"""One number of a walk, with the answers: how sure, from what, compared with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from evenstride.checkup.knowledge.sentences import term
from evenstride.checkup.knowledge.spoken import counted, figure
from evenstride.diary import Stream
from evenstride.gait.catalogue import CATALOGUE
from evenstride.inventory.beside import Beside
from evenstride.inventory.nouns import LeftOut
from evenstride.model import Measure
from evenstride.report.measures import DRIFT, shown, title_of
from evenstride.report.model import Choices
from evenstride.report.numbers import duration
from evenstride.report.one_walk.nouns import Dots, Line, Material
from evenstride.report.screens import screen_words
from evenstride.report.terrain import ground_value
from evenstride.report.units import Unit, UnitSystem, unit_for
from evenstride.report.visible import visible
from evenstride.report.words import GRADES

__all__ = ["line_of"]

_MINUS = "−"


def line_of(name: str, measure: Measure, material: Material, words: Mapping[str, Any]) -> Line:
    """Return a number with all that stands behind it.

    Args:
        name: Of the measure.
        measure: It has a value.
        material: What is known of the walk.
        words: Of the group that it stands in.
    """
    about, found = CATALOGUE.get(name.removesuffix(DRIFT)), material.beside.get(name)
    titles = screen_words("terrain")["names"]
    value, interval = _value(name, measure, material)
    return Line(
        name=name,
        title=titles.get(name) or title_of(name, CATALOGUE),
        value=value,
        interval=interval,
        grade=measure.grade,
        verdict=found.comparison.verdict if found else "",
        what=about.what if about else "",
        sure=tuple(_sure(measure, interval)),
        source=tuple(_source(name, material)),
        beside=tuple(_beside(found, name, material) if found else ()),
        dots=_dots(found, name, measure, material) if found else None,
        among=found.norm.says if found and found.norm else "",
        means_not=words["means_not"],
    )


def _value(name: str, measure: Measure, material: Material) -> tuple[str, str]:
    units = material.person.units
    if name in screen_words("terrain")["names"]:
        way = material.walk.measures.get("distance_m")
        return ground_value(name, measure, (way.value if way else None) or 0.0, units)
    number = shown(name, measure, CATALOGUE, Choices(units=units))
    return str(number), number.interval


def _sure(measure: Measure, interval: str) -> Iterator[str]:
    words = screen_words("web-walks")["sure"]
    yield words["grade"].format(grade=term(GRADES[measure.grade]))
    yield visible(measure.reason)
    if interval:
        yield words["interval"].format(interval=interval)
    if measure.n > 0:
        yield words["n"].format(n=figure(f"{measure.n:,}"))


def _source(name: str, material: Material) -> Iterator[str]:
    """Yield what it was measured with, on which stretch, and how it is worked out."""
    words, about = screen_words("web-walks")["source"], CATALOGUE.get(name.removesuffix(DRIFT))
    if about is None:
        track = next((one for one in material.streams if one.kind == "track"), None)
        if track is not None:
            yield words["track"].format(format=visible(track.format), length=_length(track))
        yield words["ground"]
        return
    walk = material.walk
    if walk.sensor:
        place = "sensor_at" if walk.placement else "sensor"
        yield words[place].format(sensor=visible(walk.sensor), placement=term(walk.placement or ""))
    motion = next((one for one in material.streams if one.kind == "motion"), None)
    if motion is not None:
        walked = motion.activity.moving_s
        yield words["recording" if walked is None else "recording_of"].format(
            file=visible(material.file) or words["unnamed"],
            length=_length(motion),
            walked="" if walked is None else duration(walked),
        )
    if name.endswith(DRIFT):
        yield words["drift"]
    yield words["method"].format(method=about.definition)
    yield words["paper"].format(paper=about.source)


def _length(stream: Stream) -> str:
    return duration((stream.activity.end_utc_ns - stream.activity.start.utc_ns) / 1e9)


def _beside(found: Beside, name: str, material: Material) -> Iterator[str]:
    """Yield next to what it stands, what that comes to, and what was left out."""
    words = screen_words("web-walks")["beside"]
    yield visible(found.comparison.says)
    if found.earlier:
        yield _among_own(found, name, material)
    left = [_left_out(one) for one in found.comparison.left_out]
    if left:
        yield words["left_out"].format(what="; ".join(left))


def _left_out(one: LeftOut) -> str:
    says: str = screen_words("web-walks")["beside"]["left_one"]
    return says.format(walks=counted(one.walks, "walk"), why=one.says)


def _among_own(found: Beside, name: str, material: Material) -> str:
    """Say the middle and the ends of the earlier values, and how many lie below this one."""
    words = screen_words("web-walks")["beside"]
    unit, decimals = _unit(name, material.person.units)
    value = material.walk.measures[name].value or 0.0
    middle, low, high = (
        _number(one, unit, decimals)
        for one in (median(found.earlier), min(found.earlier), max(found.earlier))
    )
    says: str = words["own_one" if len(found.earlier) == 1 else "own"]
    return says.format(
        n=len(found.earlier),
        median=middle,
        low=low,
        high=high,
        unit=unit.words,
        below=sum(one < value for one in found.earlier),
    ).replace(" .", ".")


def _unit(name: str, units: UnitSystem) -> tuple[Unit, int]:
    about = CATALOGUE[name.removesuffix(DRIFT)]
    unit = unit_for(about.unit, units)
    return unit, max(0, about.decimals + unit.more_decimals + name.endswith(DRIFT))


def _number(value: float, unit: Unit, decimals: int) -> str:
    return figure(f"{value * unit.per_si:,.{decimals}f}".replace("-", _MINUS))


def _dots(found: Beside, name: str, measure: Measure, material: Material) -> Dots | None:
    if not found.earlier or measure.value is None:
        return None
    unit, decimals = _unit(name, material.person.units)
    low, high = (measure.value if end is None else end for end in (measure.low, measure.high))
    return Dots(
        earlier=tuple(one * unit.per_si for one in found.earlier),
        value=measure.value * unit.per_si,
        low=low * unit.per_si,
        high=high * unit.per_si,
        decimals=decimals,
        title=screen_words("web-walks")["beside"]["picture"].format(
            title=title_of(name, CATALOGUE)
        ),
        says=_among_own(found, name, material),
    )
