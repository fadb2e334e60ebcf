"""The command of the exercises."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenstride.cli.group import main
from evenstride.cli.options import own_options
from evenstride.cli.output import show

if TYPE_CHECKING:
    from evenstride.app.routine import Practice

__all__ = ["routine"]


@main.command(short_help="Exercises of today: look, play, or note what you did.")
@click.option(
    "--when",
    type=click.Choice(["daily", "before_walk", "after_walk"]),
    default="daily",
    show_default=True,
    help="Each day, or around a walk.",
)
@click.option("--start", is_flag=True, help="Play it with a timer, and note it at the end.")
@click.option("--done", is_flag=True, help="Note that you did it.")
@click.option("--felt", type=click.Choice(["easy", "fine", "hard"]), help="How it felt.")
@click.option("--before", type=float, metavar="0-10", help="Pain just before.")
@click.option("--after", type=float, metavar="0-10", help="Pain one hour after the last one.")
@click.option(
    "--leg-further/--leg-same", default=None, help="Did leg pain move further down the leg?"
)
@click.option(
    "--drawings", type=click.Path(path_type=Path), metavar="FOLDER", help="Write drawings."
)
@click.option("--stop-sign", is_flag=True, help="A sign to stop came: note it.")
@click.option("--ask-again", is_flag=True, help="Answer the questions about what suits you.")
@own_options
def routine(
    when: Any,
    felt: Any,
    before: float | None,
    after: float | None,
    leg_further: bool | None,
    drawings: Path | None,
    home: Path | None,
    *,
    start: bool,
    done: bool,
    stop_sign: bool,
    ask_again: bool,
    as_json: bool,
) -> None:
    """Show today's exercises, play them with a timer, or note what you did."""
    from evenstride.app.routine import (
        draw_exercises,
        note_after,
        note_done,
        note_sign,
        practice,
        routine_words,
        show_routine,
    )

    if stop_sign:
        show(note_sign(home), as_json=as_json)
        return
    words = routine_words()
    if after is not None and not (done or felt):
        show(note_after(home, after), as_json=as_json)
        return
    if drawings is not None:
        show(draw_exercises(home, drawings), as_json=as_json)
        return
    if ask_again or (start and sys.stdin.isatty()):
        _ask_all(home, when, words, again=ask_again)
    if start:
        found = practice(home, when)
        if found.steps:
            done, felt = _play(found, words, felt)
            if not done:
                return
    if done or felt is not None:
        shown = note_done(home, felt, when=when, pain_before=before, leg_further=leg_further)
        if after is not None:
            note_after(home, after)
    else:
        shown = show_routine(home, when)
    show(shown, as_json=as_json)


def _ask_all(home: Path | None, when: Any, words: Mapping[str, Any], *, again: bool) -> None:
    """Ask until nothing is open: an answer may open another question."""
    from evenstride.app.routine import practice, tell_limits

    found = practice(home, when, ask_again=again)
    while answers := _ask(found, words):
        tell_limits(home, answers)
        found = practice(home, when)
        if not found.open:
            click.echo(words["asked_kept"], err=True)


def _ask(found: Practice, words: Mapping[str, Any]) -> dict[str, Any]:
    """Ask what stands against exercises, on the error stream."""
    if found.open:
        click.echo(words["ask_begin"], err=True)
    values = {"true": True, "false": False, "not_sure": "not_sure"}
    said = {word: values[name] for name, group in words["agree"].items() for word in group}
    answers: dict[str, Any] = {}
    for limit in found.open:
        while limit.id not in answers:
            line: str = click.prompt(
                limit.ask, default="", show_default=False, prompt_suffix="\n> ", err=True
            )
            if line.strip().lower() in said:
                answers[limit.id] = said[line.strip().lower()]
            else:
                click.echo(words["again"], err=True)
    return answers


def _play(found: Practice, words: Mapping[str, Any], felt: Any) -> tuple[bool, Any]:
    """Play the steps; return whether it counts as done, and how it felt."""
    from evenstride.cli.player import TerminalClock, play

    ended, seconds = play(found.steps, words, TerminalClock())
    minutes = f"{seconds / 60:.0f} min"
    click.echo(words["over"] if ended else words["stopped"].format(minutes=minutes), err=True)
    if ended and felt is None and sys.stdin.isatty():
        felt = click.prompt(
            words["felt"], type=click.Choice(words["felt_answers"]), show_choices=False, err=True
        )
    return ended, felt
