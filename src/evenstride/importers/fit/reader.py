"""All that one FIT file of a source holds; also for archives that have such files in them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.credible import credible
from evenstride.importers.fit.files import FitFile, fit_files, is_fit
from evenstride.importers.fit.monitoring import monitoring
from evenstride.importers.fit.profile import FILE_ID, MONITORING, RECORD, SESSION
from evenstride.importers.fit.tracks import outings
from evenstride.importers.source import Member, Source
from evenstride.model import Left

__all__ = ["MOST_BYTES", "NO_WALK", "read_fit"]

MOST_BYTES = 512 << 20
"""A longer file is no recording of a walk; it is not read."""

NO_WALK = "and no walk"
"""How the reason ends where a file is whole but of another kind."""

_PIECE = 1 << 22
_TOO_LONG = "it is longer than 512 MB, which no recording of a walk is"

_KINDS = {
    2: "settings of a device",
    3: "settings of a sport",
    5: "a plan for a workout",
    7: "plans for workouts",
    9: "body weights",
    10: "totals",
    11: "goals",
    14: "blood pressures",
    34: "a stretch of road",
    35: "a list of stretches of road",
}


@credible
def read_fit(source: Source, member: Member, options: Options = NO_OPTIONS) -> Iterator[Item]:
    """Yield the tracks, activities and series of one FIT file, and what was left out; never raises.

    Args:
        source: The tree that holds the file.
        member: The file.
        options: What the person told.
    """
    name = member.path.rpartition("/")[2]
    if member.size is not None and member.size > MOST_BYTES:
        yield Left(name, _TOO_LONG)
        return
    data, damage = _bytes(source, member)
    if len(data) > MOST_BYTES:
        yield Left(name, _TOO_LONG)
        return
    if not is_fit(data):
        yield Left(name, damage or "it is no FIT file")
        return
    for file in fit_files(data):
        if damage:
            file.warnings.append(f"The file could not be read to its end: {damage}.")
        yield from _of_file(file, options, name)


def _bytes(source: Source, member: Member) -> tuple[bytes, str | None]:
    pieces, total = [], 0
    with source.open(member) as stream:
        while total <= MOST_BYTES and (piece := stream.read(_PIECE)):
            pieces.append(piece)
            total += len(piece)
        return b"".join(pieces), stream.damage


def _of_file(file: FitFile, options: Options, name: str) -> Iterator[Item]:
    walked = file.counted(RECORD) or file.counted(SESSION)
    if walked:
        yield from outings(file, options, name)
    if file.counted(MONITORING):
        yield from monitoring(file, options)
    elif not walked and file.counted(FILE_ID):
        kind = file.messages(FILE_ID).column(0)[0]
        what = "something else" if np.isnan(kind) else _KINDS.get(int(kind), "something else")
        yield Left(name, f"it holds {what}, {NO_WALK}")
    yield from file.left
