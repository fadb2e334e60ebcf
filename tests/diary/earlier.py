"""Diaries as every released version of the tables made them, with rows in each table."""

import sqlite3
from contextlib import closing
from pathlib import Path

from evenstride.diary.schema import VERSION

FILES = Path(__file__).with_name("versions")
EARLIER = range(1, VERSION)


def make_earlier(home: Path, version: int) -> None:
    """Make a diary of an earlier version."""
    home.mkdir(mode=0o700)
    with closing(sqlite3.connect(home / "diary.sqlite")) as connection:
        connection.executescript((FILES / f"{version}.sql").read_text(encoding="utf-8"))
