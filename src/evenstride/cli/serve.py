"""The command of the app in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.errors import MissingExtra

if TYPE_CHECKING:
    from evenstride.web.network.listen import Told

__all__ = ["serve"]


@main.command(short_help="The app in your browser, and on your phone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8470, show_default=True)
@click.option("--no-browser", is_flag=True, help="Open no browser on this computer.")
@click.option("--home", type=click.Path(path_type=Path), metavar="FOLDER", help="Your own folder.")
def serve(port: int, home: Path | None, *, no_browser: bool) -> None:
    """Serve the app on this computer until you press Ctrl-C."""
    from evenstride.app.home import folder_of

    try:
        from evenstride.web.network.listen import serve as listen
    except ImportError as error:
        raise MissingExtra("The app in the browser", "web") from error

    def ready(told: Told) -> None:
        say(f"evenstride is at {told.address}. Stop it with Ctrl-C.")
        say(f"To let another browser in, type this code there: {told.code}")
        if no_browser or not webbrowser.open(told.link):
            say(f"Open this once, in your browser: {told.link}")

    listen(folder_of(home), port, ready)
