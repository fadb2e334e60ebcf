"""What is in a file, before any gait is worked out: the answer of ``evenstride inspect``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Options
from evenstride.importers.front import Choice, choose, stream_warning
from evenstride.importers.source import Source
from evenstride.model import Clock, Left, Placement, RawBlock, Recording, Start

__all__ = ["Inspection", "describe", "inspect", "summed"]

_MOST_LEFT = 200
_LEAST_HZ, _ENOUGH_HZ = 20.0, 40.0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found out about a recording by reading it once.

    Attributes:
        source: Name of the file.
        format: Name of the format in plain words.
        recognised_by: What it was recognised by.
        members: The file or files in it that the motion comes from.
        columns: The columns used, as the file calls them.
        unit: The units found in the file.
        gravity_included: Whether the pull of the earth is in the values.
        gyroscope: Whether turning rates are there.
        nominal_rate_hz: The rate that the file states or that was assumed, if any.
        clock: True rate, jitter, gaps, lost share and duration, as measured.
        start: When it began, if known.
        placement: Where the sensor was worn, if told.
        assumptions: What had to be assumed.
        warnings: What is wrong with the file.
        questions: What the person should be asked, because the file does not tell.
        left: What was left out, and why; equal reasons are summed up.
    """

    source: str
    format: str
    recognised_by: str
    members: str
    columns: tuple[str, ...]
    unit: str
    gravity_included: bool
    gyroscope: bool
    nominal_rate_hz: float | None
    clock: Clock
    start: Start | None
    placement: Placement | None
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    questions: tuple[str, ...]
    left: tuple[Left, ...]


def inspect(
    path: str | os.PathLike[str] | bytes,
    *,
    rate_hz: float | None = None,
    placement: Placement | None = None,
) -> Inspection:
    """Say what is in a file; reads it once, in blocks.

    Args:
        path: A file, a folder, a zip, a .gz, or the bytes of one of these.
        rate_hz: Samples per second, for files that do not tell.
        placement: Where the sensor was worn, if known.

    Raises:
        EvenstrideError: As ``read`` does.
    """
    return describe(choose(Source.of(path), Options(rate_hz, placement)))


def describe(choice: Choice) -> Inspection:
    """Say what is in a source that was recognised.

    Raises:
        DamagedFile: If no sample in it could be read.
    """
    found = choice.recordings()
    part = found[0]
    items = choice.importer.read(choice.source, replace(choice.plan, parts=(part,)))
    recording = next(item for item in items if isinstance(item, Recording))
    left: list[Left] = []
    clock = replace(recording, open=lambda: _noting(recording, left)).clock
    if clock.samples == 0:
        raise DamagedFile(
            f"“{choice.source.name}” holds no sample that could be read.",
            "Export or copy the walk again.",
        )
    return Inspection(
        source=choice.source.name,
        format=choice.plan.format,
        recognised_by=choice.sniff.reason,
        members=part.name,
        columns=part.columns,
        unit=part.unit,
        gravity_included=part.gravity_included,
        gyroscope=part.gyroscope,
        nominal_rate_hz=part.nominal_rate_hz,
        clock=clock,
        start=part.start,
        placement=choice.plan.placement,
        assumptions=part.assumptions,
        warnings=part.warnings + stream_warning(found) + _rate_warning(clock),
        questions=choice.plan.questions,
        left=summed(left) + choice.plan.left,
    )


def _noting(recording: Recording, left: list[Left]) -> Iterator[RawBlock]:
    for block in recording.open():
        if len(left) < _MOST_LEFT:
            left.extend(block.left)
        yield block


def summed(left: Iterable[Left]) -> tuple[Left, ...]:
    """Add up counts such as "3 rows" that share a reason."""
    sums: dict[tuple[str, str], int] = {}
    for item in left:
        number, _, what = item.what.partition(" ")
        count = number.replace(",", "")
        key = (_plural(what), item.reason) if count.isdigit() else (item.what, item.reason)
        sums[key] = sums.get(key, 0) + (int(count) if count.isdigit() else 0)
    return tuple(Left(_counted(count, what), reason) for (what, reason), count in sums.items())


_RELATION = re.compile(r" (?:about|of|in|with|typed) ")


def _plural(what: str) -> str:
    """Return the plural of what is counted, such as "points" in "point of a track"."""
    noun, rest = _split(what)
    if noun.endswith("s"):
        return what
    return (f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s") + rest


def _counted(count: int, what: str) -> str:
    if count != 1:
        return f"{count:,} {what}" if count else what
    noun, rest = _split(what)
    return f"1 {noun[:-3]}y{rest}" if noun.endswith("ies") else f"1 {noun.removesuffix('s')}{rest}"


def _split(what: str) -> tuple[str, str]:
    found = _RELATION.search(what)
    return (what, "") if found is None else (what[: found.start()], what[found.start() :])


def _rate_warning(clock: Clock) -> tuple[str, ...]:
    if clock.rate_hz >= _ENOUGH_HZ:
        return ()
    rate = f"There are only {clock.rate_hz:.1f} samples per second"
    if clock.rate_hz < _LEAST_HZ:
        return (f"{rate}: too few to measure a walk. Choose 100 in the app.",)
    return (f"{rate}: enough to count steps, not for finer measures. Choose 100 in the app.",)
