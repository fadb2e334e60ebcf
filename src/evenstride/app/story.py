"""What the diary holds, looked back on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.planning import lights_of
from evenstride.app.shown import Shown
from evenstride.app.walks import find_walk

__all__ = ["show_changes", "show_history"]

_SHOWN = 14


def show_history(
    home: Path | None = None, *, everything: bool = False, now: int | None = None
) -> Shown:
    """Return the walks with their pain and light; the document has all of them.

    Args:
        home: The person's folder, if not the usual one.
        everything: Show every walk instead of the last ones.
        now: The moment, in nanoseconds UTC.
    """
    from evenstride.report.diary import history_sheet

    with own(home, now or now_utc_ns()) as mine:
        walks, shoes = mine.diary.outings(), mine.diary.shoes()
        lights = lights_of(mine)
        shown = None if everything else _SHOWN
        sheet = history_sheet(walks, lights, shoes, shown=shown)
        document = {
            "schema": "evenstride/history/1",
            "walks": [
                walk.document() | {"light": lights[walk.id].light if walk.id in lights else None}
                for walk in walks
            ],
        }
    return mine.shown(document, sheet)


def show_changes(home: Path | None, walk: str, *, now: int | None = None) -> Shown:
    """Return every change that was made to a walk, also to one that was removed.

    Raises:
        OptionError: If there never was such a walk.
    """
    from evenstride.report.corrections import changes_sheet

    with own(home, now or now_utc_ns()) as mine:
        changes = mine.diary.history("outings", walk)
        if not changes:
            walk = find_walk(mine, walk).id
            changes = mine.diary.history("outings", walk)
        sheet = changes_sheet(walk, changes, mine.person.time_zone)
        document = {"schema": "evenstride/changes/1", "changes": [asdict(one) for one in changes]}
    return mine.shown(document, sheet)
