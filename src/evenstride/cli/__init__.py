"""The command line: a thin skin over ``app``."""

from evenstride.cli import (
    commands,
    diary,
    factors,
    importing,
    keeping,
    log,
    plan,
    questionnaire,
    report,
    routine,
    serve,
    terrain,
    trial,
)
from evenstride.cli.group import main

__all__ = [
    "commands",
    "diary",
    "factors",
    "importing",
    "keeping",
    "log",
    "main",
    "plan",
    "questionnaire",
    "report",
    "routine",
    "serve",
    "terrain",
    "trial",
]
