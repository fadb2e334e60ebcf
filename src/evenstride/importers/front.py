"""The front door: any file or folder in, recordings and tracks out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from evenstride.errors import DamagedFile, MissingExtra, NotARecording, RecordingError
from evenstride.importers.contract import Importer, Item, Options, Part, Plan, Sniff
from evenstride.importers.known import explain
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.model import Left, Placement, Recording

__all__ = ["Choice", "Unread", "choose", "read", "recording_of", "scan", "survey"]

_SURE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A recognised source, or why it could not be planned.

    Attributes:
        source: The file or folder.
        importer: Who reads it.
        sniff: What it was recognised by.
        plan: What would be read.
    """

    source: Source
    importer: Importer
    sniff: Sniff
    plan: Plan

    def recordings(self) -> list[Part]:
        """Return the parts that are recordings, the best first."""
        parts = [part for part in self.plan.parts if part.kind == "recording"]
        return sorted(parts, key=lambda p: (p.gyroscope, p.gravity_included), reverse=True)


@dataclass(frozen=True, slots=True)
class Unread:
    """A branch of a source that nobody can read.

    Attributes:
        name: Its place in the source.
        error: Why.
    """

    name: str
    error: RecordingError | MissingExtra

    @property
    def left(self) -> Left:
        """The same as something that was left out."""
        return Left(self.name, str(self.error))


def read(
    path: str | os.PathLike[str] | bytes,
    *,
    rate_hz: float | None = None,
    placement: Placement | None = None,
) -> Recording:
    """Read exactly one recording.

    Args:
        path: A file, a folder, a zip, a .gz, or the bytes of one of these.
        rate_hz: Samples per second, for files that do not tell.
        placement: Where the sensor was worn, if known.

    Raises:
        NotARecording: If there is no recording, or several independent ones; says what the file
            seems to be and what to do instead.
        DamagedFile: If nothing in it could be saved.
        UnusableRecording: If the values fit no unit.
        UnsafeFile: If the file was built to do harm.
        OptionError: If an argument is out of range.
    """
    return recording_of(choose(Source.of(path), Options(rate_hz, placement)))


def recording_of(choice: Choice) -> Recording:
    """Return the best recording of a source that holds one.

    Raises:
        DamagedFile: If no sample in it could be read.
    """
    found = choice.recordings()
    plan = replace(choice.plan, parts=(found[0],))
    items = choice.importer.read(choice.source, plan)
    recording = next(item for item in items if isinstance(item, Recording))
    if next(iter(recording.open()), None) is None:
        raise DamagedFile(
            f"“{choice.source.name}” holds no sample that could be read.",
            "Export or copy the walk again.",
        )
    return replace(recording, warnings=recording.warnings + stream_warning(found))


def scan(
    path: str | os.PathLike[str] | bytes,
    *,
    rate_hz: float | None = None,
    placement: Placement | None = None,
    since: datetime | None = None,
    everything: bool = False,
    zone: str | None = None,
) -> Iterator[Item]:
    """Yield everything in a file or folder, and what is left out and why.

    That is: recordings of motion, tracks, activities without samples, series of values over years,
    and entries such as symptoms. A file that cannot be read is yielded as ``Left``; only harmful
    files raise.

    Args:
        path: A file, a folder, a zip, a .gz, or the bytes of one of these.
        rate_hz: Samples per second, for files that do not tell.
        placement: Where the sensor was worn, if known.
        since: Leave out what ended before; without a zone it is taken on this computer's clock.
        everything: Also hand on series that have nothing to do with walking or pain.
        zone: IANA name of the zone of local times that a file writes without one.

    Raises:
        NotARecording: If there is no such file.
        UnsafeFile: If the file was built to do harm.
        OptionError: If an argument is out of range.
    """
    since_utc_ns = None if since is None else round(since.timestamp() * 1e6) * 1000
    options = Options(rate_hz, placement, since_utc_ns, everything, zone)
    return _scan(Source.of(path), options)


def stream_warning(found: list[Part]) -> tuple[str, ...]:
    """Return the sentence that says which of several motion streams was taken, if there are."""
    if len(found) < 2:
        return ()
    others = ", ".join(part.name for part in found[1:])
    return (f"There are {len(found)} motion streams; {found[0].name} was taken, not {others}.",)


def choose(source: Source, options: Options) -> Choice:
    """Return the one source below ``source`` that holds a recording.

    Raises:
        RecordingError: If there is none, or there are several.
    """
    outcomes = list(survey(source, options))
    choices = [o for o in outcomes if isinstance(o, Choice) and o.recordings()]
    if len(choices) == 1:
        return choices[0]
    if choices:
        raise NotARecording(
            f"“{source.name}” holds {len(choices)} recordings.",
            "Give them one by one, for example: evenstride analyze FOLDER/*; "
            "from Python, use evenstride.scan.",
        )
    others = {o.plan.format for o in outcomes if isinstance(o, Choice)}
    if others:
        raise NotARecording(
            f"“{source.name}” is of the kind {' and '.join(sorted(others))}: "
            "it holds no recording of motion.",
            "Bring it into your diary with: evenstride import; from Python, use evenstride.scan.",
        )
    errors = [o.error for o in outcomes if isinstance(o, Unread)]
    if len(errors) == 1:
        raise errors[0]
    raise explain(source)


def survey(source: Source, options: Options) -> Iterator[Choice | Unread]:
    """Walk down a tree: yield every branch that an importer knows, and what nobody can read.

    Raises:
        UnsafeFile: If a file was built to do harm.
    """
    single = len(source.members()) == 1
    best = recognise(source)
    if best is not None and (single or best[1].score >= _SURE):
        importer, sniff = best
        plan: Plan | None = None
        try:
            plan = importer.plan(source, options)
        except RecordingError as error:
            yield Unread(source.prefix + source.name, error)
        else:
            yield Choice(source, importer, sniff, plan)
        if not single:
            for child in _others(source, plan):
                yield from survey(child, options)
    elif single or not source.members():
        yield Unread(source.prefix + source.name, explain(source))
    else:
        for child in source.children():
            yield from survey(child, options)


def _scan(source: Source, options: Options) -> Iterator[Item]:
    for found in survey(source, options):
        if isinstance(found, Unread):
            yield found.left
            continue
        try:
            yield from found.importer.read(found.source, found.plan)
        except MissingExtra as error:
            yield Left(found.source.prefix + found.source.name, str(error))


def _others(source: Source, plan: Plan | None) -> Iterator[Source]:
    """Yield the branches of a recognised source that do not belong to what was recognised."""
    if plan is not None and plan.files:
        yield from source.without(plan.files).children()
        return
    used = () if plan is None else plan.folders
    for child in source.children():
        if len(child.prefix) > len(source.prefix) and child.name not in used:
            yield child
