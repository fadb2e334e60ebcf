"""Gait -> WalkReport: pure, without a word about the medium."""

from __future__ import annotations

from evenstride.gait import CATALOGUE
from evenstride.model import Gait, RecordingFacts
from evenstride.report import headline, measures, pictures
from evenstride.report.changes import changes, changes_missing
from evenstride.report.measures import Catalogue
from evenstride.report.model import Choices, Fact, WalkReport
from evenstride.report.numbers import duration, gaps_in_words
from evenstride.report.visible import visible
from evenstride.report.words import NEXT_STEPS, NEXT_STEPS_WITHOUT_WALKING, WARNINGS

__all__ = ["walk_report"]


def walk_report(
    gait: Gait, choices: Choices | None = None, *, catalogue: Catalogue = CATALOGUE
) -> WalkReport:
    """Put everything a report says about one recording into words and rounded numbers.

    Args:
        gait: What was found in the recording.
        choices: Units, wording and detail.
        catalogue: What each measure is called and means.
    """
    choices = choices or Choices()
    changed = changes(gait, catalogue, choices)
    missing = changes_missing(gait, catalogue, choices)
    glance, glance_missing = headline.glance(gait, catalogue, choices)
    groups, grades = measures.groups(gait, catalogue, choices)
    plain = {n: m for n, m in gait.measures.items() if not n.endswith(measures.DRIFT)}
    return WalkReport(
        title=visible(gait.recording.source) or "Your walk",
        subtitle=_subtitle(gait.recording, choices),
        headline=headline.headline(gait, catalogue, choices),
        lead=headline.lead(gait, changed, missing, choices),
        glance=glance,
        glance_missing=glance_missing,
        strip=pictures.strip(gait),
        cadence=pictures.cadence_line(gait, choices),
        evenness=pictures.evenness_lines(gait),
        shape=pictures.shape(gait, choices),
        changes=changed,
        changes_missing=missing if len(gait.bouts) else (),
        groups=groups,
        grades=grades,
        absent=measures.absent(plain, catalogue, choices),
        unused=pictures.unused_by_reason(gait),
        facts=_facts(gait),
        notes=tuple(visible(words) for words in gait.recording.warnings),
        next_steps=(
            NEXT_STEPS[choices.professional] if len(gait.bouts) else NEXT_STEPS_WITHOUT_WALKING
        ),
        warnings=WARNINGS,
        choices=choices,
    )


def _subtitle(facts: RecordingFacts, choices: Choices) -> str:
    pieces = [
        choices.started,
        f"{duration(facts.duration_s)} recorded",
        _place(facts),
    ]
    return " · ".join(piece for piece in pieces if piece)


def _place(facts: RecordingFacts) -> str:
    if facts.placement:
        return f"sensor: {facts.placement}"
    if facts.placement_seen == "thigh":
        return "sensor: place not told, seems to be on the thigh"
    return "sensor: place not told"


def _facts(gait: Gait) -> tuple[Fact, ...]:
    facts = gait.recording
    sensors = "acceleration and turning rate" if facts.gyroscope else "acceleration"
    gravity = "included" if facts.gravity_included else "removed before recording"
    return (
        Fact("Kind of file", facts.format),
        Fact("Sensor worn", _place(facts).removeprefix("sensor: ")),
        Fact("Recorded", f"{sensors}, {facts.rate_hz:.4g} times a second"),
        Fact("Length", duration(facts.duration_s)),
        Fact("Missing samples", f"{100 * facts.lost_fraction:.2g} %, {gaps_in_words(facts.gaps)}"),
        Fact("Steadiness of the clock", f"±{1000 * facts.jitter_s:.2g} ms"),
        Fact("Pull of the earth", gravity),
        Fact("Left and right foot", "told apart" if gait.sides_known else "not told apart"),
        Fact("Walking stretches", f"{len(gait.bouts)}{_turns(gait)}"),
    )


def _turns(gait: Gait) -> str:
    if not gait.recording.gyroscope:
        return ", turns not known without a turning rate"
    return f", with {len(gait.turns)} turn{'' if len(gait.turns) == 1 else 's'}"
