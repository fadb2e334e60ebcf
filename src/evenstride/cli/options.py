"""Options that several commands share, and how they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from evenstride.app.languages import chosen, speaking
from evenstride.app.quantities import amount, distance_m, height_m
from evenstride.errors import OptionError
from evenstride.model.language import ENGLISH

__all__ = [
    "Day",
    "Length",
    "Spoken",
    "file_options",
    "output_options",
    "own_options",
    "place",
    "walk_options",
]

_WORDS = ("today", "yesterday")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Length(click.ParamType[float]):
    """A length as people type it."""

    def __init__(self, name: str, parse: Callable[[str], float]) -> None:
        self.name = name
        self._parse = parse

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return metres."""
        if isinstance(value, float):
            return value
        try:
            return self._parse(value)
        except OptionError as error:
            self.fail(str(error), param, ctx)


class Spoken(click.ParamType[float]):
    """An amount as people say it, such as "1 hour" for minutes."""

    def __init__(self, unit: str) -> None:
        self.name = unit
        self._unit = unit

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the amount in the unit."""
        found = value if isinstance(value, float) else amount(value, self._unit)
        if found is None:
            self.fail(f"“{value}” is not a number of {self._unit}.", param, ctx)
        return found


class Day(click.ParamType[date]):
    """A day, such as 2026-11-20 or "today"."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        if value.lower() in _WORDS:
            today = datetime.now().astimezone().date()
            return today - timedelta(days=_WORDS.index(value.lower()))
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day. Write it like 2026-11-20.", param, ctx)


def _all(*decorators: Decorator) -> Decorator:
    def apply(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return apply


file_options = _all(
    click.option(
        "--placement",
        metavar="PLACE",
        help='Where the sensor was: "lower back", waist, "front pocket", "back pocket", hand, '
        "bag, wrist or foot.",
    ),
    click.option(
        "--rate",
        "rate_hz",
        type=float,
        metavar="HZ",
        help="Samples a second, for files that do not tell.",
    ),
)

walk_options = _all(
    click.option(
        "--height",
        "height",
        type=Length("height", height_m),
        metavar="LENGTH",
        help="Your height, such as 175cm, 1.75 or 5ft9: gives speed and step length.",
    ),
    click.option(
        "--distance",
        "distance",
        type=Length("distance", distance_m),
        metavar="LENGTH",
        help="How far you walked, such as 1.2km: better still.",
    ),
    click.option(
        "--standing",
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        help="Ten seconds of standing with the same sensor: gives the lean of the trunk.",
    ),
)

output_options = _all(
    click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON, no words."),
    click.option(
        "--html",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Also write a page to read or print; a folder if there are several recordings.",
    ),
    click.option(
        "--units",
        type=click.Choice(["metric", "imperial"]),
        default="metric",
        show_default=True,
        help="Units of the summary and the page; JSON is always SI.",
    ),
    click.option("--professional", is_flag=True, help="Short words and every detail."),
)


def _for_programs(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    """Keep the sentences of a document the same for every program that reads it."""
    del param
    if value:
        ctx.find_root().with_resource(speaking(ENGLISH))
    return value


def _to_the_person(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Speak the language that was chosen in this folder."""
    del param
    ctx.find_root().with_resource(speaking(chosen(value), unless_told=True))
    return value


own_options = _all(
    click.option(
        "--home",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        callback=_to_the_person,
        help="Your own folder.",
    ),
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=_for_programs,
        help="Print the result as JSON, no words.",
    ),
)


def place(placement: str | None) -> Any:
    """Accept lower-back and Lower_Back for "lower back"; the recording itself refuses the rest."""
    return placement and placement.lower().replace("-", " ").replace("_", " ")
