"""Exports of phones and watches come into the diary once, whole, and with an account."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import at, check_up_at
from tests.importers.apple_health.exports import (
    T0_S,
    WATCH,
    C,
    Q,
    Record,
    export,
    gpx,
    metadatum,
    route_of,
    statistic,
    workout,
    zipped,
)
from tests.importers.fit.write import join, walk

import evenstride as es
from evenstride.app.importing import Wanted, import_paths
from evenstride.app.importing.watch import settled_files, watch
from evenstride.app.own import own
from evenstride.app.told import Told
from evenstride.app.walks import log_walk, remove_walk
from evenstride.errors import EvenstrideError, OptionError, RecordingError
from evenstride.model import PainRatings
from evenstride.model.day import NS

NOW = at("2026-06-10 18:00")
BEGUN = T0_S * NS
MINUTE = 60 * NS
DISTANCE = statistic("DistanceWalkingRunning", 'sum="3.2" unit="km"')
STEPS = statistic("StepCount", 'sum="4321" unit="count"')


def put(folder, data, name="export.zip"):
    """Write a file."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def bring(home, *paths, **wanted):
    """Import, and return the document."""
    return import_paths(home, paths, Wanted(**wanted), now=NOW).document


def walks_of(home):
    """Return the walks in the diary."""
    with own(home, NOW) as mine:
        return mine.diary.outings()


def counted(minutes, steps, **more):
    """Return a record of steps."""
    return Record(at=60.0 * minutes, lasts=60.0, value=str(steps), **more)


WATCHED = {"source": "Sam’s Watch", "device": WATCH}


def test_steps_of_phone_and_watch_count_once(home, tmp_path):
    """Where the watch counted, the phone adds nothing; the days have their steps."""
    records = [counted(n, 100) for n in range(10)] + [counted(n, 110, **WATCHED) for n in range(5)]
    found = bring(home, put(tmp_path / "in", export(*records)))

    assert {"read": 15, "new": 15} == {k: found["series"]["steps"][k] for k in ("read", "new")}
    with own(home, NOW) as mine:
        assert {date(2023, 11, 14): 5 * 110 + 5 * 100} == mine.diary.day_steps()


def test_a_longer_export_adds_only_what_is_new(home, tmp_path):
    """The second export of the same phone holds the first, and a minute more."""
    bring(home, put(tmp_path / "in", export(*(counted(n, 100) for n in range(10))), "a.zip"))
    found = bring(
        home, put(tmp_path / "in", export(*(counted(n, 100) for n in range(11))), "b.zip")
    )

    assert (11, 1) == (found["series"]["steps"]["read"], found["series"]["steps"]["new"])
    with own(home, NOW) as mine:
        assert {date(2023, 11, 14): 1100} == mine.diary.day_steps()


def test_the_same_file_again_is_not_read_again(home, tmp_path):
    """It says so, and nothing changes; asked for more than before, it is read."""
    path = put(tmp_path / "in", export(counted(0, 100), workout(inside=DISTANCE)))
    bring(home, path, since=date(2023, 1, 1))
    before = walks_of(home)
    again = bring(home, path, since=date(2023, 6, 1))
    more = bring(home, path)

    assert ["again"] == [one["what"] for one in again["files"]]
    assert ["read"] == [one["what"] for one in more["files"]]
    assert 0 == more["series"]["steps"]["new"]
    assert before == walks_of(home)


def test_a_dry_run_tells_what_there_is_and_keeps_nothing(home, tmp_path):
    """How many, from which days, by which devices."""
    path = put(tmp_path / "in", export(counted(0, 100), workout(inside=DISTANCE)))
    found = bring(home, path, dry_run=True)

    steps = found["series"]["steps"]
    assert (1, 0, BEGUN, ["Sam's iPhone"]) == (
        steps["read"],
        steps["new"],
        steps["first_utc_ns"],
        steps["devices"],
    )
    assert [3200.0] == [one["walk"]["distance_m"] for one in found["walks"]]
    assert () == walks_of(home)
    with own(home, NOW) as mine:
        assert {} == mine.diary.series_stock()


