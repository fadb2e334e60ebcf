"""The command line: a thin skin over ``app``."""

from evenstride.cli.commands import main

__all__ = ["main"]
