"""Commands of the diary: today, shoes, history, walk, me."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from evenstride.app.quantities import height_m, mass_kg, worn_m
from evenstride.cli.group import main
from evenstride.cli.options import (
    Day,
    Length,
    own_options,
)
from evenstride.cli.output import show

__all__ = ["history", "me", "shoes", "today", "walk"]


@main.command()
@own_options
def today(home: Path | None, *, as_json: bool) -> None:
    """Say what there is to do today."""
    from evenstride.app.today import show_today

    show(show_today(home), as_json=as_json)


@main.command()
@click.argument("name", required=False)
@click.option("--add", metavar="NAME", help="Add a pair of shoes.")
@click.option("--rename", metavar="NAME", help="Give NAME another name.")
@click.option("--new-on", type=Day(), help="The day it was first worn, such as 2026-03-01.")
@click.option(
    "--walked",
    type=Length("distance", worn_m),
    help="Distance before the diary, such as 200km.",
)
@click.option("--retire/--wear-again", default=None, help="Put a pair away, or take it out again.")
@click.option("--remove", is_flag=True, help="Remove a pair that no walk was walked in.")
@own_options
def shoes(
    name: str | None,
    add: str | None,
    rename: str | None,
    new_on: date | None,
    walked: float | None,
    retire: bool | None,
    home: Path | None,
    *,
    remove: bool,
    as_json: bool,
) -> None:
    """Show your shoes, add a pair, or change the pair NAME."""
    from evenstride.app.shoes import add_shoes, change_shoes, remove_shoes, show_shoes

    changes: dict[str, Any] = {
        "new_name": rename,
        "first_worn": new_on,
        "earlier_m": walked,
        "retired": retire,
    }
    changed = any(value is not None for value in changes.values())
    if add is not None:
        shown = add_shoes(home, add, first_worn=new_on, earlier_m=walked or 0.0)
    elif name is None:
        if changed or remove:
            raise click.UsageError("Which pair? Give its name.")
        shown = show_shoes(home)
    elif remove:
        shown = remove_shoes(home, name)
    elif changed:
        shown = change_shoes(home, name, **changes)
    else:
        raise click.UsageError("What should change? See: evenstride shoes --help")
    show(shown, as_json=as_json)


@main.command()
@click.option(
    "--all", "everything", is_flag=True, help="List every walk; of your phone, every month."
)
@click.option("--phone", is_flag=True, help="What your phone measured by itself, by month.")
@click.option("--changes", metavar="WALK", help='What was changed of a walk; "last" is the newest.')
@own_options
def history(
    home: Path | None, changes: str | None, *, everything: bool, phone: bool, as_json: bool
) -> None:
    """Look back on your walks."""
    from evenstride.app.phone import show_phone
    from evenstride.app.story import show_changes, show_history

    if phone:
        found = show_phone(home, everything=everything)
    elif changes:
        found = show_changes(home, changes)
    else:
        found = show_history(home, everything=everything)
    show(found, as_json=as_json)


@main.command()
@click.argument("name", default="last")
@click.option("--ground", "on_ground", is_flag=True, help="All your walks, by the ground.")
@own_options
def walk(name: str, home: Path | None, *, on_ground: bool, as_json: bool) -> None:
    """Look at one walk closely: its ground, and your steps on it."""
    from evenstride.app.walk import show_ground, show_walk

    show(show_ground(home) if on_ground else show_walk(home, name), as_json=as_json)


@main.command()
@click.option("--name", "alias", help="What you want to be called; any word will do.")
@click.option("--born", "birth_year", type=int, metavar="YEAR", help="Your year of birth.")
@click.option(
    "--height", "height_m", type=Length("height", height_m), help="Such as 175cm or 5ft9."
)
@click.option("--weight", "mass_kg", type=Length("weight", mass_kg), help="Such as 70kg or 150lb.")
@click.option("--zone", "time_zone", help="Your time zone, such as Europe/London.")
@click.option("--units", type=click.Choice(["metric", "imperial"]), help="What screens show.")
@click.option("--country", help="Two letters, such as GB, for the emergency number.")
@click.option("--language", "code", metavar="CODE", help="Of what you read, such as de or en.")
@own_options
def me(home: Path | None, *, code: str | None, as_json: bool, **told: Any) -> None:
    """Show or change what evenstride knows of you."""
    from evenstride.app.languages import choose, speaking
    from evenstride.app.person import tell_me

    changes = {name: value for name, value in told.items() if value is not None}
    now_spoken = choose(home, code) if code is not None else ""
    with speaking("" if as_json else now_spoken):
        show(tell_me(home, changes), as_json=as_json)
