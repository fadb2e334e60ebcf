"""The form of a person shows what it takes, and takes what it shows."""

import pytest
from tests.app.conftest import at

from evenstride.app.person import tell_me
from evenstride.app.person_form import person_form, read_person
from evenstride.errors import OptionError

MORNING = at("2026-06-01 08:00")


def known(home):
    """Return what the diary knows of the person."""
    return tell_me(home, {}, now=MORNING).document


@pytest.mark.parametrize("units", ["metric", "imperial"])
def test_what_was_not_touched_stays_exactly_as_it_was(home, units):
    """What is shown is rounded; to press Keep must not round the person."""
    told = {"height_m": 1.6789, "mass_kg": 71.234, "birth_year": 1965, "units": units}
    tell_me(home, told | {"alias": "Me", "country": "GB"}, now=MORNING)
    before = known(home)
    read_person(home, person_form(home, now=MORNING).texts, now=MORNING)

    assert before == known(home)


def test_what_was_emptied_is_taken_back(home):
    """Nothing has to be told, so all of it can be untold."""
    tell_me(home, {"height_m": 1.7, "mass_kg": 70.0, "birth_year": 1965, "country": "GB"})
    read_person(
        home,
        person_form(home).texts
        | dict.fromkeys(("height_m", "mass_kg", "birth_year", "country"), ""),
    )
    found = known(home)

    assert [None] * 3 == [found[name] for name in ("height_m", "mass_kg", "birth_year")]
    assert "" == found["country"]


def test_lengths_and_masses_are_read_as_people_type_them(home):
    """Feet and pounds, also by who is shown metres."""
    read_person(home, {"height_m": "5ft9", "mass_kg": "150lb", "country": "de"}, now=MORNING)

    assert 1.7526 == pytest.approx(known(home)["height_m"])
    assert 68.04 == pytest.approx(known(home)["mass_kg"], abs=0.01)
    assert "DE" == known(home)["country"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"height_m": "tall"},
        {"height_m": "9"},
        {"mass_kg": "1kg"},
        {"birth_year": "65"},
        {"birth_year": "²⁰²⁰"},
        {"birth_year": "99999999999999999999"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": ""},
        {"units": "cubits"},
        {"country": "Britain"},
        {"alias": "x" * 61},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(home, wrong):
    """Not even what was right beside it."""
    before = known(home)
    with pytest.raises(OptionError):
        read_person(home, {"alias": "New"} | wrong, now=MORNING)

    assert before == known(home)
