"""Which files of a folder or archive belong to an export, told by what is in them."""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks.text import as_utf8
from evenstride.model import Left

__all__ = ["Container", "find", "is_export"]

_SIGNS = (b"<!DOCTYPE HealthData", b"<HealthData")
_LOOK_BYTES = 1024
_MOST_FILES = 200  # of the folder itself; an export has about three
_ROUTES = "workout-routes/"
_ASIDE = {
    "electrocardiograms/": ("electrocardiogram", "they are heart traces"),
    "clinical-records/": ("clinical record", "they are papers of a clinic"),
    "attachments/": ("attachment", "they were attached to clinical records"),
}


@dataclass(frozen=True, slots=True)
class Container:
    """The files of one export.

    Attributes:
        exports: The files with the records; mostly one.
        routes: Routes of workouts, by their path below the export, in small letters.
        left: What is not read, summed up by kind.
        files: Paths of all of these.
    """

    exports: tuple[Member, ...]
    routes: dict[str, Member]
    left: tuple[Left, ...]
    files: frozenset[str]


def is_export(head: bytes) -> bool:
    """Tell whether the first bytes of a file are those of an export."""
    return any(sign in as_utf8(head)[:_LOOK_BYTES] for sign in _SIGNS)


def find(source: Source) -> Container | None:
    """Return the files of the export in a source, or in the only folder in it; None if none."""
    branch: Source | None = source
    for _ in range(3):
        if branch is None:
            return None
        files = branch.files()
        if files:
            return _found(branch, files)
        inner = list(branch.children())
        branch = inner[0] if len(inner) == 1 else None
    return None


def _found(branch: Source, files: tuple[Member, ...]) -> Container | None:
    heads = [(m, branch.head(m, 2 * _LOOK_BYTES)) for m in files[:_MOST_FILES]]
    exports = tuple(member for member, head in heads if is_export(head))
    if not exports:
        return None
    start = len(branch.prefix)
    routes: dict[str, Member] = {}
    counts: dict[str, int] = {}
    paths = {member.path for member in exports}
    for member in branch.members():
        below = member.path[start:]
        aside = next((folder for folder in _ASIDE if below.startswith(folder)), None)
        if below.startswith(_ROUTES):
            routes[below.lower()] = member
        elif aside is not None:
            counts[aside] = counts.get(aside, 0) + 1
        else:
            continue
        paths.add(member.path)
    left = []
    for member, head in heads:
        if b"<ClinicalDocument" in as_utf8(head)[:_LOOK_BYTES]:
            paths.add(member.path)
            left.append(Left(member.path, "it is the same again in the form that clinics use"))
    for folder, count in counts.items():
        what, why = _ASIDE[folder]
        left.append(Left(f"{count} {what}{'s' if count > 1 else ''}", why))
    return Container(exports, routes, tuple(left), frozenset(paths))
