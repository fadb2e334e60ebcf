"""What a page sends piece by piece becomes one file and one walk, whatever happens on the way."""

import os
import stat

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evenstride as es
from evenstride.app.live.events import heard, sign_of
from evenstride.app.live.finish import append, begin, finish
from evenstride.app.live.incoming import MOST_BLOCKS, Incoming
from evenstride.app.live.now import walk_now
from evenstride.app.live.walked import motion_file, times_of
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.diary import Diary, encrypt, to_erase
from evenstride.errors import OptionError
from evenstride.testing import Sensor, simulate_walk

WALL_MS = 1_774_828_800_000.0
PAGE_MS = 5000.0
ID = "0123456789abcdef"


def block(at_s, rows=0, marks=(), *, life="a", angles=(), places=(), offset_ms=0.0, size=9.8):
    """Return a piece that begins at a second of the page; its clock of the wall may be off."""
    page_ms = PAGE_MS + at_s * 1000
    motion = [
        [page_ms + k * 16, 0.1 * (k % 3), 0.0, size, None, None, None, 1.0, 2.0, 3.0]
        for k in range(rows)
    ]
    return {
        "life": life,
        "page_ms": page_ms,
        "wall_ms": WALL_MS + at_s * 1000 + offset_ms,
        "motion": motion,
        "angles": [[page_ms + k, *one] for k, one in enumerate(angles)],
        "places": [[page_ms + k * 1000, *one] for k, one in enumerate(places)],
        "marks": [[page_ms, what] for what in marks],
    }


def walked(seconds=60.0, seed=5, each=120):
    """Return the pieces of a simulated walk at 60 Hz, and the truth."""
    walk = simulate_walk(seconds, sensor=Sensor(rate_hz=60), seed=seed)
    (all_of_it,) = walk.recording.blocks(seconds=1e5, overlap_s=0)
    pieces = []
    for begin_at in range(0, len(all_of_it.time_s), each):
        part = slice(begin_at, begin_at + each)
        made = block(float(all_of_it.time_s[begin_at]))
        made["motion"] = [
            [PAGE_MS + t * 1000, *np.round(a, 1), None, None, None, *np.round(np.rad2deg(w), 1)]
            for t, a, w in zip(
                all_of_it.time_s[part],
                all_of_it.acceleration_m_s2[part],
                all_of_it.angular_velocity_rad_s[part],
                strict=True,
            )
        ]
        pieces.append(made)
    pieces[0]["marks"] = [[PAGE_MS + 4000, "walk"]]
    pieces[-1]["marks"] = [[pieces[-1]["motion"][-1][0], "stop"]]
    return walk, pieces


WALK, PIECES = walked()


def names(folder):
    """Return what is in a folder."""
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def sent(home, pieces, told=None):
    """Send a whole recording."""
    begin(home, ID, {"placement": "lower back", "zone": "Europe/Berlin", "told": told or {}})
    for place, piece in enumerate(pieces):
        assert append(home, ID, place, piece)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(12)), st.lists(st.integers(0, 11), max_size=8))
def test_pieces_in_any_order_and_doubled_are_the_same_file(tmp_path_factory, order, twice):
    """Also if the server was started anew between any two of them: it remembers nothing."""
    home = tmp_path_factory.mktemp("home")
    begin(home, ID, {"placement": "hand"})
    for place in [*order, *twice]:
        assert append(home, ID, place, PIECES[place])

    straight = b"".join(motion_file(heard(PIECES[:12]), {"placement": "hand"}))
    incoming = Incoming(home)
    came = b"".join(motion_file(heard(incoming.blocks(ID)), incoming.begun(ID)))
    assert straight == came


