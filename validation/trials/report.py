def upper(share: float, count: int) -> float:
    """Return the upper end of the 95 % interval (Wilson) of a share."""
    z = 1.96
    centre = share + z * z / (2 * count)
    wide = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre + wide) / (1 + z * z / count)


def level_at_our_rate(study: Study) -> float:
    """Return the level at which the paired t test is wrong as often as we are."""
    nothing = [study.tallies[cell, 0.0] for cell in CELLS]
    rate = float(np.mean([tally.share("winner") for tally in nothing]))
    p = np.concatenate([values for tally in nothing for values in tally.paired_p])
    return float(np.quantile(p, rate))


def covered(study: Study, cell: Cell) -> float:
    """Return the share of intervals of one cell that hold the truth, over all effects."""
    return float(np.mean([study.tallies[cell, effect].share("covered") for effect in EFFECTS]))


def marks(study: Study) -> list[Mark]:
    """Return (what, measured, target, reached) of every target that this run can judge."""
    rows: list[Mark] = []
    false = {cell: study.tallies[cell, 0.0].share("winner") for cell in CELLS}
    pooled = float(np.mean(list(false.values())))
    pooled_upper = upper(pooled, study.trials * len(CELLS))
    rows.append(
        (
            "false winners, all cells, upper end",
            _percent(pooled_upper),
            f"<= {_percent(MOST_FALSE)}",
            pooled_upper <= MOST_FALSE,
        )
    )
    if study.trials >= ENOUGH_FOR_A_CELL:
        worst = max(upper(share, study.trials) for share in false.values())
        rows.append(
            (
                "false winners, worst cell, upper end",
                _percent(worst),
                f"<= {_percent(MOST_FALSE)}",
                worst <= MOST_FALSE,
            )
        )
    cover = [covered(study, cell) for cell in CELLS]
    rows.append(
        (
            "coverage, all cells",
            _percent(float(np.mean(cover))),
            f">= {_percent(LEAST_COVERED)}",
            float(np.mean(cover)) >= LEAST_COVERED,
        )
    )
    rows.append(
        (
            "coverage, worst cell",
            _percent(min(cover)),
            f">= {_percent(LEAST_COVERED_IN_A_CELL)}",
            min(cover) >= LEAST_COVERED_IN_A_CELL,
        )
    )
    level = level_at_our_rate(study)
    for effect in EFFECTS[1:]:
        ahead = [
            study.tallies[cell, effect].share("right")
            - study.tallies[cell, effect].rival("paired_p", level)
            for cell in CELLS
        ]
        rows.append(
            (
                f"power minus paired t at {effect:g}, worst cell",
                f"{100 * min(ahead):+.1f} points",
                "> 0",
                min(ahead) > 0,
            )
        )
    for one in study.agreements:
        apart = abs(one.ours[0] - one.sampled[0])
        allowed = CLOSE_MEAN + 2 * one.error
        spread = abs(one.ours[1] - one.sampled[1])
        rows.append(
            (
                f"sampler, {one.name}: apart in mean, sd",
                f"{apart:.2f}, {spread:.2f}",
                f"<= {allowed:.2f}, {CLOSE_SD}",
                apart <= allowed and spread <= CLOSE_SD,
            )
        )
    if study.real:
        for name in ("ours", "ours_scaled"):
            share = float(np.mean([getattr(one, name) for one in study.real]))
            label = "as told" if name == "ours" else "stretched to sd 1.3"
            rows.append(
                (
                    f"real pain {label}, false winners, all series",
                    _percent(share),
                    f"<= {_percent(MOST_FALSE)}",
                    share <= MOST_FALSE,
                )
            )
        worst_series = max(one.ours for one in study.real)
        rows.append(
            (
                "real pain as told, false winners, worst series",
                _percent(worst_series),
                f"<= {_percent(MOST_FALSE)}",
                worst_series <= MOST_FALSE,
            )
        )
    together = [one for one in study.many if one.effect == 0]
    together_upper = upper(
        float(np.mean([one.any_false for one in together])), sum(one.trials for one in together)
    )
    rows.append(
        (
            "three factors at once, any false winner, upper end",
            _percent(together_upper),
            f"<= {_percent(MOST_FALSE)}",
            together_upper <= MOST_FALSE,
        )
    )
    rows.extend(
        (
            f"links, any false one, {rate.name}",
            _percent(rate.any_false),
            f"<= {_percent(MOST_FALSE_LINKS)}",
            rate.any_false <= MOST_FALSE_LINKS,
        )
        for rate in study.links
    )
    if study.trials < ENOUGH_FOR_A_CELL:  # a short run cannot tell the worst from bad luck
        return [row for row in rows if "worst" not in row[0] and "three factors" not in row[0]]
    return rows


