"""The document of a plan follows its schema, and a calendar of other programs can be trusted."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from validation.plan.people import WALKERS, Walker, check_up_of
from validation.plan.walking import simulate

from evenstride.plan import History, plan

SCHEMA = json.loads(files("evenstride.plan").joinpath("plan.schema.json").read_text("utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def faults(document):
    """Return what the schema finds wrong."""
    return [error.message for error in CHECK.iter_errors(json.loads(document))]


@pytest.mark.parametrize("walker", WALKERS[::3], ids=lambda walker: walker.name)
def test_every_plan_follows_the_schema(walker):
    """Plans of all kinds of people are as the schema has them, with nothing more and no less."""
    assert [] == faults(simulate(walker, 12).last.to_json())


def test_a_refusal_follows_the_schema():
    """Without a check-up the document says why there is no plan."""
    checkup, checked = check_up_of(Walker("x").first, complete=False)
    for given in (None, checkup):
        assert [] == faults(plan(History((), None, checked), given, Walker("x").first).to_json())


def test_the_schema_finds_what_is_wrong():
    """A document without a field, with another one or with a wrong type does not follow it."""
    found = simulate(Walker("x"), 2).last
    document = json.loads(found.to_json())
    without = {name: value for name, value in document.items() if name != "safety_net"}

    assert faults(json.dumps(without))
    assert faults(json.dumps(document | {"more": 1}))
    assert faults(replace(found, steps_goal="many").to_json())
