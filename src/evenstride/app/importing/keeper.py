"""Takes what the importers yield, and keeps each kind in its place of the diary."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

from evenstride.app.importing.motion import keep_motion
from evenstride.app.importing.tracks import keep_activity, keep_track
from evenstride.app.importing.wanted import Wanted
from evenstride.app.own import Own
from evenstride.diary import Entry as KeptEntry
from evenstride.errors import MissingExtra, RecordingError
from evenstride.importers import Choice, Item, Unread
from evenstride.inventory.plausible import EARLIEST_UTC_NS, impossible
from evenstride.model import Activity, Entry, Left, Recording, Series, Track
from evenstride.report.account import Account, BroughtFile

__all__ = ["Keeper"]

_IMPOSSIBLE = "size or time cannot be true"
_AHEAD_NS = 86_400_000_000_000


class Keeper:
    """Keeps what one file, folder or archive holds.

    Attributes:
        whole: Whether the file is one that need not be read again: without recordings of motion,
            which are told by their own content, and without damage.
        noted: Symptoms and notes that were read.
    """

    def __init__(self, mine: Own, path: Path, wanted: Wanted, account: Account) -> None:
        self.whole = True
        self.noted: list[Entry] = []
        self._mine = mine
        self._path = path
        self._wanted = wanted
        self._account = account

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
            outing = self._motion(found) if found.recordings() else None
            for item in found.importer.read(found.source, plan):
                if not isinstance(item, Recording):
                    self._keep(item, found, outing)
        except (RecordingError, MissingExtra) as error:
            self.whole = False
            return Unread(found.source.prefix + found.source.name, error)
        self._account.files.append(
            BroughtFile(found.source.name, plan.format, found.sniff.reason, "read")
        )
        return None

    def _motion(self, found: Choice) -> str | None:
        """Keep a recording of motion; return the name of its walk, if it is in the diary."""
        self.whole = False
        walk = keep_motion(self._mine, found, self._path, self._wanted)
        if walk is None:
            self._account.leave(Left("1 recording", "no walking was found in it"))
            return None
        self._account.walks.append(walk)
        return walk.outing.id if walk.fate in ("new", "joined", "again") else None

    def _keep(self, item: Item, found: Choice, outing: str | None) -> None:
        """Keep one thing; ``outing`` is the walk that was found by its motion in the same file."""
        dry_run = self._wanted.dry_run
        if isinstance(item, Left):
            self._account.leave(item)
        elif isinstance(item, Series):
            self._series(item)
        elif isinstance(item, Entry):
            self._entry(item)
        elif isinstance(item, Track):
            # What came along with a recording of motion is about its walk, dry or not.
            if outing is None:
                keep_track(self._mine, item, self._account, dry_run=dry_run)
            elif not dry_run and item.start is not None:
                walk = self._mine.diary.outing(outing)
                keep_track(self._mine, item, self._account, outing=walk, dry_run=False)
        elif isinstance(item, Activity):
            name, form = found.source.name, found.plan.format
            keep_activity(self._mine, item, name, form, self._account, dry_run=dry_run)

    def _series(self, series: Series) -> None:
        bad = impossible(series, self._mine.now)
        if bad.any():
            self._account.leave(Left(f"{int(bad.sum())} values of {series.metric}", _IMPOSSIBLE))
            series = series.select(~bad)
        if not len(series):
            return
        new = 0 if self._wanted.dry_run else self._mine.diary.keep_series(series)
        names = (device.name or device.model for device in series.devices)
        self._account.counted(series.metric).add(
            len(series), new, int(series.start_utc_ns.min()), int(series.end_utc_ns.max()), names
        )

    def _entry(self, entry: Entry) -> None:
        """Keep a symptom or note; the same again is the same, whatever clock it is written on."""
        moment = entry.start.utc_ns
        if not EARLIEST_UTC_NS <= moment <= self._mine.now + _AHEAD_NS:
            self._account.leave(Left("1 note", _IMPOSSIBLE))
            return
        told = (entry.what, moment, entry.end_utc_ns, entry.severity, entry.rating, entry.text)
        name = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
        diary = self._mine.diary
        new = not self._wanted.dry_run and not diary.has_entry("symptom", name)
        if new:
            diary.keep_entry(KeptEntry("symptom", name, moment, asdict(entry)))
        self.noted.append(entry)
        device = entry.device.name or entry.device.model
        self._account.symptoms.add(1, int(new), moment, entry.end_utc_ns, (device,))
