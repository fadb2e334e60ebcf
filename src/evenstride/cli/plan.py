"""The command of the walking plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from evenstride.cli.group import main
from evenstride.cli.options import Day, own_options
from evenstride.cli.output import show

__all__ = ["plan"]


@main.command()
@click.option("--start", type=Day(), help="Begin anew on this day, with a usual week.")
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the walks and the next-morning question for your calendar (.ics).",
)
@click.option(
    "--metronome",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a sound track for the next walk, one click for each step (.wav).",
)
@click.option("--professional", is_flag=True, help="Clinical words and sources.")
@own_options
def plan(
    start: date | None,
    calendar: Path | None,
    metronome: Path | None,
    home: Path | None,
    *,
    professional: bool,
    as_json: bool,
) -> None:
    """Show this week's walks, and why they are as they are."""
    from evenstride.app.planning import show_plan

    shown = show_plan(
        home, start=start, calendar=calendar, metronome=metronome, professional=professional
    )
    show(shown, as_json=as_json)