def test_back_pain_that_was_noted_in_the_phone_is_in_the_diary(home, tmp_path):
    """As the word that was chosen, never as a number; the same again is the same."""
    pain = Record(C + "LowerBackPain", "HKCategoryValueSeverityModerate", None)
    first = bring(home, put(tmp_path / "in", export(pain), "a.zip"))
    bring(home, put(tmp_path / "in", export(pain, counted(0, 1)), "b.zip"))

    assert (1, 1) == (first["symptoms"]["read"], first["symptoms"]["new"])
    with own(home, NOW) as mine:
        (kept,) = mine.diary.entries("symptom")
    assert ("back_pain", "moderate", None) == tuple(
        kept.document[name] for name in ("what", "severity", "rating")
    )


def test_a_workout_becomes_a_walk_with_what_it_says(home, tmp_path):
    """Its minutes are those without pauses; a ride is no walk, and said."""
    inside = DISTANCE + STEPS
    pieces = workout(inside=inside), workout(9000, kind="Cycling")
    found = bring(home, put(tmp_path / "in", export(*pieces)))

    (outing,) = walks_of(home)
    assert (BEGUN, 41.0, 3200.0, 4321) == (
        outing.start_utc_ns,
        outing.minutes,
        outing.distance_m,
        outing.steps,
    )
    assert [("1 activity", "not walked, but a ride, a run or another sport")] == [
        (one["what"], one["reason"]) for one in found["left"] if "activit" in one["what"]
    ]


def test_a_walk_without_counted_steps_takes_those_of_its_minutes(home, tmp_path):
    """And their distance: the phone counted both beside the workout."""
    records = [counted(n, 100) for n in range(-10, 60)]
    metres = [counted(n, 0.07, kind=Q + "DistanceWalkingRunning", unit="km") for n in range(60)]
    bring(home, put(tmp_path / "in", export(*records, *metres, workout())))

    (outing,) = walks_of(home)
    assert 42 * 100 == outing.steps  # also in the minute of the pause
    assert 42 * 70 == pytest.approx(outing.distance_m)


def test_one_walk_of_several_devices_is_one_walk(home, tmp_path):
    """A noted walk, a workout with its route: one walk with two accounts and one number each."""
    told = Told(start_utc_ns=BEGUN + 5 * MINUTE, minutes=30, back=PainRatings(worst=4))
    log_walk(home, told, now=NOW)
    inside = DISTANCE + metadatum("HKTimeZone", "Europe/Berlin") + route_of("route.gpx")
    files = {
        "e/export.xml": export(workout(inside=inside)),
        "e/workout-routes/route.gpx": gpx(2400),
    }
    found = bring(home, put(tmp_path / "in", zipped(files)))

    (outing,) = walks_of(home)
    assert ["joined"] == [one["what"] for one in found["walks"]]
    assert (30, 3200.0, 4) == (outing.minutes, outing.distance_m, outing.back.worst)
    assert 25 < outing.measures["distance_m"].value < 1800
    with own(home, NOW) as mine:
        (stream,) = mine.diary.streams(outing.id)
        assert ("track", "Europe/Berlin") == (stream.kind, stream.activity.start.zone)
        with mine.diary.open_recording(stream.recording) as file:
            (track,) = es.scan(file.read())
    assert 2400 == len(track)


def test_a_watch_and_an_archive_tell_of_the_same_walk_once(home, tmp_path):
    """The FIT file of the watch and the workout in the phone are two accounts of one walk."""
    path = put(tmp_path / "in", join(walk(2400)), "walk.fit")
    (track,) = (item for item in es.scan(path) if isinstance(item, es.Track))
    at_s = track.start.utc_ns / NS - T0_S
    bring(home, put(tmp_path / "in", export(workout(at_s, inside=DISTANCE))), path)

    (outing,) = walks_of(home)
    with own(home, NOW) as mine:
        assert {"activity", "track"} == {one.kind for one in mine.diary.streams(outing.id)}


def test_a_walk_that_was_removed_does_not_come_back(home, tmp_path):
    """The next export says that it was left out."""
    path = put(tmp_path / "in", export(workout(inside=DISTANCE)))
    bring(home, path)
    remove_walk(home, "last", now=NOW)
    found = bring(
        home, put(tmp_path / "in", export(workout(inside=DISTANCE), counted(0, 1)), "b.zip")
    )

    assert () == walks_of(home)
    assert ["removed"] == [one["what"] for one in found["walks"]]


