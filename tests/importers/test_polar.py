"""Polar archives: two layouts, one clock, and samples that are no JSON."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError
from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.front import scan
from evenstride.importers.polar import PolarArchive
from evenstride.importers.polar.sessions import read_session
from evenstride.importers.registry import recognise
from evenstride.importers.source import Source
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.model import Activity, Left, Series, Track

from .archives import items, polar_day, polar_new, polar_old
from .samples import zipped

READER = PolarArchive()
START_NS = round(datetime(2019, 5, 1, 8, tzinfo=UTC).timestamp()) * 1_000_000_000
SAME = ("latitude_deg", "longitude_deg", "elevation_m", "speed_m_s", "heart_rate_bpm")


KEYS = (
    *("exercises", "startTime", "stopTime", "duration", "sport", "samples", "recordedRoute"),
    *("dateTime", "values", "routes", "route", "wayPoints", "heartRate"),
)


def tracks(found: list[Item]) -> list[Track]:
    """Return the tracks among the items."""
    return [item for item in found if isinstance(item, Track)]


def files() -> dict[str, str | bytes]:
    """Return a small archive."""
    return {
        "training-session-2019-05-01-1.json": json.dumps(polar_old()),
        "activity-2019-05-01-1.json": json.dumps(polar_day(1)),
        "activity-2019-05-02-2.json": json.dumps(polar_day(2, summed=False)),
        "sleep_result_1.json": json.dumps([{"night": "2019-05-01"}]),
        "account-data-1.json": json.dumps({"username": "x"}),
    }


def test_both_layouts_give_the_same_track() -> None:
    """The layout changed over the years; the walk did not."""
    (old,) = tracks(items(READER, json.dumps(polar_old()).encode()))
    (new,) = tracks(items(READER, polar_new().encode()))
    assert old.time_s.tolist() == new.time_s.tolist()
    for name in (*SAME, "cadence_spm"):
        np.testing.assert_allclose(getattr(old, name), getattr(new, name), rtol=1e-9)
    assert old.start == new.start
    assert old.start is not None
    assert (START_NS, 120) == (old.start.utc_ns, old.start.utc_offset_min)
    for track in (old, new):
        assert track.activity is not None
        assert ("walking", 84.0) == (track.activity.sport, track.activity.distance_m)
        assert track.activity.end_utc_ns == START_NS + 60_000_000_000
        assert ("Evening", 91.0) == (track.activity.title, track.activity.heart_rate_bpm)
    assert new.activity is not None
    assert new.activity.device.model == "Polar Vantage M"


def test_values_are_si_and_absent_ones_are_absent() -> None:
    """Speed is in m/s, cadence in steps of both feet; no place in the first seconds; no height."""
    (track,) = tracks(items(READER, polar_new().encode()))
    assert np.isnan(track.latitude_deg[:5]).all()
    assert np.isfinite(track.latitude_deg[5:]).all()
    assert np.isnan(track.elevation_m[:3]).all()
    assert set(track.elevation_m[3:].tolist()) == {183.0}
    np.testing.assert_allclose(track.speed_m_s, 1.4)
    np.testing.assert_allclose(track.cadence_spm, 110.0)
    assert any("one leg" in warning for warning in track.warnings)


def test_a_cadence_of_both_legs_is_taken_as_it_is() -> None:
    """Some watches count both legs."""
    (track,) = tracks(items(READER, json.dumps(polar_old(cadence=112.0)).encode()))
    np.testing.assert_allclose(track.cadence_spm, 112.0)
    assert track.warnings == ()


def test_the_turns_of_pedals_are_no_steps() -> None:
    """A ride has no cadence of feet."""
    (track,) = tracks(items(READER, json.dumps(polar_old("CYCLING")).encode()))
    assert np.isnan(track.cadence_spm).all()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("WALKING", "walking"),
        ("HIKING", "hiking"),
        ("NORDIC_WALKING", "walking"),
        ("TREADMILL_RUNNING", "running"),
        ("ROAD_BIKING", "cycling"),
        ("OTHER_OUTDOOR", "other"),
    ],
)
def test_sports_are_known_by_their_words(told: str, expected: str) -> None:
    """In the older layout the sport is a word."""
    (track,) = tracks(items(READER, json.dumps(polar_old(told)).encode()))
    assert track.activity is not None
    assert track.activity.sport == expected


def test_an_unknown_number_of_a_sport_is_unknown() -> None:
    """A number that nobody has seen with its name is not guessed."""
    (track,) = tracks(items(READER, polar_new("777").encode()))
    assert track.activity is not None
    assert track.activity.sport == "unknown"


def test_a_session_without_samples_is_an_activity() -> None:
    """A walk that was typed in has no track."""
    (item,) = items(READER, json.dumps(polar_old(samples=False)).encode())
    assert isinstance(item, Activity)
    assert (60.0, 84.0, "walking") == (item.moving_s, item.distance_m, item.sport)


def test_several_exercises_are_several_walks() -> None:
    """The sums of the session are those of none of its parts."""
    session = polar_old()
    session["distance"] = 999.0
    second = dict(session["exercises"][0], sport="RUNNING")
    del second["distance"]
    session["exercises"].append(second)
    found = tracks(items(READER, json.dumps(session).encode()))
    shown = [(t.activity.sport, t.activity.distance_m) for t in found if t.activity]
    assert [("walking", 84.0), ("running", None)] == shown


def test_days_are_those_of_the_person() -> None:
    """The file tells no zone: it is that of the person, or of the computer, and this is said."""
    source = Source.of(zipped(files()))
    assert any(ZONE_ASSUMED in p.assumptions for p in READER.plan(source, NO_OPTIONS).parts)
    options = Options(zone="Europe/Berlin")
    assert not any(p.assumptions for p in READER.plan(source, options).parts)
    (series,) = [i for i in items(READER, source, options) if isinstance(i, Series)]
    assert ("steps", [300.0, 300.0]) == (series.metric, series.value.tolist())
    first = round(datetime(2019, 4, 30, 22, tzinfo=UTC).timestamp()) * 1_000_000_000
    assert first == series.start_utc_ns[0]
    assert series.end_utc_ns[0] == series.start_utc_ns[1]


def test_the_front_door_reads_an_archive_also_in_a_folder_of_it() -> None:
    """Sessions and days are read once, what holds no walk is summed up."""
    for prefix in ("", "polar-user-data-export_1/"):
        found = list(scan(zipped({prefix + name: data for name, data in files().items()})))
        assert len(tracks(found)) == 1
        assert sum(isinstance(item, Series) for item in found) == 1
        assert [Left("other files (2)", "they hold no walk")] == [
            item for item in found if isinstance(item, Left)
        ]


def test_it_goes_by_content_not_by_name() -> None:
    """A session is known by its parts; any other JSON is not."""
    source = Source.of(polar_new().encode(), "a.jpg")
    best = recognise(source)
    assert best is not None
    assert best[0].name == "Polar archive"
    for data in (b"", b"{}", b'{"exercises": []}', b"[1, 2]", b"a,b\n1,2\n"):
        assert READER.sniff(Source.of(data)).score == 0


def test_older_sessions_are_left_out_and_counted() -> None:
    """Only what ended after the wanted moment is handed on."""
    options = Options(since_utc_ns=START_NS + 86_400_000_000_000, zone="UTC")
    found = items(READER, zipped(files()), options)
    assert tracks(found) == []
    assert any(isinstance(i, Left) and "1 outing" in i.what for i in found)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(KEYS),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_value_gives_walks_or_a_reason(value: Any) -> None:
    """Whatever a file holds, nothing breaks."""
    for item in read_session(value, "x.json", NO_OPTIONS):
        assert isinstance(item, Track | Activity | Left)


def test_any_value_in_the_place_of_another_gives_walks_or_a_reason() -> None:
    """Each part of a real session may be missing or wrong."""
    dice = random.Random(5)
    for text in (json.dumps(polar_old()), polar_new()):
        for _ in range(80):
            value = json.loads(text)
            at = value
            while True:
                key = dice.choice(list(at) if isinstance(at, dict) else range(len(at)))
                inner = at[key]
                if not isinstance(inner, dict | list) or not inner or dice.random() < 0.2:
                    at[key] = dice.choice([None, "", -1, 1e300, [], {}, "x", True, [{}], [[]]])
                    break
                at = inner
            for item in read_session(value, "x.json", NO_OPTIONS):
                if isinstance(item, Track):
                    assert bool(np.all(np.diff(item.time_s) > 0))


def test_damage_never_breaks_it() -> None:
    """A changed archive gives what can be read, or one clear error."""
    dice = random.Random(6)
    data = zipped(files())
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 10, 100))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        cut = bytes(damaged[: dice.randrange(len(damaged) // 2, len(damaged))])
        with suppress(EvenstrideError):
            assert all(item.reason for item in scan(cut) if isinstance(item, Left))


def test_one_late_sample_does_not_make_a_walk_long() -> None:
    """A place whose clock text is hours late is left out, and it is said."""
    session = polar_old()
    route = session["exercises"][0]["samples"]["recordedRoute"]
    route[7]["dateTime"] = route[7]["dateTime"].replace("T10:", "T19:")
    (track,) = tracks(items(READER, json.dumps(session).encode()))
    assert 60 >= track.time_s.max()
    assert any("far from those around" in said for said in track.warnings)
