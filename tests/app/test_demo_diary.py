"""The simulated diary says that it is one, keeps the plan's caps, and is the same each time."""

import json
from datetime import date
from itertools import pairwise

import pytest
from tests.app.conftest import at

from evenstride.app import demo_diary
from evenstride.app.demo_days import SHOES
from evenstride.app.demo_diary import DAYS, SHOE_POINTS, make_demo
from evenstride.app.importing import rebuild
from evenstride.app.own import own
from evenstride.app.planning import basis_of, lights_of, plan_of
from evenstride.app.trial.kept import all_trials
from evenstride.app.trial.walks import result_of
from evenstride.diary import Diary, export
from evenstride.errors import DiaryError
from evenstride.model import Outing
from evenstride.plan.knowledge import plan_knowledge
from evenstride.testing import SimulatedPerson
from evenstride.trials import Factor, TrialWalk, analyse, plan_trial
from evenstride.trials.design import arms_of

LAST = date(2026, 11, 23)
NOW = at("2026-11-23 09:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the diary that comes without any option, made for a fixed day."""
    return make_demo(tmp_path_factory.mktemp("demo") / "diary", last=LAST)


@pytest.fixture
def mine(made):
    """Return that diary, open on the morning of its last day."""
    with own(made.home, NOW) as open_diary:
        yield open_diary


def exported(home, folder):
    """Return all that is in a diary but the moments at which it was kept."""
    with Diary.open(home) as diary:
        export(diary, folder)
    document = json.loads((folder / "diary.json").read_text("utf-8"))
    for change in document["history"]:
        del change["at_utc_ns"]
    for row in (*document["recordings"], *document["derived"], *versions(document)):
        row.pop("added_utc_ns", None)
        row.pop("made_utc_ns", None)
    return document


def versions(document):
    """Return every version of a row that the history holds."""
    return [one[side] for one in document["history"] for side in ("before", "after") if one[side]]


def test_it_says_everywhere_that_it_is_simulated(made, mine):
    """The setting, the person, the first walk, the history, the files and the result say so."""
    walks = mine.diary.outings()

    assert mine.simulated
    assert "simulated" in mine.person.alias.lower()
    assert "simulated" in walks[0].note
    assert {change.who for change in mine.diary.history()} <= {"simulated", "person"}
    assert all("simulated" in kept.name for kept in mine.diary.recordings())
    assert "simulated" in made.says
    assert "None of it is real" in made.says


def test_a_diary_of_a_person_does_not_say_so(home):
    """Only a diary that was made carries the mark."""
    with own(home, NOW) as person:
        assert not person.simulated


def test_the_same_seed_and_day_give_the_same_diary(made, tmp_path):
    """All that is exported is the same but the moments of keeping."""
    again = make_demo(tmp_path / "again", last=LAST)

    first, second = (exported(one.home, tmp_path / f"{n}") for n, one in enumerate((made, again)))

    assert first == second


def test_it_lasts_eight_weeks_and_a_walk_is_due_on_the_last_day(made, mine):
    """A usual week and seven planned ones, the last of them under way."""
    found = plan_of(mine, basis_of(mine))
    days = {walk.id[:10] for walk in mine.diary.outings()}

    assert (made.last - made.first).days == DAYS
    assert [week.number for week in (*found.past, found.week)] == list(range(8))
    assert found.session_today is not None
    assert len(days) == made.walks == len(mine.diary.outings())
    assert max(days) < LAST.isoformat()


def test_no_week_is_planned_above_what_the_week_before_allows(mine):
    """The person follows the plan, so the caps of the plan hold in the diary."""
    found, grows = plan_of(mine, basis_of(mine)), plan_knowledge().progress
    weeks = (*found.past, found.week)

    for before, after in pairwise(weeks[1:]):
        assert after.sessions <= before.sessions + 1
        assert after.session_min == before.session_min or after.sessions <= before.sessions
        if after.sessions == before.sessions:
            small = grows.small_most_min if before.minutes < grows.small_week_min else 0
            most = before.minutes + max(grows.most_fraction * before.minutes, small)
            assert after.minutes <= most
        if before.light != "green":
            assert after.minutes <= before.minutes


def test_there_is_a_hard_day_and_the_back_recovers(mine):
    """One red walk, some amber ones before, and five green ones after."""
    lights = [light.light for light in lights_of(mine).values()]
    red = lights.index("red")

    assert lights.count("red") == 1
    assert 2 <= lights[:red].count("amber")
    assert set(lights[red + 1 : red + 6]) == {"green"}


def test_it_holds_some_of_everything(mine):
    """Whoever tries evenstride finds each kind of entry in it."""
    walks = mine.diary.outings()
    changes = mine.diary.history("outings")

    assert {"outdoor", "indoor", "treadmill"} == {walk.kind for walk in walks}
    assert {"paved", "grass", "track"} <= {walk.surface for walk in walks}
    assert any(walk.leg.worst for walk in walks)
    assert any(walk.load_kg for walk in walks)
    assert any(walk.back.hour_after is None for walk in walks)
    assert any(walk.back.next_morning is None for walk in walks)
    assert any(walk.sleep_h is None for walk in walks)
    assert len({walk.shoe for walk in walks}) == 2
    assert any(c.before and c.before["minutes"] != c.after["minutes"] for c in changes if c.after)
    assert len(mine.diary.recordings()) == 3
    assert len(mine.diary.entries("routine")) > 10
    assert len(mine.diary.checkups()) >= 2
    assert {one.level for one in mine.diary.checkups()} == {"self_care"}


def test_the_clocks_change_on_the_way_and_walks_stay_at_their_hour(mine):
    """On 25 October the clocks of London went back."""
    zone_offsets = {
        (int(walk.id[11:13]) - walk.start_utc_ns // 3_600_000_000_000) % 24
        for walk in mine.diary.outings()
    }

    assert zone_offsets == {0, 1}


def test_recordings_are_measured_and_need_no_new_measuring(made, mine):
    """Three walks were measured by the engine of today."""
    measured = [walk for walk in mine.diary.outings() if walk.recording]

    assert len(measured) == 3
    assert all(100 < walk.measures["cadence_spm"].value < 116 for walk in measured)
    assert rebuild(made.home, now=NOW).document["recordings"] == 0


def test_the_trial_finds_the_difference_that_was_planted(mine):
    """The planted difference lies inside the interval."""
    (trial,) = all_trials(mine)
    walks = {walk.id: walk for walk in mine.diary.outings()}
    found = result_of(trial, walks, trial.looked)
    effect = found.as_done.effects[0]
    planted = SHOE_POINTS[1] - SHOE_POINTS[0]

    assert trial.design.walks == 28
    assert effect.low <= planted <= effect.high
    assert effect.verdict == "B_better"
    assert found.changed == 1


def test_a_folder_that_holds_something_is_left_as_it_is(home):
    """A diary of a person is never touched."""
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}

    with pytest.raises(DiaryError):
        make_demo(home, last=LAST)

    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_nothing_is_left_behind_when_it_cannot_be_made(tmp_path, monkeypatch):
    """Neither the folder nor a part of it stays."""

    def fails(*_):
        raise DiaryError("The disk is full.")

    monkeypatch.setattr(demo_diary, "_live", fails)
    with pytest.raises(DiaryError):
        make_demo(tmp_path / "demo", last=LAST)

    assert not list(tmp_path.iterdir())


def test_a_place_where_nothing_can_be_is_told_in_words(tmp_path):
    """A file stands where the folder should be made."""
    (tmp_path / "file").write_text("mine")

    with pytest.raises(DiaryError):
        make_demo(tmp_path / "file" / "demo", last=LAST)

    assert "mine" == (tmp_path / "file").read_text()


def test_it_ends_today_on_the_clock_of_the_person(tmp_path):
    """Half past midnight in London is still yesterday in UTC in summer."""
    made = make_demo(tmp_path / "demo", now=at("2026-06-09 23:30"))

    assert date(2026, 6, 10) == made.last


def test_for_most_seeds_the_planted_difference_lies_inside_the_interval():
    """The same shoes on 28 walks of 18 minutes, for thirty people."""
    planted = SHOE_POINTS[1] - SHOE_POINTS[0]
    shoes = dict(zip(SHOES, SHOE_POINTS, strict=True))
    inside = 0
    for seed in range(30):
        person = SimulatedPerson(shoes=shoes, days=58, seed=seed)
        design = plan_trial([Factor("shoe", ("old", "new"))], seed=seed, walks=28)
        walks = []
        for number in range(28):
            shoe = SHOES[arms_of(design, number)[0]]
            walk = person.after(Outing("walk", 0, minutes=18.0, shoe=shoe), 2 * number)
            walks.append(TrialWalk(2.0 * number, walk.back.worst))
        (effect,) = analyse(design, walks).as_assigned.effects
        inside += effect.low <= planted <= effect.high

    assert inside >= 28
