"""Commands that bring files into the diary, and explain those that are not understood."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenstride.cli.boundary import Stopped, say
from evenstride.cli.group import main
from evenstride.cli.options import Day, file_options, own_options, place, walk_options
from evenstride.cli.output import show, somebody_is_there
from evenstride.cli.progress import Progress, Share
from evenstride.errors import EvenstrideError

if TYPE_CHECKING:
    from evenstride.app.importing import Wanted

__all__ = ["doctor", "import_", "rebuild"]

_STOPPED = "Stopped. What was kept so far is whole: give the same command to go on."


@main.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and keep nothing.")
@click.option("--yes", is_flag=True, help="Do not show a plan first and ask.")
@click.option("--since", type=Day(), metavar="DAY", help="Leave out what is older.")
@click.option("--everything", is_flag=True, help="Also what is not about walking or pain.")
@click.option(
    "--watch",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Import what lies in FOLDER, and what appears there, until you stop it.",
)
@click.option(
    "--phyphox",
    "address",
    metavar="ADDRESS",
    help="Take the walk from a phone in your network, such as http://192.168.1.20:8080, as the "
    "app phyphox shows it under “Allow remote access”.",
)
@click.option("--when", metavar="TIME", help="When it began, for files that do not tell.")
@click.option("--walk", metavar="NAME", help='The walk it belongs to; "last" is the newest.')
@walk_options
@file_options
@own_options
def import_(
    paths: tuple[Path, ...],
    since: date | None,
    folder: Path | None,
    address: str | None,
    when: str | None,
    walk: str | None,
    height: float | None,
    distance: float | None,
    standing: Path | None,
    placement: str | None,
    rate_hz: float | None,
    home: Path | None,
    *,
    dry_run: bool,
    yes: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Bring what phones, watches and apps recorded into your diary.

    Each PATH is a file, a folder or a zip: an export of Apple Health, Health Connect, Garmin,
    Strava, Polar, Fitbit, Google or Samsung, a FIT, GPX or TCX file, or a recording of motion.
    There is no need to unpack anything. The same again changes nothing.
    """
    from evenstride.app.analyse import Request
    from evenstride.app.importing import Wanted, import_paths, import_phone
    from evenstride.app.person import moment_of

    wanted = Wanted(
        Request(height, distance, standing, place(placement), rate_hz),
        since=since,
        everything=everything,
        start_utc_ns=None if when is None else moment_of(home, when),
        walk=walk,
        dry_run=dry_run,
    )
    if sum((bool(paths), folder is not None, address is not None)) > 1:
        raise click.UsageError("Name files, a folder to watch, or a phone: one of them.")
    if address is not None:
        show(import_phone(home, address, wanted), as_json=as_json)
        return
    if folder is not None:
        _watch(home, folder, wanted, as_json=as_json)
        return
    if not paths:
        raise click.UsageError("Which file? Name one or more: evenstride import export.zip")
    if not (yes or dry_run or as_json) and not _agreed(home, paths, wanted):
        return
    try:
        with Share("Looking" if dry_run else "Reading") as progress:
            shown = import_paths(home, paths, wanted, progress=progress)
    except KeyboardInterrupt as error:
        raise Stopped("Stopped. Nothing was kept." if dry_run else _STOPPED) from error
    show(shown, as_json=as_json)


def _agreed(home: Path | None, paths: tuple[Path, ...], wanted: Wanted) -> bool:
    """Show the plan of a large import and ask, if somebody is there to answer."""
    from evenstride.app.importing import import_paths
    from evenstride.app.importing.look import ask_words, is_one_recording

    if not somebody_is_there() or is_one_recording(paths):
        return True
    words = ask_words()
    try:
        with Share("Looking") as progress:
            look = replace(wanted, dry_run=True, asking=True)
            shown = import_paths(home, paths, look, progress=progress)
    except KeyboardInterrupt as error:
        raise Stopped(f"Stopped. {words.left}") from error
    show(shown, as_json=False)
    if click.confirm(words.ask, default=True):
        return True
    say(words.left)
    return False


def _watch(home: Path | None, folder: Path, wanted: Wanted, *, as_json: bool) -> None:
    from evenstride.app.importing.watch import watch

    say(f"Watching {folder}. Stop with Ctrl-C.")
    try:
        for found in watch(home, folder, wanted, wait=time.sleep):
            if isinstance(found, EvenstrideError):
                say(found.sentence, found.hint)
            else:
                show(found, as_json=as_json)
                sys.stdout.flush()
    except KeyboardInterrupt as error:
        raise Stopped(_STOPPED) from error


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, no words.")
def doctor(file: Path, *, as_json: bool) -> None:
    """Say what FILE is, and why it is not understood if it is not.

    It also prints the first lines with every name, place and number made unreadable, which you can
    send to us.
    """
    from evenstride.app.doctor import examine

    show(examine(file), as_json=as_json)


@main.command()
@own_options
def rebuild(home: Path | None, *, as_json: bool) -> None:
    """Measure your recordings again with this version of evenstride."""
    from evenstride.app.importing import rebuild as again

    with Progress("Measuring again", "recordings") as progress:
        shown = again(home, progress=progress)
    show(shown, as_json=as_json)
