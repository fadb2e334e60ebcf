"""Where bytes come from: a file, a folder, a zip (also inside a zip), a .gz or bytes in memory.

All look the same from outside: a tree of named members that can be read from the start. Nothing
is ever written to disk. Damage ends a stream early and is told by ``Stream.damage``; it never
raises, because what is whole is kept. Files that were built to do harm raise ``UnsafeFile``.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Self

from evenstride.errors import NotARecording, UnsafeFile
from evenstride.importers.index import MOST_MEMBERS
from evenstride.importers.packed import BytesBlob, Held, Packed, PathBlob, Pieces, Tick, unpack

__all__ = ["Member", "Source", "Stream"]

_HEAD_BYTES = 65_536
_MOST_KEPT_BYTES = 32 << 20
_KEPT_COST = 256  # bytes of memory for each head, besides its own
_JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


class Stream:
    """Reads one member from its start.

    Attributes:
        damage: Why the data ended too early, in plain words, or None so far.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._rest = b""
        self.damage: str | None = None

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; empty at the end."""
        parts, have = [self._rest], len(self._rest)
        while have < size:
            try:
                piece = next(self._pieces)
            except StopIteration as stop:
                self.damage = self.damage or stop.value
                break
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]

    def close(self) -> None:
        """Let go of the file."""
        self._pieces.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the tree.

    Attributes:
        path: Its place in the tree, with "/" between the parts.
        size: Bytes after unpacking, or None when the container does not tell.
    """

    path: str
    size: int | None
    packed: Packed

    @property
    def stem(self) -> str:
        """The last part of the path, without its ending."""
        return PurePosixPath(self.path).stem


@dataclass(slots=True)
class _Heads:
    """First bytes of members, so that many importers can look at them and one inflates them.

    Bounded; it belongs to one opened source and its branches, so it never outlives the files.
    """

    _kept: OrderedDict[int, tuple[Packed, bytes, bool]] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def get(self, packed: Packed, size: int) -> bytes:
        """Return the first ``size`` bytes, or all there are."""
        kept = self._kept.get(id(packed))
        if kept is None or (len(kept[1]) < size and not kept[2]):
            kept = self._read(packed, size)
        else:
            self._kept.move_to_end(id(packed))
        return kept[1][:size]

    def _read(self, packed: Packed, size: int) -> tuple[Packed, bytes, bool]:
        with Stream(packed.pieces(step=max(size, 1))) as stream:  # a look is no progress
            head = stream.read(size)
        kept = (packed, head, len(head) < size)  # the member itself, so that its id stays its own
        if (old := self._kept.pop(id(packed), None)) is not None:
            self._bytes -= len(old[1]) + _KEPT_COST
        self._kept[id(packed)] = kept
        self._bytes += len(head) + _KEPT_COST
        while self._bytes > _MOST_KEPT_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1][1]) + _KEPT_COST
        return kept


