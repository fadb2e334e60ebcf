"""Which engine measures: results of different engines are kept apart and can be told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter

from evenstride import __version__

__all__ = ["engine"]

_ROOMS = ("model", "importers", "gait", "terrain")


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _sources(file, f"{name}/{file.name}")
        elif file.name.endswith(".py"):
            yield f"{name}/{file.name}", file


@cache
def engine() -> str:
    """Return the version of evenstride and a hash of the source that measures.

    The hash changes with every change that could change a number, whether or not somebody thought
    of raising a version.
    """
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, file in sorted(_sources(files("evenstride") / room, room), key=itemgetter(0)):
            digest.update(f"{name}\0".encode() + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
