"""The figures of the check-up as a Markdown section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["marks", "render"]

Result = Mapping[str, Any]

_TITLES = {
    "self_care": "self-care",
    "clinician_soon": "clinician soon",
    "urgent_same_day": "urgent, same day",
    "emergency_now": "emergency now",
}


def marks(result: Result) -> list[tuple[str, str, bool]]:
    """Return every target, what was measured, and whether it is reached."""
    rows, laws, mutation = result["vignettes"]["rows"], result["laws"], result["mutation"]
    pressing = [row for row in rows if row["label"] in ("urgent_same_day", "emergency_now")]
    calm = [row for row in rows if row["label"] == "self_care"]
    specific = [row for row in rows if row["right"] is not None]
    lift = max(row["ordinary_lift"] for row in rows if row["ordinary_lift"] is not None)
    missed, over = sum(row["under"] for row in pressing), sum(row["over"] for row in calm)
    right = sum(row["right"] for row in specific)
    survived = mutation["counts"].get("weaker survived", 0)
    broken = sum(laws["faults"].values())
    return [
        (
            "urgent and emergency cases under-triaged: none",
            f"{missed} of {len(pressing)}",
            missed == 0,
        ),
        (
            "ordinary cases over-triaged: at most 10 %",
            f"{over} of {len(calm)}",
            over <= len(calm) / 10,
        ),
        (
            "right pattern among the top three by lift: at least 90 %",
            f"{right} of {len(specific)}",
            right >= 0.9 * len(specific),
        ),
        ("specific pattern in ordinary pain: lifted less than five times", f"{lift:.1f}", lift < 5),
        (
            "interviews that end with another level or time than all answers would give: none",
            f"{result['interview']['differing']} of {result['interview']['compared']}",
            result["interview"]["differing"] == 0,
        ),
        (f"laws broken by {laws['cases']:,} random answer sets: none", f"{broken}", broken == 0),
        ("weakened rules that no case notices: none", f"{survived}", survived == 0),
        (
            "one check-up: less than 2 ms",
            f"{result['speed']['median_ms']:.2f} ms",
            result["speed"]["median_ms"] < 2,
        ),
    ]


def render(result: Result) -> str:
    """Return the section."""
    known = result["knowledge"]
    lines = [
        "## The check-up",
        "",
        (
            f"Knowledge {known['version']}, SHA-256 {known['hash'][:12]}. No clinician has signed "
            "it off. The development cases were written by the people who wrote the rules: "
            "agreement with them shows consistency, not accuracy. Another set, which we have not "
            "seen, decides."
        ),
        "",
        *_table(
            ["target", "measured", "reached"],
            ([title, value, "yes" if ok else "**no**"] for title, value, ok in marks(result)),
        ),
        "",
        *_vignettes(result["vignettes"]["rows"]),
        *_dropout(result["dropout"]),
        *_stability(result["stability"]),
        *_laws(result["laws"]),
        *_mutation(result["mutation"]),
        *_interview(result["interview"]),
        "### Time",
        "",
        (
            f"One call with every question answered: {result['speed']['median_ms']:.2f} ms "
            f"(median of {result['speed']['calls']}, worst {result['speed']['worst_ms']:.1f} ms)."
        ),
        "",
    ]
    return "\n".join(lines)


def _vignettes(rows: Sequence[Result]) -> list[str]:
    strict = sum(row["above_label"] for row in rows if row["label"] == "self_care")
    specific = [row for row in rows if row["right"] is not None]
    first = sum(row["first"] for row in specific)
    return [
        "### Development cases",
        "",
        *_table(
            ["case", "label", "says", "cause", "first three by lift"],
            (
                [
                    row["id"],
                    _TITLES[row["label"]],
                    _TITLES[row["level"]]
                    + (" (**too low**)" if row["under"] else "")
                    + (" (**too high**)" if row["over"] else ""),
                    row["diagnosis"] + (" (**missed**)" if row["right"] is False else ""),
                    ", ".join(f"{name} {lift:g}" for name, lift, _ in row["top"]) or "not shown",
                ]
                for row in rows
            ),
        ),
        "",
        (
            f"Too low and too high are judged against the levels that a case accepts; {strict} "
            "ordinary cases lie above the single level of their label. An accepted cause comes "
            f"first by lift in {first} of {len(specific)}."
        ),
        "",
    ]


def _dropout(rows: Sequence[Result]) -> list[str]:
    return [
        "### Missing answers",
        "",
        *_table(
            ["answers dropped", "draws", "under-triaged", "not sent for help today"],
            (
                [
                    f"{100 * row['share']:.0f} %",
                    f"{row['draws']:,}",
                    f"{100 * row['missed']:.0f} %",
                    f"{100 * row['not_today']:.0f} %",
                ]
                for row in rows
            ),
        ),
        "",
        (
            "Urgent and emergency cases, answers dropped at random. This is why the interview "
            "cannot end before every safety question is answered."
        ),
        "",
    ]


def _stability(rows: Sequence[Result]) -> list[str]:
    return [
        "### Stability",
        "",
        *_table(
            [
                "changed",
                "same first three",
                "right in the first three",
                "largest specific lift in ordinary pain",
                "bands that move",
                "by at most (bands)",
            ],
            (
                [
                    row["variant"],
                    f"{100 * row['same_top']:.0f} %",
                    f"{100 * row['right']:.0f} %",
                    f"{row['ordinary_lift']:.1f}",
                    f"{100 * row['bands_moved']:.0f} %",
                    str(row["most_steps"]),
                ]
                for row in rows
            ),
        ),
        "",
        (
            "The order by lift cannot depend on priors or tau, except between equal lifts; the "
            "bands do. Bands are those of the first three patterns of each case."
        ),
        "",
    ]


def _laws(laws: Result) -> list[str]:
    levels = ", ".join(f"{_TITLES[k]} {laws['levels'].get(k, 0):,}" for k in _TITLES)
    faults = [f"- {fault}: {n}" for fault, n in sorted(laws["faults"].items())] or ["None broken."]
    return [
        "### Laws",
        "",
        (
            f"{laws['cases']:,} random answer sets with {laws['mean_answers']:.0f} answers on "
            f"average ({levels}; {laws['complete']:,} complete). In each, for four questions "
            'every more worrying answer, "not sure" or nothing in place of a "no", and an answer '
            "in place of nothing; the order of the answers; the document, its days and its JSON; "
            "no percentage; every lift and every matched rule against a second reading of the "
            "files."
        ),
        "",
        *faults,
        "",
    ]


def _mutation(mutation: Result) -> list[str]:
    counts = mutation["counts"]

    def says(kind: str) -> str:
        killed, covered, left = (
            counts.get(f"{kind} {fate}", 0) for fate in ("killed", "covered", "survived")
        )
        total = killed + covered + left
        return f"{total} {kind} rules: {killed} killed, {covered} covered, {left} left"

    return [
        "### Mutants of the rules",
        "",
        (
            f"{mutation['rules']} rules, {mutation['cases']} stated cases. {says('weaker')}. "
            f"{says('wider')}. Killed: a stated case gets another level or other days from the "
            "whole triage. Covered: proved to change nothing for any answers."
        ),
        "",
        "```",
        *mutation["table"],
        "```",
        "",
    ]


def _interview(interview: Result) -> list[str]:
    def row(name: str, one: Result) -> list[str]:
        endings = ", ".join(f"{key} {n}" for key, n in sorted(one["endings"].items()))
        return [
            name,
            f"{one['pages']:.1f} ({one['most_pages']})",
            f"{one['list_pages']:.1f} + {one['question_pages']:.1f} + {one['test_pages']:.1f}",
            f"{one['questions']:.1f}",
            f"{one['taps']:.1f}",
            endings,
        ]

    return [
        "### The interview",
        "",
        (
            f"{interview['first_tier']} safety questions on {interview['screens']} lists, then "
            "what can still change the answer."
        ),
        "",
        *_table(
            [
                f"{interview['people']} people each",
                "pages (most)",
                "lists + questions + home tests",
                "questions",
                'answers with "none of these" as one',
                "endings",
            ],
            [
                row("ordinary back pain", interview["ordinary"]),
                row("anyone", interview["anyone"]),
            ],
        ),
        "",
        (
            "Level and days at the end, against all answers that the person could have given: "
            f"{interview['compared']} compared, {interview['differing']} differ (emergencies, "
            "which end at once, are left out)."
        ),
        "",
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return lines + [f"| {' | '.join(row)} |" for row in rows]
