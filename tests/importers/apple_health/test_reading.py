"""What is in an export comes out in SI, with its device, its side and its zone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenstride.importers.contract import Options
from evenstride.model import Device

from .exports import (
    PHONE,
    SUMMARY,
    T0_S,
    WATCH,
    C,
    Q,
    Record,
    correlation,
    export,
    gpx,
    metadatum,
    read,
    route_of,
    stamp,
    statistic,
    varied,
    workout,
    zipped,
)

NS = 10**9
STEPS = Record()
IPHONE = Device("Sam's iPhone", "iPhone (iPhone14,2)", "phone")


def test_a_record_keeps_its_moment_value_and_device():
    """Begin and end are in UTC, whatever offset the file writes."""
    found = read(export(STEPS))

    row = (T0_S * NS, (T0_S + 10) * NS, 100.0, IPHONE, 0)
    assert {("steps", "1", None): [row]} == found.series


@pytest.mark.parametrize(
    ("kind", "unit", "value", "metric", "expected"),
    [
        ("DistanceWalkingRunning", "mi", "1", "distance_m", 1609.344),
        ("FlightsClimbed", "count", "3", "floors", 3.0),
        ("WalkingSpeed", "km/hr", "3.6", "walking_speed_m_s", 1.0),
        ("WalkingStepLength", "in", "20", "step_length_m", 0.508),
        ("WalkingAsymmetryPercentage", "%", "0.000241", "walking_asymmetry", 0.000241),
        ("WalkingDoubleSupportPercentage", "%", "0.29", "double_support", 0.29),
        ("AppleWalkingSteadiness", "%", "0.93", "walking_steadiness", 0.93),
        ("SixMinuteWalkTestDistance", "m", "500", "six_minute_walk_m", 500.0),
        ("StairAscentSpeed", "ft/s", "1", "stair_ascent_m_s", 0.3048),
        ("StairDescentSpeed", "m/s", "0.33", "stair_descent_m_s", 0.33),
        ("WalkingHeartRateAverage", "count/min", "101", "walking_heart_rate_bpm", 101.0),
        ("VO2Max", "mL/min·kg", "35.5", "vo2max_ml_kg_min", 35.5),
        ("BodyMass", "st", "10", "mass_kg", 63.5029318),
        ("Height", "ft", "6", "height_m", 1.8288),
    ],
)
def test_every_walking_type_is_read_in_si(kind, unit, value, metric, expected):
    """Each of the types about walking has our name and our unit; shares are fractions."""
    found = read(export(Record(kind=Q + kind, unit=unit, value=value)))

    assert [pytest.approx(expected, rel=1e-12)] == found.values(metric)


def test_the_side_of_the_phone_is_kept():
    """1 is the left, 2 the right; anything else is not known."""
    sides = [
        Record(
            kind=Q + "WalkingAsymmetryPercentage",
            unit="%",
            value="0.1",
            at=60 * k,
            metadata=(("HKMetadataKeyDevicePlacementSide", str(k)),),
        )
        for k in range(4)
    ]
    (rows,) = read(export(*sides)).series.values()

    assert [0, -1, 1, 0] == [row[4] for row in rows]


def test_the_address_in_memory_does_not_make_new_devices():
    """One phone stays one phone, though its address and its software change."""
    records = [replace(STEPS, address=k * 4096, version=f"17.{k}", at=k) for k in range(90)]
    (rows,) = read(export(*records)).series.values()

    assert {IPHONE} == {row[3] for row in rows}


def test_phone_and_watch_stay_apart():
    """Both count the same steps, so each keeps its name."""
    watch = replace(STEPS, source="Sam\u2019s\u00a0Watch", device=WATCH)
    app = replace(STEPS, source="A &amp; B", device=None)
    (rows,) = read(export(STEPS, watch, app)).series.values()

    expected = [IPHONE, Device("Sam's Watch", "Apple Watch (Watch6,2)", "watch"), Device("A & B")]
    assert expected == [row[3] for row in rows]


def test_old_records_without_a_device_are_told_by_their_source():
    """Before iOS 9 a record names its source only."""
    (rows,) = read(export(replace(STEPS, source="NJR Apple Watch", device=None))).series.values()

    assert Device("NJR Apple Watch", "", "watch") == rows[0][3]


def test_a_zone_is_kept_where_the_record_names_it():
    """The offset of the exporting phone is no zone; HKTimeZone is."""
    there = replace(STEPS, metadata=(("HKTimeZone", "Asia/Tokyo"),))
    found = read(export(STEPS, there))

    assert {None, "Asia/Tokyo"} == {key[2] for key in found.series}


def test_text_as_a_value_is_no_number():
    """A category has no number; it is never taken as 0."""
    sleep = Record(kind=C + "SleepAnalysis", unit=None, value="HKCategoryValueSleepAnalysisAsleep")
    (rows,) = read(export(sleep), Options(everything=True)).series.values()

    assert rows[0][2] is None


def test_other_types_are_left_out_with_their_number():
    """What is not about walking or pain is counted, and read when everything is asked for."""
    records = varied(10)
    found = read(export(*records))

    assert "they are not about walking or pain" == found.reason("20 records")
    assert 70 == found.counted()
    everything = read(export(*records), Options(everything=True))
    assert 70 == everything.counted() == sum(len(rows) for rows in everything.series.values())
    assert ("heart_rate_bpm", "1/min", None) in everything.series
    assert (C + "SleepAnalysis", "", "Europe/Berlin") in everything.series


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("HKCategoryValueSeverityNotPresent", "none"),
        ("HKCategoryValueSeverityMild", "mild"),
        ("HKCategoryValueSeverityModerate", "moderate"),
        ("HKCategoryValueSeveritySevere", "severe"),
        ("HKCategoryValueSeverityUnspecified", "present"),
        ("HKCategoryValuePresencePresent", "present"),
        ("HKCategoryValueNotApplicable", "present"),
        (None, "present"),
        ("3", "moderate"),
        ("something new", None),
    ],
)
def test_pain_is_an_entry_with_a_word(value, severity):
    """A word for how bad it was stays a word, and no number is made of it."""
    pain = Record(kind=C + "LowerBackPain", unit=None, value=value, lasts=0)
    (entry,) = read(export(pain)).entries

    assert ("back_pain", severity, None) == (entry.what, entry.severity, entry.rating)
    assert (T0_S * NS, 60, "export_phone") == (
        entry.start.utc_ns,
        entry.start.utc_offset_min,
        entry.start.basis,
    )
    assert IPHONE == entry.device


def test_an_unknown_unit_is_left_out_loudly():
    """A unit that is not in the table is named; nothing is guessed."""
    wrong = [replace(STEPS, unit="furlong"), Record(kind=Q + "WalkingSpeed", unit="kg", at=5)]
    found = read(export(STEPS, *wrong, wrong[0]))

    assert 1 == sum(len(rows) for rows in found.series.values())
    assert "the unit “furlong” of StepCount is not one that evenstride knows for it" == (
        found.reason("2 records")
    )
    assert "“kg” of WalkingSpeed" in found.reason("1 record")


def test_a_share_above_the_whole_is_left_out():
    """Shares are fractions; 7 is not taken as 700 %."""
    found = read(export(Record(kind=Q + "WalkingAsymmetryPercentage", unit="%", value="7")))

    assert {} == found.series
    assert "more than a whole" in found.reason("1 record")


def test_impossible_times_are_left_out():
    """A day that is not in the calendar, or an end before its begin, costs that record only."""
    odd = STEPS.xml().replace(stamp(0), "2023-02-30 10:00:00 +0100")
    found = read(export(STEPS, odd, replace(STEPS, lasts=-30)))

    assert 1 == len(found.values("steps"))
    assert 3 == found.counted()


def test_what_is_older_than_asked_for_is_left_out():
    """A record that ends later than the date is kept."""
    pain = Record(kind=C + "LowerBackPain", unit=None, value=None)
    records = [replace(r, at=at) for r in (STEPS, pain) for at in (0.0, 1000.0)]
    options = Options(since_utc_ns=(T0_S + 1005) * NS)
    found = read(export(*records, workout(at=-9000), workout()), options)

    assert (1, 1, 1) == (len(found.values("steps")), len(found.entries), len(found.activities))
    assert "they are older than the date that you asked for" == found.reason("2 records")
    assert "they are older than the date that you asked for" == found.reason("1 workout")


def test_records_of_a_group_count_once():
    """What is in a correlation stands at the top a second time."""
    pressure = Record(kind=Q + "BloodPressureSystolic", unit="mmHg", value="130")
    data = export(pressure, correlation(pressure), pressure)
    found = read(data, Options(everything=True))

    assert [130.0, 130.0] == found.values(Q + "BloodPressureSystolic")
    assert "1 group of records" in dict(found.left)


WORKOUT = (
    metadatum("HKIndoorWorkout", "0")
    + metadatum("HKTimeZone", "Europe/Berlin")
    + metadatum("HKWeatherTemperature", "68 degF")
    + metadatum("HKWeatherHumidity", "6500 %")
    + metadatum("HKElevationAscended", "4180 cm")
    + metadatum("HKAverageMETs", "4.5 kcal/hr\u00b7kg")
    + statistic("DistanceWalkingRunning", 'sum="3.21" unit="km"')
    + statistic("StepCount", 'sum="4321" unit="count"')
    + statistic("ActiveEnergyBurned", 'sum="186.1" unit="Cal"')
    + statistic("HeartRate", 'average="109.5" minimum="100" maximum="117" unit="count/min"')
)


def test_a_workout_is_an_activity():
    """Distance, steps, climb and heart rate come from the statistics and the metadata."""
    (walk,) = read(export(workout(inside=WORKOUT))).activities

    assert ("walking", False, 4321, 109.5) == (
        walk.sport,
        walk.indoor,
        walk.steps,
        walk.heart_rate_bpm,
    )
    assert (2460.0, 3210.0) == (walk.moving_s, walk.distance_m)
    assert pytest.approx(41.8) == walk.ascent_m
    assert (T0_S + 2520) * NS == walk.end_utc_ns
    assert ("Europe/Berlin", None, "recorded") == (
        walk.start.zone,
        walk.start.utc_offset_min,
        walk.start.basis,
    )
    assert Device("Sam's Watch", "Apple Watch (Watch6,2)", "watch") == walk.device
    expected = {
        "active_energy_burned_j": 778_642.4,
        "heart_rate_min_per_min": 100.0,
        "heart_rate_max_per_min": 117.0,
        "weather_temperature_k": 293.15,
        "weather_humidity_share": 0.65,
        "average_mets_w_kg": 5.23,
    }
    assert pytest.approx(expected) == walk.extra


@pytest.mark.parametrize(
    ("kind", "indoor", "sport"),
    [
        ("Walking", "0", "walking"),
        ("Walking", "1", "walking"),
        ("Hiking", "", "hiking"),
        ("Running", "1", "running"),
        ("Cycling", "", "cycling"),
        ("Yoga", "", "other"),
    ],
)
def test_the_kind_of_a_workout_is_told(kind, indoor, sport):
    """A walk indoors may be one in a hall or on a treadmill: the file does not tell."""
    inside = metadatum("HKIndoorWorkout", indoor) if indoor else ""
    (found,) = read(export(workout(kind=kind, inside=inside))).activities

    assert sport == found.sport


def test_old_workouts_have_their_totals_in_the_tag():
    """Before iOS 16 distance and energy were attributes; 0 means that it was not measured."""
    old = ' totalDistance="2" totalDistanceUnit="mi" totalEnergyBurned="0"'
    none = ' totalDistance="0" totalDistanceUnit="km"'
    walks = read(export(workout(attributes=old), workout(attributes=none))).activities

    assert [pytest.approx(3218.688), None] == [walk.distance_m for walk in walks]


def test_a_route_and_its_workout_are_one_track():
    """The GPX file beside the export is joined with its workout, and cut at each pause."""
    pause = f'  <WorkoutEvent type="HKWorkoutEventTypeResume" date="{stamp(10)}"/>\n'
    xml = export(workout(inside=WORKOUT + pause + route_of("r.gpx")))
    data = zipped({"a/导出.xml": xml, "a/workout-routes/r.gpx": gpx()})
    found = read(data)

    assert [] == found.activities
    (track,) = found.tracks
    assert track.activity is not None
    assert ("walking", 3210.0) == (track.activity.sport, track.activity.distance_m)
    assert track.start is not None
    assert ("Europe/Berlin", T0_S * NS) == (track.start.zone, track.start.utc_ns)
    assert ([0] * 10 + [1] * 10) == track.segment.tolist()
    assert (20, 1.3, 3.5, 40.5) == (
        len(track),
        track.speed_m_s[0],
        track.accuracy_m[0],
        track.elevation_m[0],
    )


def test_a_missing_route_and_a_route_without_workout_are_said():
    """The workout without its route is still a walk, and the route without one a track."""
    xml = export(workout(inside=WORKOUT + route_of("gone.gpx")))
    found = read(zipped({"a/export.xml": xml, "a/workout-routes/other.gpx": gpx()}))

    assert 1 == len(found.activities)
    assert "it is not there" in found.reason("workout-routes/gone.gpx")
    (track,) = found.tracks
    assert track.activity is None
    assert "The export holds no workout for this route." in track.warnings


def test_positions_within_an_old_workout_make_a_track():
    """Exports of 2019 hold the positions of a route themselves; -1 stands for not known."""
    points = "".join(
        f'   <Location date="{stamp(k)}" latitude="37.77" longitude="-122.4" altitude="21"'
        ' horizontalAccuracy="2.4" verticalAccuracy="1.7" course="-1" speed="-1"/>\n'
        for k in (0, 2, 1)
    )
    inside = f'  <WorkoutRoute sourceName="x">\n{points}  </WorkoutRoute>\n'
    (track,) = read(export(workout(inside=inside))).tracks

    assert [0.0, 1.0, 2.0] == track.time_s.tolist()
    assert (37.77, 2.4) == (track.latitude_deg[0], track.accuracy_m[0])
    assert np.isnan(track.speed_m_s).all()
    assert track.activity is not None


def test_a_late_position_within_an_old_workout_is_left_out():
    """One position whose time is hours late, among others that agree, is left out and counted."""
    points = "".join(
        f'   <Location date="{stamp(k)}" latitude="37.77" longitude="-122.4"/>\n'
        for k in (0, 1, 2, 18_000, 4, 5, 6, 7)
    )
    inside = f'  <WorkoutRoute sourceName="x">\n{points}  </WorkoutRoute>\n'
    (track,) = read(export(workout(inside=inside))).tracks

    assert 7.0 == track.time_s[-1]
    assert "1 positions have no time that can be right and were left out." in track.warnings


def test_what_else_is_in_the_file_is_counted():
    """Summaries of days and the entry about oneself are named, not silently dropped."""
    found = read(export(STEPS, SUMMARY, SUMMARY, ' <Audiogram type="x"/>\n'))

    assert {"2 summaries", "1 other entry", "1 entry about yourself"} == {w for w, _ in found.left}


def test_a_phone_is_no_watch():
    """The device's description decides, not the name that a person gave it."""
    odd = replace(STEPS, source="My Watch app", device=PHONE)
    (rows,) = read(export(odd)).series.values()

    assert "phone" == rows[0][3].kind


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("BladderIncontinence", "bladder_incontinence"),
        ("Fever", "fever"),
        ("Fainting", "fainting"),
        ("ShortnessOfBreath", "shortness_of_breath"),
        ("ChestTightnessOrPain", "chest_tightness_or_pain"),
    ],
)
def test_what_the_checkup_asks_about_is_an_entry(kind, what):
    """A possible warning sign is never left out as not being about pain."""
    found = read(export(Record(kind=C + kind, unit=None, value="HKCategoryValueSeverityMild")))

    assert [(what, "mild")] == [(one.what, one.severity) for one in found.entries]
