"""The report of self-experiments, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenstride.trials.power import Noise, needed_walks
from validation.trials import many
from validation.trials.marks import level_at_our_rate, marks, percent, upper
from validation.trials.measure import Study
from validation.trials.simulate import CELLS, PHIS, Cell
from validation.trials.study import EFFECTS, WALKS

__all__ = ["render"]

SDS = (0.8, 1.3, 1.8)
_BANDS_OF = (
    "Effects drawn as the model expects them (normal, sd 1.5), correlations 0, 0.3 and 0.6, with "
    "and without missing walks, at the end of 28 walks.\n"
)


def render(study: Study, made: str) -> str:
    """Return the report.

    Args:
        study: What was measured.
        made: One sentence on where, when and from which commit.
    """
    parts = [
        "# Self-experiments, measured\n",
        f"{made}\n",
        _introduction(study),
        _table(
            ["target", "measured", "asked", "reached"],
            [[*row[:3], "yes" if row.reached else "**no**"] for row in marks(study)],
        ),
        *_cells(study),
        *_calibration(study),
        *_needs(),
        *_sampler(study),
        *_real(study),
        *_many(study),
        *_links(study),
    ]
    return "\n".join(parts) + "\n"


def _introduction(study: Study) -> str:
    return (
        f"{study.trials} simulated trials per cell without an effect and {study.trials // 3} with "
        f"each effect, {WALKS} walks, a look every seven walks, seed {study.seed}. Pain in whole "
        "points, within-person sd 1.3 (assumed), 70 % of the noise AR(1). Trend: two points down. "
        "Carry: 30 % of the effect one walk late. Missing: 15 % of days without a walk, 15 % of "
        "walks without a rating. Floor: mean pain 1.2. Coverage is of the difference on the scale "
        "that is told; at the floor that is less than what was put in, and coverage of the latter "
        "stands beside it.\n"
    )


def _cells(study: Study) -> list[str]:
    level = level_at_our_rate(study)
    return [
        "\n## No difference: how often a winner is named\n",
        _table(
            ["cell", "evenstride (upper end)", "ABAB, Welch p < 0.05", "coverage", "zeros"],
            [_nothing_row(study, cell) for cell in CELLS],
        ),
        f"\n## A difference: how often it is found (paired t at p < {level:.4f})\n",
        "At that level the paired t test names as many false winners as evenstride.\n",
        _table(
            [
                "cell",
                "1 point: ours",
                "paired t",
                "2 points: ours",
                "paired t",
                "coverage 1",
                "coverage 2",
                "of what was put in, 1 / 2",
                "mean 1",
                "mean 2",
            ],
            [_something_row(study, cell, level) for cell in CELLS],
        ),
    ]


def _nothing_row(study: Study, cell: Cell) -> list[str]:
    tally = study.tallies[cell, 0.0]
    share = tally.share("winner")
    return [
        cell.name,
        f"{percent(share)} ({percent(upper(share, study.trials))})",
        percent(tally.rival("abab_p", 0.05)),
        percent(tally.share("covered")),
        percent(float(np.mean(tally.zeros))),
    ]


def _something_row(study: Study, cell: Cell, level: float) -> list[str]:
    one, two = (study.tallies[cell, effect] for effect in EFFECTS[1:])
    return [
        cell.name,
        percent(one.share("right")),
        percent(one.rival("paired_p", level)),
        percent(two.share("right")),
        percent(two.rival("paired_p", level)),
        percent(one.share("covered")),
        percent(two.share("covered")),
        f"{percent(one.share('covered_latent'))} / {percent(two.share('covered_latent'))}",
        f"{one.share('mean'):.2f} of {np.mean(one.truth):.2f}",
        f"{two.share('mean'):.2f} of {np.mean(two.truth):.2f}",
    ]


def _calibration(study: Study) -> list[str]:
    rows = [
        [
            f"{percent(one.low)} to {percent(one.high)}",
            percent(one.said) if one.bands else "-",
            percent(one.true) if one.bands else "-",
            str(one.bands),
        ]
        for one in study.calibration
    ]
    return [
        "\n## Bands: how probable they were said to be, and how often they were true\n",
        _BANDS_OF,
        _table(["said, limits", "said, mean", "true", "bands"], rows),
    ]


def _needs() -> list[str]:
    rows = []
    for sd in SDS:
        for phi in PHIS:
            one, two = (needed_walks(Noise(sd, phi, 28), points) for points in (1.0, 2.0))
            walks = [str(need.walks) if need.walks else "more than 84" for need in (one, two)]
            chances = [percent(need.usual_chance) for need in (one, two)]
            rows.append([f"{sd:g}", f"{phi:g}", walks[0], chances[0], walks[1], chances[1]])
    return [
        "\n## How many walks are said to be needed (one walk a day, 80 % chance)\n",
        _table(
            ["sd", "phi", "1 point: walks", "with 28", "2 points: walks", "with 28"],
            rows,
        ),
    ]


def _sampler(study: Study) -> list[str]:
    rows = [
        [
            one.name,
            f"{one.ours[0]:.2f} ± {one.ours[1]:.2f}",
            f"{one.sampled[0]:.2f} ± {one.sampled[1]:.2f}",
            f"{one.error:.3f}",
        ]
        for one in study.agreements
    ]
    return [
        "\n## Beside a sampler (random-walk Metropolis)\n",
        _table(["data", "ours", "sampled", "Monte Carlo error"], rows),
    ]


def _real(study: Study) -> list[str]:
    title = "\n## Real daily pain under drawn orders: nothing was tried\n"
    if not study.real:
        return [title, "Not measured: the recordings are not in the folder.\n"]
    rows = [
        [
            one.name,
            str(one.days),
            f"{one.sd:.2f}",
            f"{one.likeness:.2f}",
            percent(one.ours),
            percent(one.ours_scaled),
            percent(one.abab),
            str(one.orders),
        ]
        for one in study.real
    ]
    head = ["series", "days", "sd in 28", "lag 1", "ours", "ours, stretched", "ABAB, Welch"]
    return [title, _table([*head, "orders"], rows)]


def _many(study: Study) -> list[str]:
    rows = [
        [
            f"{one.phi:g}",
            f"{one.effect:g}",
            percent(one.found) if one.effect else "-",
            percent(one.any_false),
            str(one.trials),
        ]
        for one in study.many
    ]
    return [
        f"\n## Three factors at once, {many.WALKS} walks, of which at most one acts\n",
        _table(["phi", "effect", "named", "any other named", "trials"], rows),
    ]


def _links(study: Study) -> list[str]:
    rows = [
        [rate.name, percent(rate.any_false), percent(rate.naive), str(rate.diaries)]
        for rate in study.links
    ]
    return [
        "\n## Links looked for in a diary without any\n",
        _table(["diary", "any false link", "plain rank correlation, p < 0.05", "diaries"], rows),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