def test_a_whole_recording_is_a_measured_walk_with_what_was_told(tmp_path):
    """Steps, minutes and both ratings stand in the diary; asking again changes nothing."""
    sent(tmp_path, PIECES, {"back_before": "2"})
    told = {"back_worst": "4", "new_numbness": "no", "surface": "paved", "load_kg": "3"}
    first = finish(tmp_path, ID, told, blocks=len(PIECES))
    second = finish(tmp_path, ID, told, blocks=len(PIECES))

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
    assert first == second
    assert (walk.id, True, "") == (first.walk, first.measured, first.why)
    assert (2.0, 4.0, False) == (walk.back.before, walk.back.worst, walk.new_numbness)
    assert ("paved", 3.0, "lower back") == (walk.surface, walk.load_kg, walk.placement)
    assert WALK.contacts_s.size == pytest.approx(walk.measures["steps"].value, abs=2)
    assert WALK.cadence_spm == pytest.approx(walk.measures["cadence_spm"].value, abs=1.0)
    assert round((WALL_MS + 4000) * 1e6) == walk.start_utc_ns
    assert ["done.json"] == names(tmp_path / "incoming" / ID)


def test_a_finish_that_was_cut_off_makes_no_second_walk(tmp_path, monkeypatch):
    """The walk was noted, and the server killed before it said so."""
    sent(tmp_path, PIECES)
    monkeypatch.setattr(Incoming, "close", lambda *_, **__: os._exit)
    finish(tmp_path, ID, {"back_worst": "4"}, blocks=len(PIECES))
    monkeypatch.undo()
    done = finish(tmp_path, ID, {"back_worst": "4"}, blocks=len(PIECES))

    with Diary.open(tmp_path) as diary:
        assert [done.walk] == [walk.id for walk in diary.outings()]


def test_missing_pieces_are_named_and_can_be_gone_without(tmp_path):
    """A walk does not wait for ever for what the phone has lost."""
    sent(tmp_path, PIECES[:20])
    assert (20, 21) == finish(tmp_path, ID, {}, blocks=22).missing
    assert finish(tmp_path, ID, {}, blocks=22, without=[20, 21]).walk


def test_an_answer_that_cannot_be_understood_is_said_and_nothing_is_lost(tmp_path):
    """The recording stays until the answer is put right."""
    sent(tmp_path, PIECES)
    with pytest.raises(OptionError, match="not a weight"):
        finish(tmp_path, ID, {"load_kg": "much"}, blocks=len(PIECES))

    assert finish(tmp_path, ID, {"load_kg": "2"}, blocks=len(PIECES)).measured


def test_without_sensors_the_walk_has_its_minutes(tmp_path):
    """The page was a timer; pauses do not count."""
    begin(tmp_path, ID, {})
    pieces = [block(0, marks=["walk"]), block(300, marks=["pause"])]
    pieces += [block(420, marks=["resume"]), block(720, marks=["stop"])]
    for place, piece in enumerate(pieces):
        append(tmp_path, ID, place, piece)
    done = finish(tmp_path, ID, {"back_worst": "1"}, blocks=4)

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
    assert 10.0 == walk.minutes
    assert 1.0 == walk.back.worst
    assert not done.measured
    assert "time" in done.why


def test_standing_still_is_no_walk_but_what_was_told_is_kept(tmp_path):
    """The reason is one sentence."""
    sent(tmp_path, [block(k * 2.0, 120) for k in range(20)], {"back_before": "5"})
    done = finish(tmp_path, ID, {"new_numbness": "yes"}, blocks=20)

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
    assert (5.0, True) == (walk.back.before, walk.new_numbness)
    assert (False, True) == (done.measured, done.numbness)
    assert done.why
    assert not walk_now(tmp_path).may_walk


def test_a_walk_that_was_kept_by_hand_is_made_whole_when_the_phone_comes_back(tmp_path):
    """What arrives later belongs to the same walk."""
    sent(tmp_path, PIECES[:15])
    kept = finish(tmp_path, ID, {})
    for place, piece in enumerate(PIECES):
        assert append(tmp_path, ID, place, piece)
    whole = finish(tmp_path, ID, {"back_worst": "6"}, blocks=len(PIECES))

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
    assert kept.walk == whole.walk == walk.id
    assert 6.0 == walk.back.worst
    assert WALK.contacts_s.size == pytest.approx(walk.measures["steps"].value, abs=2)


