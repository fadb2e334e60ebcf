"""The command of the ground of a walk."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.cli.output import show

__all__ = ["terrain"]


@main.command(short_help="How far and how hilly a walk was, from its track.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON, no words.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="PAGE", help="Also write a page to look at."
)
@click.option(
    "--elevation-model",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder of elevation tiles on this computer: HGT or GeoTIFF.",
)
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An OpenStreetMap extract on this computer: says what was underfoot.",
)
@click.option(
    "--units",
    type=click.Choice(["metric", "imperial"]),
    default="metric",
    show_default=True,
    help="Units of the words and the page; JSON is always SI.",
)
def terrain(
    file: Path,
    *,
    as_json: bool,
    html: Path | None,
    elevation_model: Path | None,
    map_file: Path | None,
    units: Literal["metric", "imperial"],
) -> None:
    """Say how far and how hilly the walk in FILE was: a GPX, FIT or TCX file, or an export.

    Every number has a range, so that a flat walk reads as flat whatever the satellites said.
    """
    from evenstride.app.save import check_place, save_page
    from evenstride.app.terrain import read_ground

    if html:
        check_place(html)
    ground = read_ground(file, elevation_model=elevation_model, map_file=map_file)
    show(ground.shown(units), as_json=as_json)
    if html:
        save_page(html, ground.as_html(units))
        say(f"The page: {html}")
