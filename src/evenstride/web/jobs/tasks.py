"""The long use cases, as functions that a process of their own can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evenstride.app.importing import Progress, Wanted, import_paths, rebuild
from evenstride.app.importing.look import is_one_recording
from evenstride.app.live.finish import finish
from evenstride.app.shown import Shown
from evenstride.app.walk import show_walk
from evenstride.web.jobs.state import Tell

__all__ = ["bring", "finish_walk", "look", "measure_again", "over_all"]


def look(tell: Tell, home: Path | None, paths: Sequence[Path], wanted: Wanted) -> Shown:
    """Say what an import would bring, and keep nothing; one recording alone is brought in."""
    if is_one_recording(paths):
        return bring(tell, home, paths, wanted)
    asked = replace(wanted, dry_run=True, asking=True)
    return import_paths(home, paths, asked, progress=over_all(paths, tell))


def bring(tell: Tell, home: Path | None, paths: Sequence[Path], wanted: Wanted) -> Shown:
    """Import."""
    return import_paths(home, paths, wanted, progress=over_all(paths, tell))


def finish_walk(
    tell: Tell,
    home: Path | None,
    id: str,  # noqa: A002
    told: Mapping[str, str],
    blocks: int,
    without: Sequence[int],
) -> Shown:
    """Make a walk of a recording, and show it; arguments as in ``app.live.finish``."""
    del tell  # it takes seconds
    return show_walk(home, finish(home, id, told, blocks=blocks, without=without).walk)


def measure_again(tell: Tell, home: Path | None) -> Shown:
    """Measure every recording again that this version has not measured yet."""
    return rebuild(home, progress=lambda done: tell(round(done), 0, ""))


def over_all(paths: Sequence[Path], tell: Tell) -> Progress:
    """Return a progress over all paths together; an import tells it of each on its own."""
    whole = sum(_size(path) for path in paths)
    before = last = 0
    current = ""

    def progress(name: str, done: int, total: int) -> None:
        nonlocal before, last, current
        if name != current or done < last:
            before, current = before + last, name
        last = done
        tell(before + done, max(whole, before + total), name)

    return progress


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    return path.stat().st_size if path.is_file() else 0
