"""Reading the bytes of a FIT file the way a person's file is read."""

from __future__ import annotations

from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.fit import read_fit
from evenstride.importers.source import Source
from evenstride.model import Left, Track


def items(data: bytes, options: Options = NO_OPTIONS) -> list[Item]:
    """Return all that a file holds."""
    source = Source.of(data, "walk.fit")
    return list(read_fit(source, source.members()[0], options))


def tracks(data: bytes, options: Options = NO_OPTIONS) -> list[Track]:
    """Return its tracks."""
    return [item for item in items(data, options) if isinstance(item, Track)]


def lefts(data: bytes) -> list[Left]:
    """Return what was left out of it."""
    return [item for item in items(data) if isinstance(item, Left)]
