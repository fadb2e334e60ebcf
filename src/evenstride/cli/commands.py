"""The commands that need no diary, and the check-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from evenstride.app.analyse import Request, analyse_file, inspect_file
from evenstride.app.demo import DEMOS
from evenstride.app.demo import demo as run_demo
from evenstride.cli.boundary import Said, say
from evenstride.cli.group import main
from evenstride.cli.options import file_options, output_options, place, walk_options
from evenstride.cli.output import Output
from evenstride.cli.progress import Progress
from evenstride.errors import EvenstrideError

if TYPE_CHECKING:
    from evenstride.app.analyse import Analysed

__all__ = ["analyze", "checkup", "demo", "inspect"]


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@walk_options
@file_options
@output_options
def analyze(
    files: tuple[Path, ...],
    height: float | None,
    distance: float | None,
    standing: Path | None,
    placement: str | None,
    rate_hz: float | None,
    **wanted: Any,
) -> None:
    """Measure the walk in each FILE: a recording, a zip or a folder.

    With --json, one file gives the document evenstride/gait/1 and several give a JSON array of
    them. A file that cannot be used does not stop the others; the exit code is then 1.
    """
    request = Request(height, distance, standing, place(placement), rate_hz)
    output = Output(sources=files, **wanted)
    failed = 0
    with output:
        for path in files:
            try:
                with Progress(f"Reading {path.name}") as progress:
                    analysed = analyse_file(path, request, progress)
            except EvenstrideError as error:
                if len(files) == 1:
                    raise
                failed += 1
                say(f"{path}: {error.sentence}", error.hint)
            else:
                output.show(analysed)
    if failed:
        raise Said(f"{failed} of {len(files)} files could not be used.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@file_options
def inspect(file: Path, placement: str | None, rate_hz: float | None) -> None:
    """Say what is in FILE: what was understood, assumed and left out."""
    from evenstride.app.present import inspection_as_text
    from evenstride.cli.output import screen

    found = inspect_file(file, Request(placement=place(placement), rate_hz=rate_hz))
    click.echo(inspection_as_text(found, **screen()), nl=False)


@main.command(short_help="Measure a real recording, or make a simulated diary.")
@click.argument("name", type=click.Choice([*DEMOS, "diary"]), default="walk")
@click.option("--home", type=click.Path(path_type=Path), metavar="FOLDER", help="For the diary.")
@click.option("--seed", type=click.IntRange(0), help="For the diary: another number, other days.")
@output_options
def demo(name: str, home: Path | None, seed: int | None, **wanted: Any) -> None:
    """Measure a recording that comes with evenstride: "walk" or "daily-life".

    "diary" makes eight weeks of a simulated person in a new FOLDER, for trying everything.
    """
    if name == "diary":
        from evenstride.app.demo_diary import SEED, make_demo

        if home is None:
            raise Said("Where shall it go?", "Name a new folder: evenstride demo diary --home demo")
        made = make_demo(home, seed=SEED if seed is None else seed)
        say(f"{made.says}\n", f"Try: evenstride today --home {home}")
        return
    say(f"A recording that comes with evenstride: {DEMOS[name].about}.\n")
    output = Output(sources=(Path(name),), **wanted)
    with output, Progress("Reading the walk") as progress:
        analysed: Analysed = run_demo(name, progress)
        output.show(analysed)


@main.command(short_help="Warning signs first, then what your pain resembles.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help='Judge answers from a JSON file, such as {"fever": false}, instead of asking.',
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, no words.")
@click.option("--professional", is_flag=True, help="Clinical words, likelihood ratios, sources.")
@click.option("--explain", metavar="RULE", help="Explain one rule, such as E01, and ask nothing.")
@click.option(
    "--export",
    type=click.Choice(["questionnaire", "response", "dmn"]),
    help="Print the questions or, with --answers, the answers for FHIR R4; or the rules for DMN.",
)
@click.option("--anew", is_flag=True, help="Begin again instead of going on where you stopped.")
@click.option("--home", type=click.Path(path_type=Path), metavar="FOLDER", help="Your own folder.")
def checkup(
    answers: Path | None,
    as_json: bool,
    professional: bool,
    explain: str | None,
    export: Literal["questionnaire", "response", "dmn"] | None,
    anew: bool,
    home: Path | None,
) -> None:
    """Ask about your pain: is it safe to wait, and what does it resemble?

    In an emergency, do not go on: call your emergency number, such as 112, 999 or 911.
    """
    from evenstride.app.checkup import as_text, explained, exported, judge_file
    from evenstride.app.interview import Asking
    from evenstride.cli.interview import interview
    from evenstride.cli.output import screen

    if explain is not None:
        click.echo(explained(explain, **screen()), nl=False)
        return
    found = judge_file(answers) if answers else None
    if export:
        click.echo(exported(export, found))
        return
    before, number = None, ""
    if found is None:
        asking = Asking.begin(home, anew=anew)
        before, number, found = asking.last, asking.emergency_number, interview(asking)
    if found is None:
        return
    if as_json:
        click.echo(found.to_json())
    else:
        click.echo()
        text = as_text(
            found,
            professional=professional,
            before=before,
            emergency_number=number,
            **screen(),
        )
        click.echo(text, nl=False)
