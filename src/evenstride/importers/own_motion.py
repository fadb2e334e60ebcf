"""The form in which evenstride keeps what the sensors of a phone said to its page on a walk.

The first line holds the facts as JSON behind a "#", the second the names of the columns with their
units, then comes a line for each sample: a table that any program can read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Options, Part, Plan, Sniff
from evenstride.importers.source import Source
from evenstride.importers.tables.clocks import Stamps
from evenstride.importers.tables.importer import TableFormat, layout_in
from evenstride.importers.tables.layout import Layout
from evenstride.importers.tables.motion import Axes, Motion, Table
from evenstride.model import PLACEMENTS, Placement, Start
from evenstride.model.day import is_zone

__all__ = ["MotionFacts", "OwnMotion", "SignKnown", "motion_pieces"]

SignKnown = Literal["angles", "assumed"]
"""How it is known which way the numbers point: the phone's own angles told it, or nothing did."""

_SCHEMA = "evenstride/motion/1"
_MARK = f'# {{"schema": "{_SCHEMA}"'
_BOM = b"\xef\xbb\xbf"
_CLOCK = "time_s"
_ACCELERATION = tuple(f"acceleration_{axis}_m_s2" for axis in "xyz")
_ANGULAR = tuple(f"angular_velocity_{axis}_rad_s" for axis in "xyz")
_ROWS = 5000
_SWITCHES = ("gravity_included", "turned", "clock_set")
_LATEST_NS = 2**63
_TURNED = "The browser writes Apple's sign. It was turned round, as the phone's own angles showed."
_ASSUMED = (
    "The browser told no angles, so that nothing shows which way is up. The sign of the web"
    " standard was assumed: left and right may be swapped."
)
_CLOCK_SET = "The phone's clock was set during the walk. The sensor's own clock was taken."


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """What is known of a recording beside its samples.

    Attributes:
        start: When second 0 of it was.
        placement: Where the phone was carried, as told.
        gravity_included: Whether the pull of the earth is in the acceleration.
        sign: How the sign is known.
        turned: Whether the sign was turned round, as the browser writes Apple's.
        clock_set: Whether the clock of the phone was set during the walk.
        browser: How the browser names itself.
    """

    start: Start
    placement: Placement | None = None
    gravity_included: bool = True
    sign: SignKnown = "assumed"
    turned: bool = False
    clock_set: bool = False
    browser: str = ""


def motion_pieces(
    facts: MotionFacts,
    time_s: NDArray[np.float64],
    acceleration_m_s2: NDArray[np.float64],
    angular_velocity_rad_s: NDArray[np.float64] | None = None,
) -> Iterator[bytes]:
    """Yield a recording as bytes, piece by piece; the same recording gives the same bytes.

    Args:
        facts: What is known of it.
        time_s: (n,) seconds since its start.
        acceleration_m_s2: (n, 3) specific force, +9.8 along the axis that points up at rest.
        angular_velocity_rad_s: (n, 3), or None without a gyroscope; NaN where it said nothing.
    """
    names, columns = [_CLOCK, *_ACCELERATION], [time_s, *acceleration_m_s2.T]
    if angular_velocity_rad_s is not None:
        names, columns = [*names, *_ANGULAR], [*columns, *angular_velocity_rad_s.T]
    told = json.dumps({"schema": _SCHEMA, **asdict(facts)}, ensure_ascii=False)
    yield f"# {told}\n{','.join(names)}\n".encode()
    table = np.round(np.column_stack(columns), 4)
    for begin in range(0, len(table), _ROWS):
        rows = table[begin : begin + _ROWS].tolist()
        yield "".join(",".join(map(_cell, row)) + "\n" for row in rows).encode()


def _cell(value: float) -> str:
    return "" if value != value else repr(value)


class OwnMotion(TableFormat):
    """A walk that was recorded by evenstride's own page."""

    name = "evenstride motion"

    def sniff(self, source: Source) -> Sniff:
        """Recognise the first line."""
        members = source.members()
        ours = len(members) == 1 and _first_line(source).startswith(_MARK)
        return Sniff(99, "its first line") if ours else Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the one recording; its facts stand in the first line."""
        member = source.members()[0]
        facts = _facts(_first_line(source), source)
        layout = layout_in(source, member)
        acceleration = None if layout is None else _axes(layout, _ACCELERATION)
        clock = None if layout is None else layout.column(_CLOCK)
        if layout is None or acceleration is None or clock is None:
            raise DamagedFile(f"“{source.name}” holds no sample that could be read.")
        table = Table(member, layout, Stamps(clock))
        angular = _axes(layout, _ANGULAR)
        motion = Motion(
            Axes(table, acceleration), angular=None if angular is None else Axes(table, angular)
        )
        part = Part(
            kind="recording",
            name=member.path,
            columns=(_CLOCK, *_ACCELERATION, *(_ANGULAR if angular else ())),
            unit="m/s² and rad/s" if angular else "m/s²",
            gravity_included=facts.gravity_included,
            gyroscope=angular is not None,
            start=facts.start,
            assumptions=tuple(_assumed(facts)),
            warnings=(_CLOCK_SET,) if facts.clock_set else (),
            how=motion,
        )
        return Plan(self.name, (part,), placement=options.placement or facts.placement)


def _axes(layout: Layout, names: tuple[str, ...]) -> tuple[int, int, int] | None:
    found = layout.columns(names)
    return None if found is None else (found[0], found[1], found[2])


def _assumed(facts: MotionFacts) -> Iterator[str]:
    if facts.turned:
        yield _TURNED
    if facts.sign == "assumed":
        yield _ASSUMED


def _first_line(source: Source) -> str:
    head = source.head(source.members()[0]).removeprefix(_BOM)
    return head.partition(b"\n")[0].decode("utf-8", "replace")


def _facts(line: str, source: Source) -> MotionFacts:
    """Read the first line.

    Raises:
        DamagedFile: If it is not as it was written.
    """
    try:
        told: dict[str, Any] = json.loads(line.removeprefix("#"))
        del told["schema"]
        _check(told)
        return MotionFacts(**{**told, "start": Start(**told["start"])})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedFile(
            f"The first line of “{source.name}” is damaged.", "Import the walk again."
        ) from error


def _check(told: Mapping[str, Any]) -> None:
    """Look whether the facts are of the kinds that they were written as.

    Raises:
        ValueError: If one is not, as it was damaged.
    """
    start = told["start"]
    moment, zone, offset = start["utc_ns"], start["zone"], start["utc_offset_min"]
    fits = (
        isinstance(moment, int)
        and abs(moment) < _LATEST_NS
        and isinstance(offset, int | None)
        and (zone is None or (isinstance(zone, str) and is_zone(zone)))
        and told["placement"] in (None, *PLACEMENTS)
        and told["sign"] in get_args(SignKnown)
        and all(isinstance(told[name], bool) for name in _SWITCHES)
    )
    if not fits:
        raise ValueError