def test_what_was_told_of_a_walk_stays(home, tmp_path):
    """A later account never writes over what the person said."""
    bring(home, put(tmp_path / "in", export(workout()), "a.zip"))
    log_walk(home, Told(minutes=38, steps=None), walk="last", now=NOW)
    again = export(workout(inside=DISTANCE, attributes=' x="1"').replace("Sam’s Watch", "Phone"))
    bring(home, put(tmp_path / "in", again, "b.zip"))

    (outing,) = walks_of(home)
    assert (38, 3200.0) == (outing.minutes, outing.distance_m)


def test_several_files_are_brought_together_and_one_bad_one_stops_nothing(home, tmp_path):
    """Each is named; what cannot be read is left out with the reason."""
    good = put(tmp_path / "in", export(counted(0, 100)))
    bad = put(tmp_path / "in", b"nothing", "letter.txt")
    found = bring(home, bad, good)

    assert 1 == found["read"]
    assert ["letter.txt"] == [one["what"] for one in found["left"] if "letter" in one["what"]]
    with pytest.raises(RecordingError):
        bring(home, bad)


def test_a_folder_of_everything_is_brought_at_once(home, tmp_path):
    """Files of several kinds and an archive lie side by side."""
    folder = tmp_path / "in"
    put(folder, export(counted(0, 100)), "health.xml")
    put(folder, gpx(1200, 86_400.0), "walk.gpx")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("a/walk.gpx", gpx(1200, 3 * 86_400.0))
    found = bring(home, folder)

    assert {"Apple Health", "GPX"} == {one["format"] for one in found["files"]}
    assert 2 == len(walks_of(home))


def test_height_is_taken_over_where_it_was_not_told(home, tmp_path):
    """It gives speed and step length; what the person told is never replaced."""
    height = Record(Q + "Height", "178", "cm")
    found = bring(home, put(tmp_path / "in", export(height)))

    assert {"height_m": 1.78} == found["facts"]
    with own(home, NOW) as mine:
        assert 1.78 == mine.person.height_m
    assert {} == bring(home, put(tmp_path / "in", export(height, counted(0, 1)), "b.zip"))["facts"]


class Enough(Exception):  # noqa: N818 - it is no error
    """The wish to stop."""


def test_an_import_that_is_stopped_can_be_started_again(home, tmp_path):
    """What it kept is whole, and the second time ends as if nothing had happened."""
    records = [counted(n, 100) for n in range(20_000)]
    path = put(tmp_path / "in", zipped({"export.xml": export(*records)}))

    def stop(name, done, total):
        assert (path.name, True) == (name, 0 < done <= total)
        raise Enough

    with pytest.raises(Enough):
        import_paths(home, [path], now=NOW, progress=stop)
    found = bring(home, path)

    assert 20_000 == found["series"]["steps"]["read"]
    with own(home, NOW) as mine:
        assert {"steps": 20_000} == mine.diary.series_stock()


