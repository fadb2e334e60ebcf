"""The command of the page for a physiotherapist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from evenstride.cli.group import main
from evenstride.cli.options import Day, own_options
from evenstride.cli.output import show

__all__ = ["report"]


def _file(name: str, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        f"--{name}", type=click.Path(path_type=Path), metavar="FILE", help=f"Write {what}."
    )


@main.command(short_help="A page for the physiotherapist.")
@_file("html", "a page for any browser")
@_file("pdf", "a PDF to print or send")
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    show_default=True,
    help="Of the PDF.",
)
@click.option("--text", "as_text", is_flag=True, help="Print plain text to paste into a record.")
@_file("fhir", "a FHIR R4 bundle for the program of a practice")
@_file("csv", "all numbers as a table")
@click.option("--since", type=Day(), help="The first day of the walks on it: twelve weeks ago.")
@click.option(
    "--reason", metavar="TEXT", help="Why you go, in your own words; kept for the next time."
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="TEXT",
    help="What you want to ask; give it again for each one. Kept for the next time.",
)
@own_options
def report(
    home: Path | None, since: date | None, *, as_text: bool, as_json: bool, **wanted: Any
) -> None:
    """Make a page for a physiotherapist: one to read in a minute, more behind it.

    --reason "" and --question "" forget what was told before.
    """
    from evenstride.app.report import Wanted, report_as_text, show_report

    asked = Wanted(since=since, **wanted)
    if as_text and not as_json:
        click.echo(report_as_text(home, asked), nl=False)
        return
    show(show_report(home, asked), as_json=as_json)
