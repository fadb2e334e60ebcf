"""The JSON document of a gait is complete, plain and never holds NaN."""

import json

import numpy as np
import pytest

from evenstride.errors import MissingExtra, OptionError
from evenstride.model import (
    Bouts,
    Contacts,
    Gait,
    Measure,
    RecordingFacts,
    StepShape,
    Strides,
    Timeline,
    Turns,
    Unused,
)


def gait() -> Gait:
    """Return a gait with one stride of unknown length."""
    one, none = np.array([1.0]), np.zeros(0)
    side, row, nan = np.array([-1], np.int8), np.array([0]), np.array([np.nan])
    return Gait(
        recording=RecordingFacts(
            "arrays", "", "lower back", "trunk", True, True, 1 / 3, 0.0, 60.0, 0.0, 0, ("Said.",)
        ),
        bouts=Bouts(one, one + 9, np.array([18])),
        contacts=Contacts(one, side, one, row),
        strides=Strides(one, one + 1, side, nan, nan, np.array([True]), row),
        turns=Turns(none, none, none),
        measures={"speed_m_s": Measure.absent("m/s", "Your height is not known.")},
        timeline=Timeline(one, one + 1, nan, nan, nan, nan, nan, nan, nan),
        step_shape=StepShape(none, none, none, none, none),
        sides_known=True,
        unused=(Unused(0.0, 1.0, "Standing."),),
    )


def test_document_says_what_is_absent():
    """Absent numbers are null, sides have names, and every part of the design is there."""
    document = json.loads(gait().to_json())

    assert "evenstride/gait/1" == document["schema"]
    assert "left" == document["contacts"][0]["side"]
    assert document["strides"][0]["length_m"] is None
    assert {"start_s": 0.0, "end_s": 1.0, "reason": "Standing."} == document["unused"][0]
    assert "Your height is not known." == document["measures"]["speed_m_s"]["reason"]
    assert ["Said."] == document["recording"]["warnings"]
    assert 0.333333333 == document["recording"]["rate_hz"]


def test_measures_cannot_be_changed():
    """The measures of a gait are read-only."""
    with pytest.raises(TypeError):
        gait().measures["speed_m_s"] = None  # type: ignore[index]


def test_an_absent_measure_is_never_zero():
    """An absent measure has no value, no interval and a reason."""
    absent = Measure.absent("m", "No height.", n=4)

    assert (None, None, None, "not_usable", 4) == (
        absent.value,
        absent.low,
        absent.high,
        absent.grade,
        absent.n,
    )


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OptionError("Too far.", "Go back."), "Too far. Go back."),
        (OptionError("Too far."), "Too far."),
    ],
)
def test_errors_read_as_sentences(error, text):
    """An error reads as its sentence and its hint."""
    assert text == str(error)
    assert "tables" == MissingExtra("Tables", "tables").extra
