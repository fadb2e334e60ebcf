"""Big downloads of a vendor: which of their files to look at, and what to say of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from evenstride.importers.source import Member, Source
from evenstride.model import Left

__all__ = ["folders_of", "likely", "others_left"]

_MOST_LOOKED_AT = 80


def likely(source: Source, endings: tuple[str, ...]) -> list[Member]:
    """Return up to 80 files to look into first, spread over all folders.

    The ending only tells where to look first; what a file is, its content tells. A single file is
    always looked into.
    """
    members = source.members()
    if len(members) > 1:
        members = tuple(m for m in members if m.path.lower().endswith(endings))
    folders: dict[str, list[Member]] = {}
    for member in members:
        folders.setdefault(member.path.rpartition("/")[0], []).append(member)
    each = max(2, _MOST_LOOKED_AT // max(1, len(folders)))
    picked = [m for inside in folders.values() for m in inside[:: -(-len(inside) // each)]]
    return picked[:: max(1, -(-len(picked) // _MOST_LOOKED_AT))]


def folders_of(source: Source, ours: Collection[str]) -> tuple[str, ...]:
    """Return the folders directly in the source that hold files of ours."""
    start = len(source.prefix)
    inside = {path[start:].split("/")[0] for path in ours if "/" in path[start:]}
    return tuple(sorted(inside))


def others_left(source: Source, ours: Collection[str]) -> list[Left]:
    """Say how many other files there are in each folder that holds files of ours."""
    start, folders = len(source.prefix), set(folders_of(source, ours))
    others: Counter[str] = Counter()
    for member in source.members():
        parts = member.path[start:].split("/")
        if member.path not in ours and (len(parts) == 1 or parts[0] in folders):
            others[source.prefix + "/".join(parts[:-1][:3])] += 1
    reason = "there is nothing in them that evenstride needs"
    return [
        Left(f"{count} files in “{folder or source.name}”" if count > 1 else
             f"1 file in “{folder or source.name}”", reason)
        for folder, count in sorted(others.items())
    ]  # fmt: skip
