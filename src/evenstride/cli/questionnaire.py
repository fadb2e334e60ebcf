"""The command of the questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenstride.cli.boundary import Said
from evenstride.cli.group import main
from evenstride.cli.options import own_options
from evenstride.cli.output import show

if TYPE_CHECKING:
    from evenstride.app.questionnaires import Instrument, Item

__all__ = ["questionnaire"]


@main.command()
@click.argument("name", required=False)
@click.option("--total", type=float, help="A total that was worked out elsewhere.")
@own_options
def questionnaire(
    name: str | None, total: float | None, home: Path | None, *, as_json: bool
) -> None:
    """List the questionnaires, or fill in NAME."""
    from evenstride.app.questionnaires import (
        asked,
        fill_in,
        is_own,
        named_before,
        questionnaire_words,
        show_questionnaires,
    )

    if name is None:
        show(show_questionnaires(home), as_json=as_json)
    elif total is not None:
        show(fill_in(home, name, total=total), as_json=as_json)
    else:
        instrument, words = asked(name), questionnaire_words()
        before = named_before(home, name) if is_own(instrument) else None
        answers, named = _ask(instrument, words, before)
        show(fill_in(home, name, answers, named=named), as_json=as_json)


def _ask(
    instrument: Instrument, words: Mapping[str, Any], before: Mapping[str, str] | None
) -> tuple[dict[str | int, Any], dict[str, str]]:
    """Ask each question on the error stream.

    Args:
        instrument: The questionnaire.
        words: Around the questions.
        before: What questions about one's own activities were about; None for other questions.

    Returns:
        The answers, and what they are about, by item.
    """
    from evenstride.app.questionnaires import can_ask

    if not can_ask(instrument):
        raise Said(words["not_ours"].format(name=instrument.id))
    click.echo(words["keys"], err=True)
    found: dict[str | int, Any] = {}
    named: dict[str, str] = {}
    for item in instrument.items:
        click.echo(f"\n{item.ask}", err=True)
        if before is not None:
            named |= _named(item, before, words)
        for line in _offered(item, words):
            click.echo(line, err=True)
        while True:
            line = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True)
            if not line.strip():
                break
            answer = _answer(item, line.strip().lower())
            if answer is not None:
                found[item.id] = answer
                break
            click.echo(words["again"], err=True)
    return found, named


def _named(item: Item, before: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, str]:
    """Ask what a question is about; Enter takes what it was about last time."""
    last = before.get(item.id, "")
    click.echo(words["which_last"].format(named=last) if last else words["which"], err=True)
    typed: str = click.prompt("", default=last, show_default=False, prompt_suffix="> ", err=True)
    return {item.id: typed.strip()} if typed.strip() else {}


def _offered(item: Item, words: Mapping[str, Any]) -> list[str]:
    if item.kind == "choice":
        return [
            words["choice"].format(number=number, offer=choice.offer)
            for number, choice in enumerate(item.choices, start=1)
        ]
    if item.kind == "truth":
        return [words["yes_or_no"]]
    told = {"low": f"{item.low:g}", "high": f"{item.high:g}"}
    told |= {"low_says": item.low_says, "high_says": item.high_says}
    return [words["number"].format(**told)] if item.low_says else []


def _answer(item: Item, typed: str) -> Any:
    """Return an answer; None if it cannot be one."""
    if item.kind == "truth":
        return {"yes": True, "y": True, "no": False, "n": False}.get(typed)
    if item.kind == "choice":
        at = int(typed) if typed.isdecimal() and len(typed) < 3 else 0
        return item.choices[at - 1].id if 1 <= at <= len(item.choices) else None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return None
    low, high = item.low, item.high
    fits = low is not None and high is not None and low <= value <= high
    return value if fits and (not item.whole or value == int(value)) else None