def test_progress_goes_up_to_the_size_of_the_file(home, tmp_path):
    """In bytes as they lie on the disk."""
    path = put(tmp_path / "in", zipped({"e.xml": export(*(counted(n, 1) for n in range(3000)))}))
    seen = []
    import_paths(home, [path], now=NOW, progress=lambda _, done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 0.9 * path.stat().st_size


def test_a_watched_folder_brings_what_appears_in_it(home, tmp_path):
    """Once it stands still; what cannot be read is told once, and not tried again."""
    folder = tmp_path / "in"
    put(folder, export(counted(0, 100)), "a.xml")
    put(folder, b"nothing", "letter.txt")
    looks = []

    def wait(_):
        looks.append(1)
        if len(looks) == 2:
            put(folder, export(counted(5, 100)), "b.xml")
        if len(looks) == 5:
            raise Enough

    with pytest.raises(Enough):
        list(watch(home, folder, wait=wait))
    with own(home, NOW) as mine:
        assert {"steps": 2} == mine.diary.series_stock()


def test_the_watch_tells_what_it_did(home, tmp_path):
    """An account for each file, an error for one that cannot be read."""
    folder = tmp_path / "in"
    put(folder, export(counted(0, 100)), "a.xml")
    put(folder, b"nothing", "letter.txt")
    watching = watch(home, folder, wait=lambda _: None)

    found = [next(watching), next(watching)]
    assert {True, False} == {isinstance(one, EvenstrideError) for one in found}
    with pytest.raises(OptionError, match="not a folder"):
        next(watch(home, folder / "a.xml"))


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_a_file_is_taken_only_when_it_stands_still(now):
    """And once, until it changes."""
    assert [] == settled_files({}, now, {})
    still = settled_files(now, now, {})
    assert {path for path, (size, _) in now.items() if size} == set(still)
    assert [] == settled_files(now, now, {path: now[path] for path in still})


def test_a_sensor_logger_walk_brings_its_track_and_its_pain_along(home, tmp_path):
    """Motion, positions and the numbers typed on the way are one walk."""
    from tests.importers import samples

    files = samples.sensor_logger(samples.Walk(60.0))
    first_ns = int(files["Gyroscope.csv"].splitlines()[1].split(",")[0])
    files["Annotation.csv"] = (
        "time,seconds_elapsed,text,millisecond_press_duration\n"
        f"{first_ns + 20 * NS},20.0,6,\n{first_ns + 40 * NS},40.0,3,\n"
    )
    bring(home, put(tmp_path / "in", samples.zipped(files)))

    (outing,) = walks_of(home)
    assert 6 == outing.back.worst
    assert outing.recording is not None
    with own(home, NOW) as mine:
        assert {"motion", "track"} >= {one.kind for one in mine.diary.streams(outing.id)}


def test_a_walk_that_an_app_exported_twice_is_one_walk(home, tmp_path):
    """The bytes of the zip differ, the walk does not; nothing more is kept."""
    from tests.importers import samples

    files = samples.sensor_logger(samples.Walk(60.0))
    bring(home, put(tmp_path / "in", samples.zipped(files), "a.zip"))
    found = bring(home, put(tmp_path / "in", samples.zipped(files | {"Note.txt": "x"}), "b.zip"))

    assert ["again"] == [one["what"] for one in found["walks"]]
    with own(home, NOW) as mine:
        motion = [one for one in mine.diary.recordings() if one.format == "Sensor Logger"]
    assert 1 == len(motion)


def test_a_walk_is_taken_from_a_phone_in_the_own_network(home):
    """As the app exports it; no other address is asked."""
    from tests.importers import samples
    from tests.importers.fake_phone import FakePhone, listening

    from evenstride.app.importing import import_phone

    phone = FakePhone(samples.Walk(60.0))
    phone.exported = samples.zipped(samples.phyphox(samples.Walk(60.0)))
    with listening(phone) as address:
        found = import_phone(home, address, now=NOW).document

    assert ["new"] == [one["what"] for one in found["walks"]]
    with pytest.raises(OptionError, match="not in your own network"):
        import_phone(home, "http://example.org:8080", now=NOW)


def test_the_walk_looked_at_closely_joins_motion_and_track(home, tmp_path):
    """Its time line, its accounts and its ground, from what was kept."""
    from tests.importers import samples

    from evenstride.app.walk import show_ground, show_walk

    assert "No walk with a time line" in show_ground(home, now=NOW).sheet.headline
    files = samples.sensor_logger(samples.Walk(120.0))
    bring(home, put(tmp_path / "in", samples.zipped(files)))
    shown = show_walk(home, now=NOW)

    document = shown.document
    assert "evenstride/outing/1" == document["schema"]
    assert 12 == len(document["timeline"])
    assert "motion" in {one["kind"] for one in document["accounts"]}
    assert "1 walk" not in shown.sheet.headline
    assert 1 == show_ground(home, now=NOW).document["walks"]


def test_two_sensors_on_one_walk_are_one_walk(home, tmp_path):
    """The second stands beside the first, whose numbers stay; minutes count once."""
    from tests.importers import samples

    first = samples.sensor_logger(samples.Walk(120.0))
    second = samples.phyphox(samples.Walk(118.0))
    bring(home, put(tmp_path / "in", samples.zipped(first), "a.zip"))
    (before,) = walks_of(home)
    found = bring(home, put(tmp_path / "in", samples.zipped(second), "b.zip"))

    assert ["joined"] == [one["what"] for one in found["walks"]]
    assert (before,) == walks_of(home)
    with own(home, NOW) as mine:
        assert 2 == sum(one.kind == "motion" for one in mine.diary.streams(before.id))


def diary_of(home):
    """Return what an import leaves: walks, days and counts, without names of the moment."""
    with own(home, NOW) as mine:
        walks = [
            (w.start_utc_ns, w.minutes, w.steps, w.distance_m, w.hills, w.shoe, w.back.worst)
            for w in mine.diary.outings()
        ]
        return walks, mine.diary.day_steps(), mine.diary.series_stock()


def everything():
    """Return an export with steps, a pause, a walk with its route, and pain."""
    records = [counted(n, 100) for n in range(-10, 60)]
    pain = Record(C + "LowerBackPain", "HKCategoryValueSeverityModerate", None)
    return zipped(
        {
            "e/export.xml": export(*records, pain, workout(inside=DISTANCE + route_of("r.gpx"))),
            "e/workout-routes/r.gpx": gpx(2400),
        }
    )


@pytest.mark.parametrize("place", ["settle", "_with_ground_and_shoe", "join"])
def test_an_import_that_was_stopped_anywhere_ends_as_one_that_was_not(
    home, tmp_path, monkeypatch, place
):
    """What follows from an import is drawn from the diary, not from what was new."""
    path = put(tmp_path / "in", everything())
    bring(tmp_path / "straight", path)

    def stop(*_):
        raise Enough

    module = {"settle": "bring"}.get(place, "tracks")
    monkeypatch.setattr(f"evenstride.app.importing.{module}.{place}", stop)
    with pytest.raises(Enough):
        bring(home, path)
    monkeypatch.undo()
    bring(home, path)

    assert diary_of(tmp_path / "straight")[1:] == diary_of(home)[1:]
    assert [w[1:] for w in diary_of(tmp_path / "straight")[0]] == [w[1:] for w in diary_of(home)[0]]


def test_the_order_of_files_does_not_change_the_diary(tmp_path):
    """A route, the workout and the counts of a phone: one walk with the same numbers."""
    files = [
        put(tmp_path / "in", gpx(2400), "route.gpx"),
        put(tmp_path / "in", export(*(counted(n, 100) for n in range(-10, 60))), "counts.xml"),
        put(tmp_path / "in", export(workout(inside=DISTANCE)), "workout.xml"),
    ]
    found = []
    for number, order in enumerate([(0, 1, 2), (2, 1, 0), (1, 2, 0)]):
        for at_ in order:
            bring(tmp_path / f"home{number}", files[at_])
        found.append(diary_of(tmp_path / f"home{number}"))

    assert found[0][1:] == found[1][1:] == found[2][1:]
    assert [1, 1, 1] == [len(walks) for walks, *_ in found]
    assert 1 == len({walks[0][1:4] for walks, *_ in found})


def test_one_absurd_value_costs_itself_only(home, tmp_path):
    """A count of 1e20 steps, one below zero, and a walk of 1970 are left out and said."""
    records = [counted(0, 100), counted(5, "1e20"), counted(6, -5)]
    ages_ago = workout(-T0_S + 86_400.0, inside=DISTANCE)
    path = put(tmp_path / "in", export(*records, ages_ago, workout(inside=DISTANCE)))
    found = bring(home, path)

    assert {date(2023, 11, 14): 100} == diary_of(home)[1]
    assert 1 == len(walks_of(home))
    assert any("steps" in one["what"] for one in found["left"])


def test_a_map_that_cannot_be_read_costs_no_walk(home, tmp_path):
    """It is said, and the ground is told without it."""
    (home / "maps").mkdir(parents=True)
    (home / "maps" / "bad.osm.pbf").write_bytes(b"\0" * 500)
    found = bring(home, put(tmp_path / "in", gpx(2400), "walk.gpx"))

    assert 1 == len(walks_of(home))
    assert "were not used" in found["warnings"][0]


def test_a_walk_that_is_yet_to_come_is_left_out(home, tmp_path):
    """Else it would be the newest walk, and take the ratings of today's."""
    ahead = (NOW // NS) - T0_S + 86_400 * 30
    found = bring(home, put(tmp_path / "in", export(workout(ahead, inside=DISTANCE))))

    assert () == walks_of(home)
    assert any("yet to come" in one["reason"] for one in found["left"])


def test_a_walk_that_was_removed_stays_out_from_every_source(home, tmp_path):
    """The workout of a walk whose route was removed does not bring it back."""
    bring(home, put(tmp_path / "in", gpx(2400), "walk.gpx"))
    remove_walk(home, "last", now=NOW)
    found = bring(home, put(tmp_path / "in", export(workout(inside=DISTANCE))))

    assert ["removed"] == [one["what"] for one in found["walks"]]
    assert () == walks_of(home)


def test_a_symptom_is_the_same_on_another_clock(home, tmp_path):
    """An export in summer writes other offsets on the same moments than one in winter."""
    for offset_min, name in ((60, "a.xml"), (120, "b.xml")):
        pain = Record(
            C + "LowerBackPain", "HKCategoryValueSeverityMild", None, offset_min=offset_min
        )
        found = bring(home, put(tmp_path / "in", export(pain), name))

    assert (1, 0) == (found["symptoms"]["read"], found["symptoms"]["new"])


def test_pain_typed_along_the_way_asks_for_a_check_up_as_if_it_was_logged(home, tmp_path):
    """A nine in the notes of a recording of today makes the walk red."""
    from tests.importers import samples

    begun = (NOW - 60 * MINUTE) // NS
    first_s = samples.T0
    files = samples.sensor_logger(samples.Walk(60.0))
    late = int(begun - first_s) * NS
    moved = {
        name: "\n".join(
            [text.splitlines()[0]]
            + [
                ",".join([str(int(line.split(",")[0]) + late), *line.split(",")[1:]])
                for line in text.splitlines()[1:]
            ]
        )
        if name != "Metadata.csv" and text.startswith("time,")
        else text
        for name, text in files.items()
    }
    first_ns = int(moved["Gyroscope.csv"].splitlines()[1].split(",")[0])
    moved["Annotation.csv"] = (
        f"time,seconds_elapsed,text,millisecond_press_duration\n{first_ns + 20 * NS},20.0,9,\n"
    )
    check_up_at(home, NOW - 5 * 24 * 60 * MINUTE)
    found = import_paths(home, [put(tmp_path / "in", samples.zipped(moved))], now=NOW)

    assert 9 == walks_of(home)[0].back.worst
    assert found.document["red"]
    assert "check-up again" in found.as_text(width=80, color=False)


def test_notes_of_a_recording_without_walking_are_kept(home, tmp_path):
    """In a folder of many files, too."""
    from tests.importers import samples

    files = samples.sensor_logger(samples.Walk(60.0))
    still = {
        name: "\n".join([text.splitlines()[0], *[
            ",".join([*line.split(",")[:2], "0.01", "0.01", "0.01"])
            for line in text.splitlines()[1:]
        ]])
        if name in ("Accelerometer.csv", "Gyroscope.csv") else text
        for name, text in files.items()
    }  # fmt: skip
    first_ns = int(files["Gyroscope.csv"].splitlines()[1].split(",")[0])
    still["Annotation.csv"] = (
        f"time,seconds_elapsed,text,millisecond_press_duration\n{first_ns + 20 * NS},20.0,7,\n"
    )
    folder = tmp_path / "in"
    put(folder, samples.zipped(still), "still.zip")
    put(folder, gpx(1200), "walk.gpx")
    found = bring(home, folder)

    assert 1 == found["symptoms"]["read"]
    assert any("no walking" in one["reason"] for one in found["left"])


def test_whatever_a_track_was_called_it_can_be_measured_again(home, tmp_path, monkeypatch):
    """A name in a folder of an archive, or one longer than a disk allows."""
    from evenstride.app.importing import rebuild, tracks

    monkeypatch.setattr(tracks, "engine", lambda: "old")
    folder = tmp_path / "in"
    put(folder, gpx(1200), f"{'w' * 230}.gpx")
    (folder / "deep").mkdir()
    put(folder / "deep", gpx(1200, 86_400.0), "walk.gpx")
    bring(home, folder)
    monkeypatch.undo()
    found = rebuild(home, now=NOW).document

    assert (2, 2, []) == (found["recordings"], found["measured"], found["failed"])


def test_severe_pain_noted_in_the_phone_points_to_the_check_up(home, tmp_path):
    """The account of the import says so, calmly, if it was in the last days."""
    hours_ago = (NOW // NS) - T0_S - 5 * 3600
    pain = Record(C + "LowerBackPain", "HKCategoryValueSeveritySevere", None, at=hours_ago)
    found = import_paths(home, [put(tmp_path / "in", export(pain))], now=NOW)

    assert "evenstride checkup" in found.as_text(width=80, color=False)
