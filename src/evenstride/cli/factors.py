"""The command of the factors that a person can change."""

from __future__ import annotations

from pathlib import Path

import click

from evenstride.cli.group import main
from evenstride.cli.options import own_options
from evenstride.cli.output import show

__all__ = ["factors"]


@main.command(short_help="What may play a part: posture, rhythm, shoes, ground.")
@click.argument("name", required=False)
@click.option("--professional", is_flag=True, help="With sources.")
@own_options
def factors(name: str | None, home: Path | None, *, professional: bool, as_json: bool) -> None:
    """Show what may play a part: posture, weight, rhythm, shoes, ground, amount.

    NAME shows everything about one of them, such as footwear.
    """
    from evenstride.app.factors import show_factors

    show(show_factors(home, name, professional=professional), as_json=as_json)
