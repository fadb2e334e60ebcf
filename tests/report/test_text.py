"""The summary in the terminal is calm, narrow enough and plain when piped."""

import dataclasses

from evenstride.report.build import walk_report
from evenstride.report.model import Choices
from evenstride.report.text import render_text


def test_it_fits_80_columns(example):
    """No line is wider than the terminal, in any mode."""
    for gait in (example.example_gait(), example.empty_gait()):
        for professional in (False, True):
            text = render_text(walk_report(gait, Choices(professional=professional)), width=80)
            assert max(map(len, text.splitlines())) <= 80


def test_it_is_about_one_screen(gait):
    """A person reads it without scrolling far."""
    assert len(render_text(walk_report(gait)).splitlines()) <= 55


def test_it_is_plain_without_colour(gait):
    """No control code is in the text unless colour is welcome."""
    report = walk_report(gait)

    assert "\x1b" not in render_text(report, color=False)
    assert "\x1b[" in render_text(report, color=True)


def test_it_says_what_matters(gait):
    """Numbers, what is missing, help and limits are all there."""
    text = render_text(walk_report(gait))

    for words in ("111.3 steps/min", "Not measured:", "not a medical device", "numbness"):
        assert words in text
    assert "(--standing)" in text


def test_no_walking_shows_no_table(example):
    """Without walking there is one sentence and the reason."""
    text = render_text(walk_report(example.empty_gait()))

    assert "No walking was found in this recording.\nThe sensor lay still." in text
    assert "Likely range" not in text


def test_a_hostile_name_cannot_steer_the_terminal(example):
    """Control codes in a file name are shown as broken characters."""
    facts = dataclasses.replace(example.FACTS, source="a\x1b[2Jb\u202e.csv", warnings=("\x07",))
    text = render_text(walk_report(example.example_gait(recording=facts)))

    assert text.startswith("a�[2Jb�.csv")
    assert "\x07" not in text
