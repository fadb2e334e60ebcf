"""The command line: a thin skin over ``app``."""

from evenstride.cli import commands, diary, keeping, log, plan, routine
from evenstride.cli.group import main

__all__ = ["commands", "diary", "keeping", "log", "main", "plan", "routine"]
