"""Google Takeout: which files to read where several hold the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenstride.importers.contract import Kind, Options
from evenstride.importers.google_takeout.fit import PLACES, STREAMS, data_type, without_copies
from evenstride.importers.google_takeout.kinds import VALUES, FileKind, Found
from evenstride.importers.source import Source
from evenstride.model import Left

__all__ = ["Chosen", "choose"]

_LOCAL = "The list of exercises names no time zone; its times were taken as those on your wall."
_UTC = "The values in JSON name no time zone; they were taken as UTC."
_MINUTE = "A value of the tables was taken to count for the minute from its time on."
_SERIES: tuple[FileKind, ...] = ("stream", "quarters", "values", "twin")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files to read, and those that are left out."""

    files: list[Found]
    left: list[Left]

    def of(self, *kinds: FileKind) -> list[Found]:
        """Return the files of some kinds; positions are no series."""
        return [f for f in self.files if f.kind in kinds]

    def metrics(self) -> set[str]:
        """Return the metrics that come from streams, which are finer than quarters of an hour."""
        return {STREAMS.get(data_type(f.detail), "") for f in self.of("stream")}

    def groups(self) -> Iterator[tuple[Kind, str, tuple[str, ...], tuple[Found, ...]]]:
        """Yield what would be read, for the plan: kind, name, what was assumed, and the files."""
        groups: dict[tuple[Kind, str], list[Found]] = {}
        for found in self.files:
            what = STREAMS.get(data_type(found.detail), "") or VALUES.get(found.detail, ("",))[0]
            is_series = found.kind in _SERIES and data_type(found.detail) != PLACES
            kind: Kind = "series" if is_series else "activity"
            if found.kind in ("tcx", "places") or data_type(found.detail) == PLACES:
                kind = "track"
            groups.setdefault((kind, what or found.kind), []).append(found)
        for (kind, what), files in groups.items():
            kinds = {found.kind for found in files}
            notes = {"logs": _LOCAL, "twin": _UTC, "values": _MINUTE}
            assumed = tuple(note for name, note in notes.items() if name in kinds)
            name = files[0].member.path if len(files) == 1 else f"{what}: {len(files)} files"
            yield kind, name, assumed, tuple(files)


def choose(source: Source, found: list[Found], options: Options) -> Chosen:
    """Choose between files that repeat each other, and say what is left out and why."""
    streams, left = without_copies([f for f in found if f.kind == "stream"])
    files = list(streams)
    tables = {VALUES[f.detail][0] for f in found if f.kind == "values"}
    has_list = any(f.kind == "exercises" for f in found)
    has_quarters = any(f.kind == "quarters" for f in found)
    has_steps = any(STREAMS.get(data_type(f.detail)) == "steps" for f in streams)
    for f in found:
        reason = ""
        if f.kind == "stream":
            continue
        if f.kind == "twin" and not f.detail:
            reason = "it is not about walking"
        elif f.kind == "twin" and VALUES[f.detail][0] in tables:
            reason = "the tables (CSV) hold the same, with their time zone"
        elif f.kind == "logs" and has_list:
            reason = "the list of exercises (CSV) holds the same, with its time zone"
        elif f.kind == "days":
            same = has_quarters or has_steps
            reason = "finer values are there" if same else "whole days have no device or hour"
        elif f.kind == "values" and not options.everything and f.detail == "beats per minute":
            reason = "every few seconds of a heart rate are read only when all is asked for"
        if reason:
            left.append(Left(f.member.path, reason))
        else:
            files.append(f)
    return Chosen(files, _summed(left, len(source.prefix)))


def _summed(left: list[Left], start: int) -> list[Left]:
    """Name files one by one while they are few, and count them by folder when they are many."""
    groups: dict[tuple[str, str], list[Left]] = {}
    for item in left:
        folder = item.what.rpartition("/")[0]
        groups.setdefault((folder, item.reason), []).append(item)
    out = []
    for (folder, reason), items in groups.items():
        where = folder[start:] or "the download"
        many = [Left(f"{len(items)} files in “{where}”", reason)]
        out += items if len(items) <= 3 else many
    return out
