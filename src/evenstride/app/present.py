"""Show what was found: in the terminal, or as a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from evenstride.checkup.knowledge.spoken import spoken_day
from evenstride.report.units import UnitSystem
from evenstride.report.visible import visible

if TYPE_CHECKING:
    from evenstride.app.analyse import Analysed
    from evenstride.importers import Inspection
    from evenstride.model import Start
    from evenstride.report.model import WalkReport

__all__ = ["as_html", "as_text", "inspection_as_text", "visible"]


def as_text(
    analysed: Analysed, units: UnitSystem, *, professional: bool, width: int, color: bool
) -> str:
    """Return the summary for a terminal."""
    from evenstride.report.text import render_text

    return render_text(_report(analysed, units, professional), width=width, color=color)


def as_html(analysed: Analysed, units: UnitSystem, *, professional: bool) -> str:
    """Return the self-contained page."""
    from evenstride.report.html import render_html

    return render_html(_report(analysed, units, professional))


def inspection_as_text(inspection: Inspection, *, width: int, color: bool) -> str:
    """Return what was understood of a file, in plain words, for a terminal."""
    from evenstride.report.inspection import render_inspection

    return render_inspection(
        inspection, _started(inspection.start) or "not known", width=width, color=color
    )


def _report(analysed: Analysed, units: UnitSystem, professional: bool) -> WalkReport:
    from evenstride.report.build import walk_report
    from evenstride.report.model import Choices

    choices = Choices(units, professional, _started(analysed.recording.start))
    return walk_report(analysed.gait, choices)


def _started(start: Start | None) -> str:
    """Say when a recording began, on the clock of the place where it was made if that is known."""
    if start is None:
        return ""
    moment = datetime.fromtimestamp(start.utc_ns / 1e9, tz=UTC)
    zone = " UTC"
    if start.utc_offset_min is not None:
        moment += timedelta(minutes=start.utc_offset_min)
        zone = ""
    return f"{spoken_day(moment.date(), 'day_year')}, {moment:%H:%M}{zone}"