def render(study: Study) -> str:
    """Return the section."""
    level = level_at_our_rate(study)
    parts = [
        "## Self-experiments\n",
        _introduction(study),
        _table(
            ["what", "measured", "target", "reached"],
            [[*row[:3], "yes" if row[3] else "**no**"] for row in marks(study)],
        ),
        "\n### No difference: how often a winner is named\n",
        _table(
            ["cell", "evenstride (upper end)", "ABAB, Welch p < 0.05", "coverage", "zeros"],
            [_nothing_row(study, cell) for cell in CELLS],
        ),
        f"\n### A difference: how often it is found (paired t at p < {level:.4f})\n",
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
        "\n### Beside a sampler (random-walk Metropolis)\n",
        _table(
            ["data", "ours", "sampled", "Monte Carlo error"],
            [
                [
                    one.name,
                    f"{one.ours[0]:.2f} ± {one.ours[1]:.2f}",
                    f"{one.sampled[0]:.2f} ± {one.sampled[1]:.2f}",
                    f"{one.error:.3f}",
                ]
                for one in study.agreements
            ],
        ),
    ]
    if study.real:
        parts += [
            "\n### Real daily pain under drawn orders: nothing was tried\n",
            _table(
                [
                    "series",
                    "days",
                    "sd in 28",
                    "lag 1",
                    "ours",
                    "ours, stretched",
                    "ABAB, Welch",
                    "orders",
                ],
                [
                    [
                        one.name,
                        str(one.days),
                        f"{one.sd:.2f}",
                        f"{one.likeness:.2f}",
                        _percent(one.ours),
                        _percent(one.ours_scaled),
                        _percent(one.abab),
                        str(one.orders),
                    ]
                    for one in study.real
                ],
            ),
        ]
    parts += [
        f"\n### Three factors at once, {many.WALKS} walks, of which one acts\n",
        _table(
            ["phi", "effect", "named", "any other named", "trials"],
            [
                [
                    f"{one.phi:g}",
                    f"{one.effect:g}",
                    _percent(one.found) if one.effect else "-",
                    _percent(one.any_false),
                    str(one.trials),
                ]
                for one in study.many
            ],
        ),
    ]
    parts += [
        "\n### Links looked for in a diary without any\n",
        _table(
            ["diary", "any false link", "plain rank correlation, p < 0.05", "diaries"],
            [
                [rate.name, _percent(rate.any_false), _percent(rate.naive), str(rate.diaries)]
                for rate in study.links
            ],
        ),
    ]
    return "\n".join(parts) + "\n"


def _introduction(study: Study) -> str:
    return (
        f"{study.trials} simulated trials per cell and effect, {WALKS} walks, a look every seven "
        f"walks, seed {study.seed}. Pain in whole points, within-person sd 1.3 (assumed), 70 % of "
        "the noise AR(1). Trend: two points down. Carry: 30 % of the effect one walk late. "
        "Missing: 15 % of days without a walk, 15 % of walks without a rating. Floor: mean pain "
        "1.2. Coverage is of the difference on the scale that is told; at the floor that is less "
        "than what was put in, and coverage of the latter stands beside it.\n"
    )


def _nothing_row(study: Study, cell: Cell) -> list[str]:
    tally = study.tallies[cell, 0.0]
    share = tally.share("winner")
    return [
        cell.name,
        f"{_percent(share)} ({_percent(upper(share, study.trials))})",
        _percent(tally.rival("abab_p", 0.05)),
        _percent(tally.share("covered")),
        _percent(float(np.mean(tally.zeros))),
    ]


def _something_row(study: Study, cell: Cell, level: float) -> list[str]:
    one, two = (study.tallies[cell, effect] for effect in EFFECTS[1:])
    return [
        cell.name,
        _percent(one.share("right")),
        _percent(one.rival("paired_p", level)),
        _percent(two.share("right")),
        _percent(two.rival("paired_p", level)),
        _percent(one.share("covered")),
        _percent(two.share("covered")),
        f"{_percent(one.share('covered_latent'))} / {_percent(two.share('covered_latent'))}",
        f"{one.share('mean'):.2f} of {np.mean(one.truth):.2f}",
        f"{two.share('mean'):.2f} of {np.mean(two.truth):.2f}",
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
