"""The command of the app in the browser."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenstride.cli.boundary import say
from evenstride.cli.group import main
from evenstride.errors import MissingExtra, OptionError

if TYPE_CHECKING:
    from evenstride.web.network.listen import Told
    from evenstride.web.settings import Phone

__all__ = ["serve"]


@main.command(short_help="The app in your browser, and on your phone.")
@click.option("--port", type=click.IntRange(0, 65533), default=8470, show_default=True)
@click.option("--no-browser", is_flag=True, help="Open no browser on this computer.")
@click.option("--phone", is_flag=True, help="Let your phone in, too, over your home network.")
@click.option(
    "--http",
    is_flag=True,
    help="With --phone: encrypt nothing. Others on the network can read it, and the phone's"
    " sensors do not work.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="With --phone: listen on this address of the computer only.",
)
@click.option("--home", type=click.Path(path_type=Path), metavar="FOLDER", help="Your own folder.")
def serve(
    port: int, address: str | None, home: Path | None, *, no_browser: bool, phone: bool, http: bool
) -> None:
    """Serve the app on this computer until you press Ctrl-C."""
    from evenstride.app.home import folder_of

    try:
        from evenstride.web.network.listen import ForPhones
        from evenstride.web.network.listen import serve as listen
    except ImportError as error:
        raise MissingExtra("The app in the browser", "web") from error
    if not phone and (http or address):
        raise OptionError("--http and --address say how a phone gets in.", "Add --phone.")

    def ready(told: Told) -> None:
        say(f"evenstride is at {told.address}. Stop it with Ctrl-C.")
        if told.phone:
            _tell_of(told.phone, is_new=told.is_new)
        say(f"To let a phone or another browser in, type this code there: {told.code}")
        if no_browser or not webbrowser.open(told.link):
            say(f"Open this once, in a browser on this computer: {told.link}")

    phones = ForPhones(encrypted=not http, address=address or "") if phone else None
    listen(folder_of(home), port, ready, phones)
    say("evenstride has stopped.")


def _tell_of(phone: Phone, *, is_new: bool) -> None:
    """Say how a phone on the same network gets in."""
    if phone.encrypted:
        if is_new:
            say("No phone trusts this computer yet: each has to take the first steps once.")
        _draw(phone.first)
        say(f"On your phone, for the first time: {phone.first}")
        say(f"The fingerprint (SHA-256) that your phone must show there:\n{phone.fingerprint}")
        say(f"On a phone that has done so: {phone.address}")
        return
    _draw(phone.address)
    say(f"On your phone: {phone.address}")
    say(
        "Nothing is encrypted: others on your network could read your diary on its way, and come"
        " in as you.",
        "The sensors of the phone do not work this way, nor does the app without a network."
        " Without --http both do.",
    )


def _draw(address: str) -> None:
    """Show an address as a picture for the camera of a phone, where somebody looks."""
    import segno

    if sys.stderr.isatty():
        segno.make(address, error="m", micro=False).terminal(sys.stderr, compact=True)
