"""The group that all commands belong to."""

from __future__ import annotations

import click

from evenstride import __version__
from evenstride.cli.boundary import Boundary

__all__ = ["main"]


@click.group(cls=Boundary, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evenstride", message="%(prog)s %(version)s")
def main() -> None:
    """Turn walks you recorded into answers, on your own computer.

    Begin with "evenstride checkup", then "evenstride today".

    Not a medical device: it does not diagnose. Get medical help straight away for numbness between
    the legs, trouble with bladder or bowel, a weak leg, fever, severe pain, or back pain after a
    fall.
    """
    from evenstride.app.passphrase import ask_with

    ask_with(_passphrase)


def _passphrase() -> str:
    from evenstride.app.locking import lock_words

    typed: str = click.prompt(lock_words().ask, hide_input=True, err=True)
    return typed
