"""Fitbit's monthly table: days and numbers in the form of any country."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError
from evenstride.importers.contract import Item, Options
from evenstride.importers.fitbit_csv import FitbitCsv, number_of_cell
from evenstride.importers.source import Source
from evenstride.model import Left, Series

from .samples import zipped

NS = 1_000_000_000
MIDNIGHT = 1_717_192_800  # 2024-06-01 00:00 in Berlin
HEADER = "Date,Calories Burned,Steps,Distance,Floors,Minutes Sedentary,Minutes Lightly Active"
BERLIN = Options(zone="Europe/Berlin")


def month(*days: str, header: str = HEADER) -> str:
    """Return a month with the tables that stand around the one of activities."""
    body = 'Body\nDate,Weight,BMI,Fat\n"01-06-2024","70","23","0"\n\n'
    sleep = "\nSleep\nStart Time,End Time,Minutes Asleep\n"
    return f"{body}Activities\n{header}\n" + "".join(f"{day}\n" for day in days) + sleep


def read(data: str | bytes, options: Options = BERLIN) -> list[Item]:
    """Return what the importer yields."""
    source, importer = Source.of(data.encode() if isinstance(data, str) else data), FitbitCsv()
    return list(importer.read(source, importer.plan(source, options)))


def values(items: list[Item], metric: str) -> list[float]:
    """Return all values of a metric."""
    found = [item for item in items if isinstance(item, Series) and item.metric == metric]
    return [value for item in found for value in item.value.tolist()]


def test_a_month_gives_whole_local_days() -> None:
    """Steps with marks for thousands, kilometres and floors of a day from midnight to midnight."""
    data = month(
        '"01-06-2024","2,341","12,345","8.64","10","600","1,000"',
        '"13-06-2024","2,341","0","0","0","600","1"',
    )
    items = read(data)
    assert [12345.0, 0.0] == values(items, "steps")
    assert [8640.0, 0.0] == values(items, "distance_m")
    assert [10.0, 0.0] == values(items, "floors")
    (steps,) = [i for i in items if isinstance(i, Series) and i.metric == "steps"]
    assert [MIDNIGHT * NS, (MIDNIGHT + 12 * 86_400) * NS] == steps.start_utc_ns.tolist()
    assert [86_400 * NS] * 2 == (steps.end_utc_ns - steps.start_utc_ns).tolist()
    assert 90 == FitbitCsv().sniff(Source.of(data.encode(), "any name")).score


def test_miles_are_told_by_the_length_of_a_step() -> None:
    """The file does not say its unit, so what was taken is said."""
    data = month('"01-06-2024","2000","10,000","4.5","10","600","60"')
    assert [4.5 * 1609.344] == values(read(data), "distance_m")
    source = Source.of(data.encode())
    notes = FitbitCsv().plan(source, Options()).parts[0].assumptions
    assert any("taken as miles" in note for note in notes)
    assert any("zone of this computer" in note for note in notes)


@pytest.mark.parametrize(
    ("days", "month_first"),
    [
        (("13-06-2024", "01-06-2024"), False),
        (("06/13/2024", "06/01/2024"), True),
        (("2024-06-13", "2024-06-01"), None),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_days(
    days: tuple[str, str], month_first: bool | None
) -> None:
    """A number above 12 can only be a day."""
    rows = [f'"{day}","2000","10000","7","1","1","1"' for day in days]
    items = read(month(*rows))
    (steps,) = [i for i in items if isinstance(i, Series) and i.metric == "steps"]
    assert [(MIDNIGHT + 12 * 86_400) * NS, MIDNIGHT * NS] == steps.start_utc_ns.tolist()
    notes = FitbitCsv().plan(Source.of(month(*rows).encode()), BERLIN).parts[0].assumptions
    assert bool(month_first) == any("month was taken" in note for note in notes)


def test_a_month_whose_order_cannot_be_told_says_so() -> None:
    """Days up to the twelfth are read with the day first."""
    data = month('"01-06-2024","2000","10000","7","1","1","1"')
    (part,) = FitbitCsv().plan(Source.of(data.encode()), BERLIN).parts
    assert "The day was taken to stand before the month in dates." in part.assumptions


@given(st.integers(0, 10**7))
def test_whole_numbers_survive_any_mark_for_thousands(count: int) -> None:
    """Commas, points, blanks and apostrophes give the same count."""
    for mark in (",", ".", " ", "'", "\u202f"):
        assert count == number_of_cell(f"{count:,}".replace(",", mark), is_count=True)


def test_lengths_survive_marks_for_thousands_and_decimals() -> None:
    """The last mark is that of the decimals, but for a single one before three digits."""
    cells = {"5.23": 5.23, "5,23": 5.23, "1,234.5": 1234.5, "1.234,5": 1234.5, "1,234": 1234.0}
    assert cells == {cell: number_of_cell(cell) for cell in cells}
    assert math.isnan(number_of_cell("much"))


@given(st.permutations(range(7)))
def test_the_order_of_columns_means_nothing(order: list[int]) -> None:
    """Columns are found by name."""
    cells = ['"13-06-2024"', '"2000"', '"10,000"', '"7"', '"3"', '"1"', '"1"']
    names = HEADER.split(",")
    row, header = (",".join(x[i] for i in order) for x in (cells, names))
    items = read(month(row, header=header))
    assert ([10_000.0], [7000.0], [3.0]) == (
        values(items, "steps"),
        values(items, "distance_m"),
        values(items, "floors"),
    )


def test_broken_rows_cost_themselves_and_other_files_are_left() -> None:
    """A day that does not exist, and cells that are no numbers, are counted."""
    good = '"13-06-2024","1","10,000","7","1","1","1"'
    data = month(good, '"31-02-2024","1","2","3","4","5","6"', '"14-06-2024","1","x","","","",""')
    items = read(zipped({"a.csv": data, "b.txt": "hello"}))
    assert [10_000.0] == values(items, "steps")
    left = {item.what: item.reason for item in items if isinstance(item, Left)}
    assert "their values were missing or impossible" == left["2 rows of whole days"]
    assert any("1 file" in what for what in left)


def test_an_empty_month_and_other_tables() -> None:
    """A month without days gives one clear error; other tables are not claimed."""
    with pytest.raises(EvenstrideError, match="without a single day"):
        read(month())
    for data in (b"", b"Activities", b"Dear diary\n", b"Activities\nDate,Name\n1,2\n"):
        assert 0 == FitbitCsv().sniff(Source.of(data)).score


@given(st.floats(0, 1), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255))))
def test_damage_never_breaks_it(share: float, changes: list[tuple[float, int]]) -> None:
    """Cut and changed files, also doubled ones, give what is whole or one clear error."""
    whole = month('"13-06-2024","1","10,000","7","1","1","1"').encode()
    data = bytearray(whole[: int(len(whole) * share)] + whole)
    for place, value in changes:
        data[int(place * len(data))] = value
    with suppress(EvenstrideError):
        for item in read(bytes(data)):
            assert isinstance(item, Item)
