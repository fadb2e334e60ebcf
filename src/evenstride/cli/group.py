"""The group that all commands belong to."""

from __future__ import annotations

import click

from evenstride import __version__
from evenstride.cli.boundary import Boundary

__all__ = ["main"]

_SECTIONS = {
    "To begin": ("checkup", "me", "serve", "demo"),
    "Each day": ("today", "log", "import", "plan", "routine"),
    "To find out": ("factors", "trial", "history", "walk", "shoes", "questionnaire", "report"),
    "A file by itself": ("analyze", "terrain", "inspect", "doctor"),
    "Your data": (
        *("export", "backup", "restore", "rebuild"),
        *("encrypt", "passphrase", "decrypt", "erase"),
    ),
}
_WIDE = 64


class _Sections(Boundary):
    """Shows the commands in the order in which people meet them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section with the first sentence of its commands."""
        for title, names in _SECTIONS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [(name, one.get_short_help_str(_WIDE)) for name, one in found if one]
                )


@click.group(cls=_Sections, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evenstride", message="%(prog)s %(version)s")
def main() -> None:
    """Why does my back hurt after walking, what should I change, and did it help?

    Begin with "evenstride checkup", then "evenstride today". All of it stays on your own computer.

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
