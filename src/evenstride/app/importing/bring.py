"""Import files, folders and archives: look, keep what is about walking, and give account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenstride.app.engine import engine
from evenstride.app.importing.keeper import Keeper
from evenstride.app.importing.settle import settle
from evenstride.app.importing.wanted import Progress, Wanted
from evenstride.app.moments import now_utc_ns
from evenstride.app.noted import with_concern
from evenstride.app.own import Own, own
from evenstride.app.shown import Shown
from evenstride.diary import Import
from evenstride.errors import MissingExtra, RecordingError, UnknownFile
from evenstride.importers import Source, Unread, survey
from evenstride.model import Entry, Left
from evenstride.report.account import Account, BroughtFile

__all__ = ["import_paths"]

_CHUNK = 1 << 20
_NAMED = 5


def import_paths(
    home: Path | None,
    paths: Sequence[Path],
    wanted: Wanted | None = None,
    *,
    progress: Progress | None = None,
    now: int | None = None,
) -> Shown:
    """Bring files, folders and archives into the diary, or say what that would bring.

    Bringing the same again changes nothing; a longer export of the same phone adds only what is
    new. Every walk and every series is kept whole or not at all, so an import that is stopped can
    be started again.

    Args:
        home: The person's folder, if not the usual one.
        paths: Files, folders or archives.
        wanted: What is asked of the import.
        progress: Told how much was read.
        now: The moment, in nanoseconds UTC.

    Raises:
        EvenstrideError: If a single file cannot be read or kept. Of several, those that cannot are
            left out.
    """
    from evenstride.report.importing import account_sheet

    wanted = wanted or Wanted()
    account, brought = Account(), list[_Brought]()
    with own(home, now or now_utc_ns()) as mine:
        for path in paths:
            try:
                brought.append(_bring(mine, path, wanted, account, progress))
            except (RecordingError, MissingExtra) as error:
                if len(paths) == 1:
                    raise
                account.leave(Left(path.name, str(error)))
        if not wanted.dry_run:
            settle(mine, account, [entry for one in brought for entry in one.noted])
            # Last of all: an import that was stopped before is begun again.
            for one in brought:
                if one.done is not None:
                    mine.diary.keep_import(one.done)
        sheet = account_sheet(
            account, mine.person, mine.now, dry_run=wanted.dry_run, asking=wanted.asking
        )
        if account.symptoms.read and not wanted.dry_run:
            sheet = with_concern(mine, sheet)
    document = {
        "schema": "evenstride/import/1",
        "dry_run": wanted.dry_run,
        **account.document(),
        "engine": engine(),
    }
    return mine.shown(document, sheet)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a file leaves to be done at the end.

    Attributes:
        noted: The symptoms and notes in it.
        done: That it need not be read again; None if it may have to.
    """

    noted: list[Entry]
    done: Import | None = None


def _bring(
    mine: Own, path: Path, wanted: Wanted, account: Account, progress: Progress | None = None
) -> _Brought:
    """Bring one file, folder or archive; arguments as in ``import_paths``.

    Raises:
        EvenstrideError: If nothing in it could be read, or something not be kept.
    """
    source = Source.of(path)
    sha256 = _sha256(path) if path.is_file() else None
    if sha256 is not None and _brought_before(mine, sha256, wanted):
        account.files.append(BroughtFile(path.name, "", "", "again"))
        return _Brought([])
    before, read_before = account.size, account.read
    with _metered(source, path.name, progress) as read:
        keeper = Keeper(mine, path, wanted, account)
        taken = [keeper.take(found) for found in survey(read, wanted.options(mine.person))]
    unread = [one for one in taken if one is not None]
    if len(unread) == 1 and account.size == before:
        raise unread[0].error
    account.leave(*_left(unread))
    if sha256 is None or not keeper.whole:
        return _Brought(keeper.noted)
    document = {**wanted.document(), "engine": engine(), "read": account.read - read_before}
    return _Brought(keeper.noted, Import(sha256, path.name, mine.now, document))


def _left(unread: Sequence[Unread]) -> Iterator[Left]:
    """Yield what could not be read; files that are about something else are told together."""
    others = [one.name for one in unread if isinstance(one.error, UnknownFile)]
    if others:
        some = ", ".join(others[:_NAMED]) + (", ..." if len(others) > _NAMED else "")
        yield Left(f"{len(others)} files", f"they hold no walk that evenstride knows: {some}")
    yield from (one.left for one in unread if not isinstance(one.error, UnknownFile))


def _brought_before(mine: Own, sha256: str, wanted: Wanted) -> bool:
    """Tell whether the same file was brought to its end, and nothing more is asked of it now."""
    done = mine.diary.imported(sha256)
    if done is None or wanted.dry_run or wanted.walk or wanted.start_utc_ns is not None:
        return False
    asked: dict[str, Any] = dict(done.document)
    since, now = asked.get("since"), wanted.document()["since"]
    as_long = since is None or (now is not None and str(now) >= str(since))
    as_much = asked.get("everything") or not wanted.everything
    return asked.get("engine") == engine() and as_long and bool(as_much)


@contextmanager
def _metered(source: Source, name: str, progress: Progress | None) -> Iterator[Source]:
    """Yield the source; while it is read, progress is told."""
    if progress is None:
        yield source
        return
    total, done = source.packed_size(), 0

    def tick(size: int) -> None:
        nonlocal done
        done += size
        progress(name, min(done, total), total)

    yield source.metered(tick)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
