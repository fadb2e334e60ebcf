"""The document of a routine follows its schema."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from people import KNOWN, check_up, made, pointing_to

SCHEMA = json.loads(
    files("evenstride.plan.routines").joinpath("routine.schema.json").read_text("utf-8")
)
CHECK = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def faults(document):
    """Return what the schema finds wrong."""
    return [error.message for error in CHECK.iter_errors(document)]


@pytest.mark.parametrize("when", ["daily", "before_walk", "after_walk"])
@pytest.mark.parametrize("cause", ["nonspecific", "lumbar_stenosis", "sciatica_disc", "hip_oa"])
def test_every_routine_and_refusal_follows_the_schema(cause, when):
    """Documents are as the schema has them, with nothing more and no less."""
    assert [] == faults(json.loads(made(pointing_to(**{cause: 3}), when=when).to_json()))


def test_every_reason_to_refuse_is_in_the_schema():
    """The reasons of the schema are those with words."""
    assert set(KNOWN.refusals) == set(SCHEMA["$defs"]["Refused"]["properties"]["reason"]["enum"])


def test_the_schema_finds_what_is_wrong():
    """A document without a field, with another one or with a wrong type does not follow it."""
    document = json.loads(made(check_up()).to_json())
    without = {name: value for name, value in document.items() if name != "safety_net"}

    assert faults(without)
    assert faults(document | {"more": 1})
    assert faults(document | {"week": "first"})
