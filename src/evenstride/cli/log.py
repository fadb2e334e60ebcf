"""The command that notes walks: as options, or asked one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from evenstride.app.quantities import distance_m, mass_kg
from evenstride.app.told import FORGETTABLE
from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.cli.options import Length, Spoken, own_options
from evenstride.cli.output import show
from evenstride.errors import OptionError
from evenstride.model.outing import HILLS, KINDS, REACHES, SURFACES

__all__ = ["log"]

_RATINGS = {
    "before": "just before the walk",
    "worst": "at its worst during the walk",
    "hour_after": "one hour after",
    "next_morning": "on the next morning",
}


def _ratings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each rating of the back and of the leg."""
    for name, words in reversed(_RATINGS.items()):
        short = {"next_morning": "morning"}.get(name, name.replace("_", "-"))
        for place, flag, what in (
            ("leg", f"--leg-{short}", "the leg"),
            ("back", f"--{short}", "the back"),
        ):
            command = click.option(
                flag,
                f"{place}_{name}",
                type=float,
                metavar="0-10",
                help=f"Pain in {what} {words}.",
            )(command)
    return command


@main.command()
@click.option("--walk", metavar="NAME", help='Add to this walk; "last" is the newest.')
@click.option("--when", metavar="TIME", help='When it began: "today 17:30", "yesterday 8:15".')
@click.option(
    "--minutes", type=Spoken("minutes"), metavar="TIME", help="How long, such as 25 or 1h."
)
@click.option("--kind", type=click.Choice(KINDS), help="Where; outdoor if not told.")
@click.option(
    "--distance", "distance_m", type=Length("distance", distance_m), help="Such as 1.2km."
)
@click.option("--steps", type=int, help="How many steps.")
@_ratings
@click.option("--reach", type=click.Choice(REACHES), help="How far down the leg the pain went.")
@click.option(
    "--rise",
    "minutes_to_rise",
    type=Spoken("minutes"),
    metavar="TIME",
    help="When the pain had risen by two points.",
)
@click.option("--numb/--not-numb", "new_numbness", default=None, help="New numbness or weakness?")
@click.option("--shoes", "shoe", metavar="NAME", help="What you wore: see evenstride shoes.")
@click.option(
    "--load", "load_kg", type=Length("weight", mass_kg), help="What you carried: 3kg, 7lb."
)
@click.option("--ground", "surface", type=click.Choice(SURFACES), help="The ground.")
@click.option("--hills", type=click.Choice(HILLS), help="The slopes.")
@click.option("--slept", "sleep_h", type=float, metavar="HOURS", help="Sleep the night before.")
@click.option(
    "--sat",
    "sitting_before_min",
    type=Spoken("minutes"),
    metavar="TIME",
    help="Sitting just before.",
)
@click.option("--note", help="In your own words.")
@click.option("--forget", multiple=True, type=click.Choice(FORGETTABLE), help="Take this back.")
@click.option("--remove", is_flag=True, help="Remove the walk from the diary.")
@click.option("--ask", is_flag=True, help="Ask for each of these, as without options.")
@own_options
def log(
    walk: str | None,
    when: str | None,
    forget: tuple[str, ...],
    home: Path | None,
    *,
    remove: bool,
    ask: bool,
    as_json: bool,
    **told: Any,
) -> None:
    """Note a walk, or how it felt; without options it asks you.

    Ratings for later (--hour-after, --morning), given alone, belong to your newest walk.
    """
    from evenstride.app.asking import told_of
    from evenstride.app.person import moment_of
    from evenstride.app.walks import LAST, log_walk, remove_walk

    if remove:
        show(remove_walk(home, walk or LAST), as_json=as_json)
        return
    if when is not None:
        told["start_utc_ns"] = moment_of(home, when)
    nothing = not forget and all(value is None for value in told.values())
    if ask or (nothing and sys.stdin.isatty()):
        told |= _ask(home)
    elif nothing:
        raise click.UsageError("Say how long the walk was: evenstride log --minutes 25")
    show(log_walk(home, told_of(told), walk=walk, forget=forget), as_json=as_json)


def _ask(home: Path | None) -> dict[str, Any]:
    """Ask about a new walk, one question at a time, on the error stream."""
    from evenstride.app.asking import questions

    found = questions(home)
    click.echo(found.begin, err=True)
    told: dict[str, Any] = {}
    for question in found.all:
        while True:
            line: str = click.prompt(
                question.ask, default="", show_default=False, prompt_suffix="\n> ", err=True
            )
            if line.strip() == ".":
                return told
            try:
                if line.strip():
                    told[question.name] = question.read(line)
            except OptionError as error:
                say(found.again.format(why=error.sentence), error.hint)
            else:
                break
    return told
