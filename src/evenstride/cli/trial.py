"""The commands of self-experiments."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.cli.options import Day, own_options
from evenstride.cli.output import screen, show
from evenstride.errors import OptionError

if TYPE_CHECKING:
    from evenstride.app.trial.asking import TrialQuestion
    from evenstride.app.trial.new import Wish

__all__ = ["trial"]


@main.group(short_help="Try something in two ways, and learn what suits you.")
def trial() -> None:
    """Try something in two ways, walk by walk, and learn what it does for you.

    Begin with "evenstride trial new", ask "evenstride trial next" before each walk, note each walk
    with "evenstride log", and see "evenstride trial show".
    """


@trial.command()
@click.option("--try", "kinds", multiple=True, metavar="WHAT", help="Such as shoes, route or load.")
@click.option("--a", "first", multiple=True, metavar="WAY", help="What you do now.")
@click.option("--b", "second", multiple=True, metavar="WAY", help="What you want to know about.")
@click.option("--outcome", default="worst", metavar="WHAT", help="What is compared.")
@click.option("--walks", type=int, help="How many walks: 28, or 40 for several things.")
@click.option("--yes", is_flag=True, help="Begin without asking again.")
@own_options
def new(
    kinds: tuple[str, ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    outcome: str,
    walks: int | None,
    home: Path | None,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Begin an experiment; without options it asks you.

    For two or three things at once, give --try, --a and --b again.
    """
    from evenstride.app.trial.new import begin_trial, check_may_begin, preview_trial, wish_of

    check_may_begin(home)
    asks = _somebody_there() and not as_json
    if not kinds and not asks:
        raise click.UsageError(
            'Say what to try: evenstride trial new --try shoes --a "old boots" --b "new shoes"'
        )
    wish = wish_of(kinds, first, second, outcome, walks) if kinds else _ask(home)
    previewed = asks and not yes
    if previewed:
        click.echo(preview_trial(home, wish).as_text(**screen()), err=True)
        if not _agreed(home, "begin"):
            return
    show(begin_trial(home, wish, previewed=previewed), as_json=as_json)


@trial.command("next")
@own_options
def next_(home: Path | None, *, as_json: bool) -> None:
    """Say how the next walk is to be walked."""
    from evenstride.app.trial.running import next_walk

    show(next_walk(home), as_json=as_json)


@trial.command()
@click.argument("walk", required=False)
@click.option("--as-assigned", is_flag=True, help="You did what was drawn.")
@click.option("--walked-in", multiple=True, metavar="WAY", help="What you did instead: A, B, name.")
@own_options
def done(
    walk: str | None,
    walked_in: tuple[str, ...],
    home: Path | None,
    *,
    as_assigned: bool,
    as_json: bool,
) -> None:
    """Join WALK, or else your newest walk, to the experiment.

    Walks after "evenstride trial next" join by themselves. Use this for one that did not, or to say
    that you did something else than was drawn.
    """
    from evenstride.app.trial.join import join_walk

    if as_assigned and walked_in:
        raise click.UsageError("Either --as-assigned or --walked-in, not both.")
    told = walked_in if walked_in or as_assigned else None
    show(join_walk(home, walk, walked_in=told), as_json=as_json)


@trial.command()
@own_options
def undo(home: Path | None, *, as_json: bool) -> None:
    """Take the last walk out of the experiment; it stays in your diary."""
    from evenstride.app.trial.join import undo_walk

    show(undo_walk(home), as_json=as_json)


@trial.command("show")
@click.argument("name", required=False)
@click.option(
    "--plot", type=click.Path(path_type=Path), metavar="FILE", help="Write a picture (.svg)."
)
@own_options
def show_(name: str | None, plot: Path | None, home: Path | None, *, as_json: bool) -> None:
    """Show how far the experiment is, and what it has found."""
    from evenstride.app.trial.running import show_trial

    show(show_trial(home, name, plot=plot), as_json=as_json)


@trial.command()
@click.option("--yes", is_flag=True, help="End it without asking.")
@own_options
def stop(home: Path | None, *, yes: bool, as_json: bool) -> None:
    """End the experiment early; it stays in your diary."""
    from evenstride.app.trial.running import stop_trial

    if _somebody_there() and not yes and not as_json and not _agreed(home, "stop"):
        return
    show(stop_trial(home), as_json=as_json)


@trial.command()
@click.option("--outcome", default="worst", metavar="WHAT", help="What is compared.")
@own_options
def needs(outcome: str, home: Path | None, *, as_json: bool) -> None:
    """Say how many walks an experiment takes."""
    from evenstride.app.trial.around import show_needs

    show(show_needs(home, outcome=outcome), as_json=as_json)


@trial.command()
@own_options
def links(home: Path | None, *, as_json: bool) -> None:
    """Show what goes together with pain in your diary, and may be worth an experiment."""
    from evenstride.app.trial.around import show_links

    show(show_links(home), as_json=as_json)


@trial.command()
@click.option("--since", type=Day(), required=True, help="The day it began, such as 2026-03-01.")
@click.option("--what", type=click.Choice(["routine", "plan", "other"]), default="other")
@click.option("--outcome", type=click.Choice(["worst", "next_morning"]), default="worst")
@own_options
def trend(
    since: date,
    what: Literal["routine", "plan", "other"],
    outcome: Literal["worst", "next_morning"],
    home: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show how pain was before and since something slow began."""
    from evenstride.app.trial.around import show_trend

    show(show_trend(home, since, what=what, outcome=outcome), as_json=as_json)


def _somebody_there() -> bool:
    return sys.stdin.isatty()


def _ask(home: Path | None) -> Wish:
    """Ask what is wished for, one question at a time, on the error stream."""
    from evenstride.app.trial.asking import begin_words, next_question, wish_told

    click.echo(begin_words(), err=True)
    told: dict[str, str] = {}
    while question := next_question(home, told):
        told[question.name] = _prompt(question)
    return wish_told(told)


def _agreed(home: Path | None, what: Literal["begin", "stop"]) -> bool:
    from evenstride.app.trial.asking import agreement

    question, left = agreement(home, what)
    agreed = bool(_prompt(question))
    if not agreed:
        click.echo(left, err=True)
    return agreed


def _prompt(question: TrialQuestion) -> str:
    while True:
        line: str = click.prompt(
            question.text, default="", show_default=False, prompt_suffix="\n> ", err=True
        )
        try:
            return question.read(line)
        except OptionError as error:
            say(error.sentence, error.hint)
