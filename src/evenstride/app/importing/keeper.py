"""Takes what the importers yield, and keeps each kind in its place of the diary."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

from evenstride.app.importing.motion import keep_motion
from evenstride.app.importing.settle import settle
from evenstride.app.importing.tracks import keep_activity, keep_track
from evenstride.app.importing.wanted import Wanted
from evenstride.app.own import Own
from evenstride.diary import Entry as KeptEntry
from evenstride.errors import MissingExtra, RecordingError
from evenstride.importers import Choice, Item, Unread
from evenstride.model import Activity, Entry, Left, Recording, Series, Track
from evenstride.report.account import Account, BroughtFile

__all__ = ["Keeper"]


class Keeper:
    """Keeps what one file, folder or archive holds.

    Attributes:
        whole: Whether the file is one that need not be read again: without recordings of motion,
            which are told by their own content, and without damage.
    """

    def __init__(self, mine: Own, path: Path, wanted: Wanted, account: Account) -> None:
        self.whole = True
        self._mine = mine
        self._path = path
        self._wanted = wanted
        self._account = account
        self._noted: list[Entry] = []

    def take(self, found: Choice | Unread) -> Unread | None:
        """Keep what is in a branch of the file.

        Returns:
            Why nothing of the branch could be used, if so.
        """
        if isinstance(found, Unread):
            return found
        plan = found.plan
        for part in plan.parts:
            self._account.assumptions += part.assumptions
        try:
            if found.recordings():
                self._motion(found)
            else:
                for item in found.importer.read(found.source, plan):
                    self._keep(item, found)
        except (RecordingError, MissingExtra) as error:
            self.whole = False
            return Unread(found.source.prefix + found.source.name, error)
        self._account.files.append(
            BroughtFile(found.source.name, plan.format, found.sniff.reason, "read")
        )
        return None

    def settle(self) -> None:
        """Draw from all of it what the diary needs: steps of days, steps and pain of walks."""
        if not self._wanted.dry_run:
            settle(self._mine, self._account, self._noted)

    def _motion(self, found: Choice) -> None:
        """Keep a recording of motion, and what came along with it in the same file."""
        self.whole = False
        walk = keep_motion(self._mine, found, self._path, self._wanted)
        if walk is None:
            self._account.leave(Left("1 recording", "no walking was found in it"))
            return
        self._account.walks.append(walk)
        kept = walk.fate in ("new", "joined") and not self._wanted.dry_run
        for item in found.importer.read(found.source, found.plan):
            if isinstance(item, Track):
                # Its walk was found by the motion; one without a clock cannot be laid beside it.
                if kept and item.start is not None:
                    outing = self._mine.diary.outing(walk.outing.id)
                    keep_track(self._mine, item, self._account, outing=outing, dry_run=False)
            elif not isinstance(item, Recording):
                self._keep(item, found)

    def _keep(self, item: Item, found: Choice) -> None:
        dry_run = self._wanted.dry_run
        if isinstance(item, Left):
            self._account.leave(item)
        elif isinstance(item, Series):
            self._series(item)
        elif isinstance(item, Entry):
            self._entry(item)
        elif isinstance(item, Track):
            keep_track(self._mine, item, self._account, dry_run=dry_run)
        elif isinstance(item, Activity):
            name, form = found.source.name, found.plan.format
            keep_activity(self._mine, item, name, form, self._account, dry_run=dry_run)

    def _series(self, series: Series) -> None:
        if not len(series):
            return
        new = 0 if self._wanted.dry_run else self._mine.diary.keep_series(series)
        names = (device.name or device.model for device in series.devices)
        self._account.counted(series.metric).add(
            len(series), new, int(series.start_utc_ns.min()), int(series.end_utc_ns.max()), names
        )

    def _entry(self, entry: Entry) -> None:
        """Keep a symptom or note; the same again is the same."""
        document = asdict(entry)
        content = repr(sorted(document.items())).encode()
        kept = KeptEntry(
            "symptom", hashlib.sha256(content).hexdigest()[:32], entry.start.utc_ns, document
        )
        diary = self._mine.diary
        new = not self._wanted.dry_run and not diary.has_entry("symptom", kept.id)
        if new:
            diary.keep_entry(kept)
        self._noted.append(entry)
        name = entry.device.name or entry.device.model
        self._account.symptoms.add(1, int(new), entry.start.utc_ns, entry.end_utc_ns, (name,))
