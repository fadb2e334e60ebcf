"""Tables are frozen columns that other libraries can take over."""

import sys
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from evenstride.errors import MissingExtra
from evenstride.model import Bouts, Strides, Table, Track


def strides() -> Strides:
    """Return two strides, one of unknown length."""
    return Strides(
        start_s=np.array([0.0, 1.1]),
        end_s=np.array([1.1, 2.2]),
        side=np.array([-1, 1], np.int8),
        length_m=np.array([1.3, np.nan]),
        speed_m_s=np.array([1.2, np.nan]),
        steady=np.array([True, False]),
        bout=np.array([0, 0]),
    )


def test_columns_cannot_be_changed():
    """Neither the arrays of a table nor the caller's own array can change it afterwards."""
    mine = np.array([1.0])
    bouts = Bouts(start_s=mine, end_s=np.array([2.0]), steps=np.array([3]))
    mine[0] = 9.0

    assert 1.0 == bouts.start_s[0]
    with pytest.raises(ValueError, match="read-only"):
        bouts.start_s[0] = 5.0


def test_columns_of_unequal_length_are_refused():
    """A table whose columns differ in length cannot be made."""
    with pytest.raises(ValueError, match="differ in length"):
        Bouts(start_s=np.zeros(2), end_s=np.zeros(2), steps=np.zeros(1, np.int64))


def test_rows_and_length():
    """Rows are plain Python values, in order."""
    rows = list(strides().rows())

    assert 2 == len(strides()) == len(rows)
    assert (0.0, -1, True) == (rows[0]["start_s"], rows[0]["side"], rows[0]["steady"])
    assert all(type(v) in (float, int, bool) for row in rows for v in row.values())


@pytest.mark.parametrize(
    ("keep", "count"), [(slice(1), 1), (np.array([False, True]), 1), (np.array([], int), 0)]
)
def test_select_keeps_rows(keep, count):
    """Select picks rows by slice, mask or index and gives the same kind of table."""
    picked = strides().select(keep)

    assert count == len(picked)
    assert isinstance(picked, Strides)


@pytest.mark.parametrize("table", [strides(), strides().select(slice(0))])
def test_other_libraries_get_equal_columns(table):
    """NumPy, pandas, polars and Arrow see the same names, kinds and values."""
    arrow = pytest.importorskip("arro3.core")
    structured, pandas, polars = table.to_numpy(), table.to_pandas(), table.to_polars()
    arrow_table = arrow.Table(table)

    names = list(table.columns())
    assert names == list(structured.dtype.names)
    assert names == list(pandas.columns) == polars.columns == arrow_table.column_names
    for name, column in table.columns().items():
        for other in (
            structured[name],
            pandas[name].to_numpy(),
            polars[name].to_numpy(),
            arrow_table[name].to_numpy(),
        ):
            assert column.dtype == other.dtype
            np.testing.assert_array_equal(column, other)


@pytest.mark.parametrize(
    ("module", "use"),
    [
        ("pandas", lambda t: t.to_pandas()),
        ("polars", lambda t: t.to_polars()),
        ("arro3.core", lambda t: t.__arrow_c_stream__()),
    ],
)
def test_a_missing_library_names_its_extra(monkeypatch, module, use):
    """Without the library, the error says which extra to install."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtra, match=r"pip install 'evenstride\[tables\]'"):
        use(strides())


def test_a_table_of_ones_own():
    """Users may define tables by naming columns."""

    @dataclass(frozen=True, eq=False)
    class Pace(Table):
        """Pace per minute."""

        minute: NDArray[np.int64]

    assert [{"minute": 4}] == list(Pace(np.array([4])).rows())


def test_track_is_a_table():
    """A track keeps NaN where something was not recorded."""
    column = np.array([1.0, np.nan])
    track = Track(column, column, column, column, column, column)

    assert np.isnan(track.to_pandas()["speed_m_s"][1])
