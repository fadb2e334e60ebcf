"""A folder of a person's own, and moments to do things at."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evenstride.app.own import own
from evenstride.app.person import tell_me
from evenstride.checkup import check_up
from evenstride.checkup.knowledge import knowledge

ZONE = "Europe/London"


def at(text: str) -> int:
    """Return nanoseconds UTC of a moment such as "2026-06-01 17:30" in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000_000


def calm_answers() -> dict:
    """Return answers to every safety question that worry nobody, for a man of 45."""
    known = knowledge()
    answers = {name: known.findings[name].least_worrying for name in known.first_tier}
    usual = {"age": 45, "sex": "male", "duration_days": 14, "onset": "gradual", "pain_worst": 4}
    answers |= {name: value for name, value in usual.items() if name in known.findings}
    return {name: value for name, value in answers.items() if value is not None}


def check_up_at(home: Path, moment: int) -> None:
    """Keep a check-up that allows walking."""
    found = check_up(calm_answers())
    assert found.may_exercise, found.triage
    with own(home, moment) as mine:
        mine.diary.add_checkup(f"at-{moment}", moment, found)


@pytest.fixture
def home(tmp_path):
    """Return the folder of a person who lives in London."""
    folder = tmp_path / "home"
    tell_me(folder, {"time_zone": ZONE}, now=at("2026-06-01 08:00"))
    return folder
