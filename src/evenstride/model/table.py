"""Small frozen column tables: the form in which events leave the library."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Table", "absent", "fact"]


def fact(*, default: Any = MISSING) -> Any:
    """Return a field of a table that is no column, but holds for all of its rows."""
    return field(default=default, metadata={"column": False}, kw_only=True)


def absent() -> Any:
    """Return a column that need not be given; the table itself says what stands in its place."""
    return field(default=None)


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length; every field of a subclass is one column, if it is no ``fact``.

    The arrays are made read-only. NaN in a float column means "absent".

    Raises:
        ValueError: If the columns differ in length.
    """

    def __post_init__(self) -> None:
        lengths = set()
        for name, column in self.columns().items():
            frozen = np.array(column)
            frozen.flags.writeable = False
            object.__setattr__(self, name, frozen)
            lengths.add(len(frozen))
        if len(lengths) > 1:
            raise ValueError(f"columns of {type(self).__name__} differ in length: {lengths}")

    def __len__(self) -> int:
        return len(next(iter(self.columns().values())))

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, in order."""
        names = (f.name for f in fields(self) if f.metadata.get("column", True))
        return {name: getattr(self, name) for name in names}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dict of plain Python values."""
        columns = {name: column.tolist() for name, column in self.columns().items()}
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True))

    def select(self, keep: NDArray[np.bool_] | NDArray[np.intp] | slice) -> Self:
        """Return a table with only the rows that ``keep`` picks."""
        return replace(self, **{name: column[keep] for name, column in self.columns().items()})

    def to_numpy(self) -> NDArray[np.void]:
        """Return a NumPy structured array, one field per column."""
        columns = self.columns()
        out = np.empty(len(self), dtype=[(name, c.dtype) for name, c in columns.items()])
        for name, column in columns.items():
            out[name] = column
        return out

    def to_pandas(self) -> Any:
        """Return a ``pandas.DataFrame``; pandas must be installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtra("Tables for pandas", "tables") from error
        return pd.DataFrame(self.columns())

    def to_polars(self) -> Any:
        """Return a ``polars.DataFrame``; polars must be installed."""
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtra("Tables for polars", "tables") from error
        return pl.DataFrame(self.columns())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the table over by the Arrow PyCapsule protocol (needs arro3-core)."""
        try:
            from arro3.core import Array
            from arro3.core import Table as ArrowTable
        except ImportError as error:
            raise MissingExtra("Tables for Arrow", "tables") from error
        columns: dict[str, Any] = {n: Array.from_numpy(c) for n, c in self.columns().items()}
        return ArrowTable.from_pydict(columns).__arrow_c_stream__(requested_schema)
