"""The picture of a self-experiment: what a look found, walk by walk, and never more than that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.moments import now_utc_ns
from evenstride.app.own import Own, own
from evenstride.app.private import write_private
from evenstride.app.trial.kept import KeptTrial, trial_named
from evenstride.app.trial.walks import result_now, walks_by_id
from evenstride.errors import OptionError
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section

if TYPE_CHECKING:
    from evenstride.trials import TrialResult

__all__ = ["TrialPicture", "trial_picture", "write_picture"]


@dataclass(frozen=True, slots=True)
class TrialPicture:
    """What is drawn of an experiment, for a page.

    Attributes:
        drawing: An SVG that takes its colours from the page.
        walks: The same walks as a table.
    """

    drawing: str
    walks: Section


def trial_picture(
    home: Path | None = None, name: str | None = None, *, now: int | None = None
) -> TrialPicture | None:
    """Return the picture of the latest look of an experiment; None between two looks.

    It takes no look itself: that is for ``show_trial``, which comes first.

    Args:
        home: The person's folder, if not the usual one.
        name: Of the experiment; None: the one that runs, else the newest.
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such experiment.
    """
    from evenstride.report.trial.answer import walks_section
    from evenstride.report.trial.plot import trial_drawing

    with own(home, now or now_utc_ns()) as mine:
        trial = trial_named(mine, name)
        result = result_now(mine, trial, walks_by_id(mine, trial))
        mark = screen_words("diary")["simulated"] if mine.simulated else ""
    if result is None or result.as_assigned is None:
        return None
    return TrialPicture(str(trial_drawing(result, mark)), walks_section(result))


def write_picture(mine: Own, trial: KeptTrial, result: TrialResult | None, path: Path) -> None:
    """Write the picture of an answer as a file that only its owner can read.

    Raises:
        OptionError: If there is no answer to draw.
    """
    from evenstride.report.trial.plot import trial_plot
    from evenstride.trials.design import look_numbers

    if result is None or result.as_assigned is None:
        words = screen_words("trial")["show"]
        look = next((look for look in look_numbers(trial.design) if look > trial.looked), None)
        hint = words["no_plot_hint"].format(look=look) if look and not trial.ending else ""
        raise OptionError(words["no_plot"], hint)
    mark = screen_words("diary")["simulated"] if mine.simulated else ""
    write_private(path, trial_plot(result, mark).encode())
