"""What the raw files of all devices share: they are read in batches of small pieces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.devices.native import Decoded, decode, need_actfast
from evenstride.importers.moments import WallClock, is_possible
from evenstride.importers.source import Member, Source, Stream
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.model import Left, RawBlock, Recording, Start
from evenstride.model.day import NS
from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2

__all__ = ["Batch", "Facts", "RawDevice", "read_pieces"]

_BATCH_BYTES = 1 << 18
_READ_BYTES = 1 << 16
_MOST_RETRIES = 40


@dataclass(frozen=True, slots=True)
class Facts:
    """What the first bytes of a raw file tell.

    Attributes:
        member: The file that holds the samples.
        reason: What the format was recognised by.
        first_ns: The first sample on the clock of the device, as if it ran in UTC; None if no
            piece is whole.
        offset_min: Minutes that this clock was ahead of UTC, if the file tells.
        rate_hz: Samples per second, as stated.
        gyroscope: Whether turning rates are there.
    """

    member: Member
    reason: str
    first_ns: int | None
    offset_min: int | None = None
    rate_hz: float | None = None
    gyroscope: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Some whole pieces of a file, and what was left out before them.

    Attributes:
        pieces: Each can be read by itself.
        wrap: Makes a small file of some pieces.
        left: What was left out, with the reasons.
    """

    pieces: tuple[bytes, ...]
    wrap: Callable[[tuple[bytes, ...]], bytes]
    left: tuple[Left, ...] = ()


class RawDevice(ABC):
    """A raw file that consists of pieces; formats tell how to recognise and cut it.

    Attributes:
        name: Name of the format in plain words.
        version: Grows whenever the same file would give other values.
        kinds: What it can deliver.
    """

    name = ""
    version = 1
    kinds: frozenset[Kind] = frozenset({"recording"})

    @abstractmethod
    def facts(self, source: Source) -> Facts | None:
        """Return what the first bytes tell, or None if it is another format."""

    @abstractmethod
    def batches(self, source: Source, member: Member) -> Iterator[Batch]:
        """Yield the whole pieces of the file, some at a time."""

    def sniff(self, source: Source) -> Sniff:
        """Recognise the first bytes."""
        facts = self.facts(source)
        return Sniff(0) if facts is None else Sniff(97, facts.reason)

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the recording from its first bytes, without the native reader."""
        facts = self.facts(source)
        if facts is None or facts.first_ns is None:
            raise DamagedFile(
                f"“{source.name}” holds no sample that could be read.",
                "Copy the file from the device again.",
            )
        start = _start(facts.first_ns, facts.offset_min, options.zone)
        assumed = (ZONE_ASSUMED,) if start is not None and start.basis == "assumed" else ()
        part = Part(
            kind="recording",
            name=facts.member.path,
            columns=("acceleration", "gyroscope") if facts.gyroscope else ("acceleration",),
            unit="g and deg/s" if facts.gyroscope else "g",
            gyroscope=facts.gyroscope,
            nominal_rate_hz=facts.rate_hz,
            start=start,
            assumptions=assumed,
            how=facts.member,
        )
        return Plan(self.name, (part,), placement=options.placement, options=options)

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the recording.

        Raises:
            MissingExtra: If the native reader is not installed.
        """
        need_actfast()
        for part in plan.parts:
            if isinstance(part.how, Member):
                yield Recording(
                    format=plan.format,
                    open=partial(_blocks, self, source, part.how),
                    placement=plan.placement,
                    nominal_rate_hz=part.nominal_rate_hz,
                    source=source.name,
                    start=part.start,
                    assumptions=part.assumptions,
                    warnings=part.warnings,
                )
        yield from plan.left


def read_pieces(
    stream: Stream, cut: Callable[[bytes, bool], tuple[list[bytes], int, int]], what: str
) -> Iterator[tuple[tuple[bytes, ...], tuple[Left, ...]]]:
    """Read a stream and cut it into pieces, a batch at a time.

    Args:
        stream: What follows the head of the file.
        cut: Takes the bytes at hand and whether the file ends there; returns the whole pieces,
            how many bytes were used up, and how many pieces were damaged.
        what: What the pieces are called, in the plural.
    """
    rest, held, size, bad = b"", [], 0, 0
    while True:
        raw = stream.read(_READ_BYTES)
        rest += raw
        pieces, used, damaged = cut(rest, not raw)
        rest, bad = rest[used:], bad + damaged
        held += pieces
        size += sum(map(len, pieces))
        if size >= _BATCH_BYTES or (not raw and (held or bad)):
            left = (Left(f"{bad} {what}", "they were damaged"),) if bad else ()
            yield tuple(held), left
            held, size, bad = [], 0, 0
        if not raw:
            break
    if stream.damage is not None:
        yield (), (Left("the rest of the file", stream.damage),)


def _blocks(device: RawDevice, source: Source, member: Member) -> Iterator[RawBlock]:
    """Start a fresh pass; what was left out at the end is told by the last block."""
    held: RawBlock | None = None
    waiting: tuple[Left, ...] = ()
    retries = [_MOST_RETRIES]
    first_ns: int | None = None
    for batch in device.batches(source, member):
        waiting += batch.left
        for decoded in _decoded(batch, batch.pieces, retries):
            if isinstance(decoded, Left):
                waiting += (decoded,)
            elif decoded.time_ns.size:
                if held is not None:
                    yield held
                first_ns = int(decoded.time_ns[0]) if first_ns is None else first_ns
                held, waiting = _block(decoded, first_ns, waiting), ()
    if held is None:
        raise DamagedFile(
            f"“{source.name}” holds no sample that could be read.",
            "Copy the file from the device again.",
        )
    yield replace(held, left=held.left + waiting)


def _decoded(
    batch: Batch, pieces: tuple[bytes, ...], retries: list[int]
) -> Iterator[Decoded | Left]:
    """Read pieces; where the reader refuses them, halve them to lose as little as possible."""
    if not pieces:
        return
    found = decode(batch.wrap(pieces))
    if found is not None:
        yield found
    elif len(pieces) == 1 or retries[0] <= 0:
        yield Left(f"{len(pieces)} pieces of the file", "they were damaged")
    else:
        retries[0] -= 1
        middle = len(pieces) // 2
        yield from _decoded(batch, pieces[:middle], retries)
        yield from _decoded(batch, pieces[middle:], retries)


def _block(decoded: Decoded, first_ns: int, left: tuple[Left, ...]) -> RawBlock:
    turning = decoded.turning_deg_s
    return RawBlock(
        np.asarray((decoded.time_ns - first_ns) * 1e-9, dtype=np.float64),
        _scaled(decoded.acceleration_g, STANDARD_GRAVITY_M_S2),
        None if turning is None else _scaled(turning, DEGREE_RAD),
        left,
    )


def _scaled(values: NDArray[np.float32], factor: float) -> NDArray[np.float64]:
    return np.asarray(values.astype(np.float64) * factor, dtype=np.float64)


def _start(first_ns: int, offset_min: int | None, zone_name: str | None) -> Start | None:
    """Turn the clock of a device, which shows local time, into a moment."""
    if not is_possible(first_ns):
        return None
    if offset_min is not None:
        return Start(first_ns - offset_min * 60 * NS, offset_min, None, "file_offset")
    whole = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=first_ns // NS)
    start = WallClock(zone_name).start(whole.replace(tzinfo=None))
    return None if start is None else replace(start, utc_ns=start.utc_ns + first_ns % NS)