def test_positions_become_the_track_of_the_same_walk(tmp_path):
    """Where it went, how far, and the climb belong to the walk that was felt."""
    pieces = [dict(piece) for piece in PIECES]
    pieces[3]["places"] = [
        [PAGE_MS + 6000 + s * 1000, 52.0 + s * 1.3 / 111_000, 13.0, 5.0, 40.0, 3.0, 1.3]
        for s in range(60)
    ]
    sent(tmp_path, pieces)
    done = finish(tmp_path, ID, {}, blocks=len(pieces))

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
        kinds = {one.kind for one in diary.streams(walk.id)}
    assert done.walk == walk.id
    assert {"motion", "track"} == kinds
    assert 77 == pytest.approx(walk.distance_m, abs=8)


def test_a_phone_whose_clock_is_ahead_walks_now_and_not_tomorrow(tmp_path):
    """The difference is known from the first thing that it sent."""
    begun, now = (round((WALL_MS + ms) * 1e6) for ms in (0, 70_000))
    begin(tmp_path, ID, {"wall_ms": WALL_MS + 86_400_000}, now=begun)
    for place, piece in enumerate(PIECES):
        append(tmp_path, ID, place, piece | {"wall_ms": piece["wall_ms"] + 86_400_000})
    finish(tmp_path, ID, {}, blocks=len(PIECES), now=now)

    with Diary.open(tmp_path) as diary:
        (walk,) = diary.outings()
    assert 0 <= now - walk.start_utc_ns < 120e9


def test_sleep_is_a_gap_even_if_the_clock_of_the_page_slept_too():
    """The page counts on as if nothing was; the wall knows better."""
    found = heard(
        [block(0, 100), block(2, 50, ["hidden"]), block(3, 100, ["shown"], offset_ms=60e3)]
    )

    assert 60 < np.diff(found.motion[:, 0]).max() < 61
    assert not found.clock_set


def test_setting_the_clock_moves_nothing():
    """No sleep came before it, so the page's own clock is right; and it is noted."""
    found = heard([block(0, 120), block(2, 120, offset_ms=3_600e3), block(4, 120, offset_ms=-9e3)])

    assert np.diff(found.motion[:, 0]).max() < 0.1
    assert found.clock_set


def test_a_page_that_is_loaded_anew_goes_on_later():
    """Its own clock begins again from zero."""
    second = block(0, 100, life="b") | {"wall_ms": WALL_MS + 10_000}
    found = heard([block(0, 100), second])

    assert 200 == len(found.motion)
    assert 10 == pytest.approx(found.motion[100, 0] - found.motion[0, 0])


def test_a_clock_that_is_set_back_between_two_pages_does_not_turn_time_round():
    """The second page comes after the first, and it is noted."""
    second = block(0, 100, life="b") | {"wall_ms": WALL_MS - 3_600_000}
    found = heard([block(0, 100), block(2, 100), second])

    assert 300 == len(found.motion)
    assert found.clock_set


@pytest.mark.parametrize(
    ("up", "beta", "gamma"),
    [((0, 0, 1), 0, 0), ((0, 1, 0), 90, 0), ((-1, 0, 0), 0, 90), ((0, -1, 0), -90, 0)],
)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_angles_of_the_phone_tell_the_sign(up, beta, gamma, sign):
    """Whatever the browser writes, +9.8 then points up."""
    piece = block(0, 100, angles=[(beta, gamma)] * 20)
    for row in piece["motion"]:
        row[1:4] = [9.8 * sign * one for one in up]

    assert (sign, "angles") == sign_of(heard([piece]))


def test_without_angles_the_sign_is_assumed_and_the_file_says_so():
    """A recording whose sign nobody knows is never passed off as known."""
    found = heard([block(k * 2.0, 120) for k in range(10)])
    recording = es.read(b"".join(motion_file(found, {"placement": "bag"})))

    assert (1.0, "assumed") == sign_of(found)
    assert any("swapped" in one for one in recording.assumptions)


