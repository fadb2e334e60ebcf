"""Measure the walk in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from evenstride.errors import EvenstrideError

if TYPE_CHECKING:
    from evenstride.importers import Choice, Inspection
    from evenstride.model import Gait, Placement, Recording, Track

__all__ = ["Analysed", "Request", "analyse_choice", "analyse_file", "inspect_file"]


@dataclass(frozen=True, slots=True)
class Request:
    """What the person told about the walk.

    Attributes:
        height_m: Height of the person.
        distance_m: Distance walked.
        standing: A recording of standing still with the sensor in the same place.
        placement: Where the sensor was worn.
        rate_hz: Samples per second, for files that do not tell.
    """

    height_m: float | None = None
    distance_m: float | None = None
    standing: str | PathLike[str] | None = None
    placement: Placement | None = None
    rate_hz: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """A recording, what was found in it, and the positions that came with it."""

    recording: Recording
    gait: Gait
    track: Track | None = None


def analyse_file(
    path: str | PathLike[str],
    request: Request | None = None,
    progress: Callable[[float], None] | None = None,
) -> Analysed:
    """Read a file and measure the walk in it.

    Args:
        path: Any file or folder that an importer knows.
        request: What is known about the walk.
        progress: Told now and then how many seconds of the recording are done.

    Raises:
        EvenstrideError: If the file cannot be read or the walk not be measured.
    """
    from evenstride.importers import Options, Source, choose

    request = request or Request()
    options = Options(request.rate_hz, request.placement)
    return analyse_choice(choose(Source.of(path), options), request, progress)


def analyse_choice(
    choice: Choice, request: Request, progress: Callable[[float], None] | None = None
) -> Analysed:
    """Measure the walk in a source that was recognised as a recording; see ``analyse_file``."""
    from evenstride.gait import analyze
    from evenstride.importers import recording_of
    from evenstride.model import Track

    recording = recording_of(choice)
    items = choice.importer.read(choice.source, choice.plan)
    track = next((item for item in items if isinstance(item, Track)), None)
    gait = analyze(
        recording,
        height_m=request.height_m,
        distance_m=request.distance_m,
        standing=_standing(request),
        track=track if request.distance_m is None else None,
        progress=progress,
    )
    return Analysed(recording, gait, track)


def inspect_file(path: str | PathLike[str], request: Request | None = None) -> Inspection:
    """Say what is in a file, without measuring the walk.

    Raises:
        EvenstrideError: If it cannot be read.
    """
    from evenstride.importers import inspect

    request = request or Request()
    return inspect(path, rate_hz=request.rate_hz, placement=request.placement)


def _standing(request: Request) -> Recording | None:
    """Read the standing reference; an error says that it is about this second file."""
    from evenstride.importers import read

    if request.standing is None:
        return None
    try:
        return read(request.standing, rate_hz=request.rate_hz, placement=request.placement)
    except EvenstrideError as error:
        sentence = f"The standing reference cannot be used. {error.sentence}"
        raise type(error)(sentence, error.hint) from error
