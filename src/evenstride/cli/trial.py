"""The commands of self-experiments."""

from __future__ import annotations

from pathlib import Path

import click

from evenstride.cli.group import main
from evenstride.cli.options import own_options
from evenstride.cli.output import show

__all__ = ["trial"]


@main.group()
def trial() -> None:
    """Try something in two ways, walk by walk, and learn what it does for you."""


@trial.command()
@click.option("--try", "kinds", multiple=True, metavar="WHAT", help="Such as shoes, route or load.")
@click.option("--a", "first", multiple=True, metavar="WAY", help="What you do now.")
@click.option("--b", "second", multiple=True, metavar="WAY", help="What you want to know about.")
@click.option("--outcome", default="worst", help="What is compared.")
@click.option("--walks", type=int, help="How many walks; 28 if not told.")
@own_options
def new(
    kinds: tuple[str, ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    outcome: str,
    walks: int | None,
    home: Path | None,
    *,
    as_json: bool,
) -> None:
    """Begin an experiment."""
    from evenstride.app.trial_new import Try, Wish, begin_trial

    tries = tuple(Try(*one) for one in zip(kinds, first, second, strict=True))
    show(begin_trial(home, Wish(tries, outcome, walks)), as_json=as_json)


@trial.command("next")
@own_options
def next_(home: Path | None, *, as_json: bool) -> None:
    """Say how the next walk is to be walked."""
    from evenstride.app.trial import next_walk

    show(next_walk(home), as_json=as_json)


@trial.command("show")
@click.argument("name", required=False)
@own_options
def show_(name: str | None, home: Path | None, *, as_json: bool) -> None:
    """Show how far the experiment is, and what it has found."""
    from evenstride.app.trial import show_trial

    show(show_trial(home, name), as_json=as_json)


@trial.command()
@own_options
def stop(home: Path | None, *, as_json: bool) -> None:
    """End the experiment early."""
    from evenstride.app.trial import stop_trial

    show(stop_trial(home), as_json=as_json)
