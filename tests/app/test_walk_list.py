"""The list of walks, a page at a time, and the lights of some days."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.conftest import at

from evenstride.app.own import own
from evenstride.app.planning import lights_of
from evenstride.app.walk_list import PAGE, list_walks
from evenstride.diary import Diary
from evenstride.model import Measure, Outing, PainRatings
from evenstride.model.day import NS

NOW = at("2026-06-10 18:00")
DAY = 86_400 * NS
MEASURE = Measure(110.0, 109.0, 111.0, "steps/min", "firm", "Long.", 500)

walk_lists = st.lists(
    st.tuples(
        st.integers(0, 40),  # days ago
        st.integers(6, 20),  # hour
        st.sampled_from(["Europe/London", "Pacific/Auckland", "America/Los_Angeles"]),
        st.booleans(),  # measured
        st.one_of(st.none(), st.integers(0, 10)),  # worst pain
    ),
    max_size=70,
)


def kept(home: Path, told) -> list[Outing]:
    """Keep walks, and return them."""
    walks = [
        Outing(
            f"w{number}", NOW - days * DAY - hour * 3600 * NS + number, zone, minutes=20,
            back=PainRatings(worst=worst), measures={"cadence_spm": MEASURE} if measured else {},
        )
        for number, (days, hour, zone, measured, worst) in enumerate(told)
    ]  # fmt: skip
    with Diary.open(home) as diary, diary.together():
        for walk in walks:
            diary.add_outing(walk)
    return walks


def pages(home: Path, which="all"):
    """Return the ids of each page, from the newest to the oldest."""
    until: date | None = None
    while True:
        found = list_walks(home, until, which, now=NOW)
        yield [line.id for month in found.months for line in month.walks]
        if found.older is None:
            return
        assert until is None or found.older < until
        until = found.older


@given(walk_lists, st.sampled_from(["all", "measured", "rated"]))
@settings(max_examples=25, deadline=None)
def test_the_pages_show_each_walk_exactly_once_in_order(told, which):
    """Whatever the days and zones: all pages together are the walks, the newest day first."""
    with TemporaryDirectory() as folder:
        walks = kept(Path(folder) / "home", told)
        shown = list(pages(Path(folder) / "home", which))
    wanted = [
        walk for walk in walks
        if which == "all" or (walk.measures if which == "measured" else walk.back != PainRatings())
    ]  # fmt: skip
    expected = sorted(wanted, key=lambda one: (one.day, one.start_utc_ns, one.id), reverse=True)

    assert [one.id for one in expected] == [id_ for page in shown for id_ in page]
    assert all(len(page) >= PAGE for page in shown[:-1])


@given(walk_lists, st.integers(0, 45), st.integers(0, 20))
@settings(max_examples=20, deadline=None)
def test_lights_of_some_days_are_those_of_all_days(told, ago, more):
    """A walk has the same light whether its page is read or the whole diary."""
    with TemporaryDirectory() as folder:
        kept(Path(folder) / "home", told)
        with own(Path(folder) / "home", NOW) as mine:
            since = mine.today - timedelta(days=ago)
            until = since + timedelta(days=more)
            every, some = lights_of(mine), lights_of(mine, since, until)
            days = {walk.id: walk.day for walk in mine.diary.outings()}

    for id_, day in days.items():
        if since <= day <= until and day <= mine.today:
            assert every[id_] == some[id_]


def test_the_walks_of_one_day_are_not_torn_apart(tmp_path):
    """A page ends with a whole day, also if it then holds more walks than others."""
    kept(tmp_path / "home", [(3, 9, "Europe/London", False, 1)] * (PAGE + 5))
    found = list_walks(tmp_path / "home", now=NOW)

    assert PAGE + 5 == sum(len(month.walks) for month in found.months)
    assert found.older is None


@pytest.mark.parametrize(
    ("walk", "expected"),
    [
        (Outing("a", NOW), ("length not told",)),
        (Outing("a", NOW, minutes=25, distance_m=1900.0), ("25 min", "1.9 km")),
        (Outing("a", NOW, minutes=40, kind="cycling"), ("bike ride", "40 min")),
        (
            Outing("a", NOW, minutes=12, measures={"cadence_spm": MEASURE}),
            ("12 min", "measured"),
        ),
    ],
)
def test_a_line_says_what_is_known_of_a_walk(tmp_path, walk, expected):
    """Length, distance, whether it was a ride and whether it was measured; never a zero."""
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(walk)
    (month,) = list_walks(tmp_path / "home", now=NOW).months

    assert expected == month.walks[0].facts
    assert "Pain not told" == month.walks[0].pain


def test_a_pain_that_was_not_told_is_a_dash_and_never_a_zero(tmp_path):
    """Zero was told, the next morning was not; who hears it hears both."""
    walk = replace(Outing("a", NOW), back=PainRatings(before=0, worst=3))
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(walk)
    line = list_walks(tmp_path / "home", now=NOW).months[0].walks[0]

    assert "Pain 0 → 3 → –" == line.pain
    assert "Pain before 0, at its worst 3, the next morning not told." == line.pain_read