@dataclass(frozen=True, slots=True)
class Source:
    """A tree of members, or a branch of one.

    Attributes:
        name: The last part of the path: what a person calls it.
        prefix: Where this branch hangs in the whole tree; "" for the root.
    """

    name: str
    prefix: str
    _members: tuple[Member, ...]
    _tick: Tick | None = None
    _heads: _Heads = field(default_factory=_Heads, compare=False, repr=False)

    @classmethod
    def of(cls, what: str | os.PathLike[str] | bytes | Source, name: str = "") -> Source:
        """Open anything that evenstride can look into.

        Raises:
            NotARecording: If there is no such file or it may not be opened.
            UnsafeFile: If it was built to do harm.
        """
        if isinstance(what, Source):
            return what
        if isinstance(what, bytes):
            return cls._from([Packed(name or "data", BytesBlob(what))], name or "data")
        path = Path(what)
        try:
            if path.is_dir():
                return cls._from(_walk(path), path.name or str(path.resolve().name), folder=True)
            if path.exists() and not path.is_file():
                raise ValueError  # a pipe or a device: reading it may never end
            with path.open("rb"):
                pass
            return cls._from([Packed(path.name, PathBlob(path))], path.name)
        except (OSError, ValueError) as error:
            raise NotARecording(
                f"“{path.name}” cannot be opened ({_why(error)}).",
                "Check the name, and that you may read it.",
            ) from error

    @classmethod
    def _from(cls, packed: Iterable[Packed], name: str, *, folder: bool = False) -> Source:
        members: list[Member] = []
        held = Held()
        for item in packed:
            for inner in unpack(item, held, named=folder):
                if _JUNK.isdisjoint(inner.path.split("/")) and "/._" not in "/" + inner.path:
                    members.append(Member(inner.path, inner.size, inner))
                _check_count(len(members), name)
        return cls(name, "", tuple(sorted(members, key=lambda member: member.path)))

    def members(self) -> tuple[Member, ...]:
        """Return every file below this branch, sorted by path."""
        return self._members

    def files(self) -> tuple[Member, ...]:
        """Return the files that lie directly in this branch, not in a folder below it."""
        start = len(self.prefix)
        return tuple(member for member in self._members if "/" not in member.path[start:])

    def find(self, path: str) -> Member | None:
        """Return the file at ``path`` below this branch, whatever the case of its letters."""
        wanted = (self.prefix + path).lower()
        return next((m for m in self._members if m.path.lower() == wanted), None)

    def children(self) -> Iterator[Source]:
        """Yield the branches one level down: each folder or archive, and each file."""
        groups: dict[str, list[Member]] = {}
        start = len(self.prefix)
        for member in self._members:
            groups.setdefault(member.path[start:].split("/")[0], []).append(member)
        for name, members in groups.items():
            path = self.prefix + name
            inside = tuple(member for member in members if member.path != path)
            if inside:
                yield Source(name, f"{path}/", inside, self._tick, self._heads)
            for member in members:  # an archive may hold a file twice under the same name
                if member.path == path:
                    yield Source(name, self.prefix, (member,), self._tick, self._heads)

    def only(self, member: Member) -> Source:
        """Return the branch that holds this one file."""
        name = member.path.rpartition("/")[2]
        return replace(self, name=name, prefix=member.path[: -len(name)], _members=(member,))

    def without(self, paths: frozenset[str]) -> Source:
        """Return the same branch without the files of these paths."""
        kept = tuple(member for member in self._members if member.path not in paths)
        return replace(self, _members=kept)

    def metered(self, tick: Tick) -> Source:
        """Return the same source; its streams tell ``tick`` how many packed bytes they read.

        Args:
            tick: Called with each piece; what it raises, such as the wish to stop, ends the reading
                and reaches whoever reads.
        """
        return replace(self, _tick=tick)

    def packed_size(self) -> int:
        """Return how many bytes all members take in their containers, as far as that is known."""
        return sum(member.packed.packed_size for member in self._members)

    def open(self, member: Member) -> Stream:
        """Start reading a member from its first byte."""
        return Stream(member.packed.pieces(self._tick))

    def head(self, member: Member, size: int = _HEAD_BYTES) -> bytes:
        """Return the first bytes of a member, at most 64 kB."""
        return self._heads.get(member.packed, min(size, _HEAD_BYTES))


def _walk(root: Path) -> Iterator[Packed]:
    """Yield the files below a folder; links are ignored, as they may lead anywhere."""
    seen = 0
    for folder, _, names in os.walk(root, followlinks=False):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield Packed(path.relative_to(root).as_posix(), PathBlob(path))
                seen += 1
            _check_count(seen, root.name)


def _check_count(files: int, name: str) -> None:
    if files > MOST_MEMBERS:
        raise UnsafeFile(
            f"“{name}” holds more than {MOST_MEMBERS:,} files.",
            "Choose the folder or file with your walks.",
        )


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it does not exist"
    if isinstance(error, PermissionError):
        return "you may not read it"
    if isinstance(error, ValueError):
        return "it is neither a file nor a folder"
    return "the computer could not read it"
