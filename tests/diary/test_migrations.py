"""A diary of every earlier version is brought up to date, and nothing in it is lost."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from evenstride.diary import Diary, Entry, restore
from evenstride.diary.schema import MIGRATIONS, TABLES, VERSION
from evenstride.errors import DiaryError

from .earlier import EARLIER, FILES, make_earlier


def rows_of(path):
    """Return every row of every table of a database file."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608
            for (name,) in names
        }


@pytest.mark.parametrize("version", EARLIER)
def test_every_row_of_an_earlier_version_is_there(tmp_path, version):
    """Every table holds the rows it held before, and can be written to."""
    make_earlier(tmp_path / "home", version)
    before = rows_of(tmp_path / "home" / "diary.sqlite")
    assert all(before.values())

    with Diary.open(tmp_path / "home") as diary:
        after = diary.tables.of_one_moment(TABLES)
        # New columns come last.
        assert {
            name: sorted(tuple(row.values())[: len(rows[0])] for row in after[name])
            for name, rows in before.items()
        } == before
        assert (22.5, 5.0, False) == (
            diary.outing("w").minutes,
            diary.outing("w").back.worst,
            diary.outing("w").new_numbness,
        )
        assert {"s": 2500.0} == diary.shoe_distances_m()
        diary.keep_entry(Entry("interview", "now", 1, {}))
        diary.keep_day_steps({date(2026, 3, 30): 4000})


@pytest.mark.parametrize("version", EARLIER)
def test_the_copy_from_before_an_upgrade_can_be_restored(tmp_path, version):
    """It holds what the diary held, and is brought up to date in its turn."""
    home = tmp_path / "home"
    make_earlier(home, version)
    before = rows_of(home / "diary.sqlite")
    with Diary.open(home) as diary:
        diary.remove_outing("w")
    (copy,) = (home / "backups").glob(f"version-{version}-*.sqlite")

    assert before == rows_of(copy)
    restore(copy, home, without_damaged=True)

    with Diary.open(home) as diary:
        assert ["w"] == [walk.id for walk in diary.outings()]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_released_tables_never_change(tmp_path, version):
    """The migrations still make the tables that were released."""
    schema = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    with (
        closing(sqlite3.connect(tmp_path / "a")) as released,
        closing(sqlite3.connect(tmp_path / "b")) as made,
    ):
        released.executescript((FILES / f"{version}.sql").read_text(encoding="utf-8"))
        for script in MIGRATIONS[:version]:
            made.executescript(script)

        assert released.execute(schema).fetchall() == made.execute(schema).fetchall()


def test_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    """A diary of a newer program is refused in a clear sentence, byte for byte as it was."""
    with Diary.open(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "diary.sqlite")) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (tmp_path / "diary.sqlite").read_bytes()

    with pytest.raises(DiaryError, match="newer evenstride"):
        Diary.open(tmp_path)

    assert before == (tmp_path / "diary.sqlite").read_bytes()


def test_an_upgrade_that_fails_leaves_the_earlier_version(tmp_path, monkeypatch):
    """A step that cannot be done is taken back whole; the next program can try again."""
    make_earlier(tmp_path / "home", 1)
    broken = (
        *MIGRATIONS[:2],
        "CREATE TABLE days (day TEXT) STRICT;\nCREATE TABLE days (day TEXT);\n",
    )
    monkeypatch.setattr("evenstride.diary.database.MIGRATIONS", broken)

    with pytest.raises(DiaryError, match="could not be read or written"):
        Diary.open(tmp_path / "home")

    monkeypatch.undo()
    with Diary.open(tmp_path / "home") as diary:
        assert ["w"] == [walk.id for walk in diary.outings()]