@pytest.mark.parametrize("zone", ["Etc/Unknown", "", "../../etc/passwd", "Europe/Berlin"])
def test_a_zone_that_is_none_costs_nothing_but_itself(zone):
    """Browsers that do not know where they are say so in odd ways."""
    found = heard([block(k * 2.0, 120) for k in range(10)])
    recording = es.read(b"".join(motion_file(found, {"zone": zone})))

    assert (zone if zone == "Europe/Berlin" else None) == recording.start.zone


def test_the_turning_rate_is_in_radians_about_the_same_axes():
    """Browsers give degrees: alpha about x, beta about y, gamma about z."""
    found = heard([block(k * 2.0, 120) for k in range(2)])

    assert np.deg2rad([1.0, 2.0, 3.0]) == pytest.approx(found.motion[0, 7:10])


def test_a_walk_that_nobody_stopped_ends_with_the_last_thing_heard():
    """So that a phone that ran out of power has its minutes."""
    found = heard([block(0, 10, ["walk"]), block(600, 10)])

    assert 600 == pytest.approx(times_of(found).walked_s, abs=1)


def test_only_the_owner_may_read_what_is_on_its_way_and_it_is_erased_with_the_rest(tmp_path):
    """It is health data like the diary."""
    sent(tmp_path, PIECES[:2])
    folder = tmp_path / "incoming" / ID

    for path in (folder.parent, folder):
        assert 0o700 == stat.S_IMODE(path.stat().st_mode)
    for path in folder.iterdir():
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert any("incoming" in name for name in to_erase(tmp_path).files)


def test_of_an_encrypted_diary_the_pieces_are_encrypted_too(tmp_path, monkeypatch):
    """Also a walk during which the diary was encrypted is whole."""
    sent(tmp_path, PIECES[:8])
    log_walk(tmp_path, Told(minutes=5))
    encrypt(tmp_path, "correct horse")
    monkeypatch.setenv("EVENSTRIDE_PASSPHRASE", "correct horse")
    sent(tmp_path, PIECES)
    pieces = sorted((tmp_path / "incoming" / ID).glob("0*.json"))
    plain = [b"motion" in path.read_bytes() for path in pieces]
    done = finish(tmp_path, ID, {}, blocks=len(PIECES))

    assert [True] * 8 + [False] * (len(PIECES) - 8) == plain
    assert done.measured


@pytest.mark.parametrize("name", ["../../etc", "short", "a/b/c/d/e/f/g", "x" * 65, ""])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    """Nothing is written outside the folder of what is on its way."""
    with pytest.raises(OptionError):
        begin(tmp_path, name, {})
    with pytest.raises(OptionError):
        append(tmp_path, name, 0, {})


def test_a_recording_that_never_began_is_not_known(tmp_path):
    """The page then begins it again, and sends what it has."""
    assert not append(tmp_path, ID, 0, PIECES[0])
    with pytest.raises(OptionError, match="not known"):
        finish(tmp_path, ID, {}, blocks=1)


def test_no_recording_is_longer_than_a_day(tmp_path):
    """A page that sends for ever fills no disk."""
    begin(tmp_path, ID, {})
    with pytest.raises(OptionError, match="this long"):
        append(tmp_path, ID, MOST_BLOCKS, PIECES[0])


def test_a_piece_that_is_damaged_on_the_disk_costs_itself_alone(tmp_path):
    """The rest is a walk."""
    sent(tmp_path, PIECES)
    (tmp_path / "incoming" / ID / "000004.json").write_bytes(b"{")

    assert finish(tmp_path, ID, {}, blocks=len(PIECES)).measured


def test_what_was_left_is_offered_after_a_day_and_forgotten_after_a_month(tmp_path):
    """Until then the phone may come back and finish it by itself."""
    sent(tmp_path, PIECES)
    folder = tmp_path / "incoming" / ID

    assert () == walk_now(tmp_path).left
    old = folder.stat().st_mtime - 90_000
    os.utime(folder, (old, old))
    assert [ID] == [one.id for one in walk_now(tmp_path).left]
    finish(tmp_path, ID, {})
    assert () == walk_now(tmp_path).left
    for days, left in ((3, ["done.json"]), (31, [])):
        os.utime(folder, (old, old - days * 86_400))
        walk_now(tmp_path)
        assert left == names(folder)
