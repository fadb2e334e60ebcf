"""A self-experiment in the diary: how it begins, which walks join it, and what it may say when."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.conftest import at, check_up_at

from evenstride.app.own import own
from evenstride.app.shoes import add_shoes
from evenstride.app.told import Told
from evenstride.app.trial.around import show_links, show_needs, show_trend
from evenstride.app.trial.asking import questions_told, wish_told
from evenstride.app.trial.join import join_choices, join_walk, undo_walk
from evenstride.app.trial.kept import KeptTrial, keep_trial, running_trial
from evenstride.app.trial.new import Try, Wish, begin_trial, preview_trial
from evenstride.app.trial.overview import last_joined, show_trials
from evenstride.app.trial.picture import trial_picture
from evenstride.app.trial.running import next_walk, show_trial, stop_trial, trial_today
from evenstride.app.trial.walks import candidate, result_of
from evenstride.app.walks import log_walk, remove_walk
from evenstride.diary import Entry
from evenstride.errors import DiaryError, OptionError
from evenstride.model import Outing, PainRatings
from evenstride.trials import Factor, LoggedWalk, plan_trial, value_of
from evenstride.trials.design import arms_of

DAY = 86_400_000_000_000
HOUR = DAY // 24
MINUTE = HOUR // 60
BEGIN = at("2026-06-01 08:00")
SHOES = Wish((Try("shoes", "old boots", "new shoes"),), "worst", 8)
LOAD = Wish((Try("load", "bag", "no bag"),), "worst", 8)


@pytest.fixture
def ready(home, monkeypatch):
    """Return the folder of a person with a check-up and two pairs of shoes; draws never change."""
    monkeypatch.setattr("evenstride.app.trial.new.secrets.randbits", lambda _bits: 20261123)
    check_up_at(home, BEGIN)
    for name in ("old boots", "new shoes"):
        add_shoes(home, name, now=BEGIN)
    return home


def walk(home, moment, worst=3.0, **more):
    """Note a walk of twenty minutes that began at a moment, and return its name."""
    calm = max((worst or 1) - 1, 0)
    back = PainRatings(before=calm, worst=worst, hour_after=calm, next_morning=calm)
    told = Told(start_utc_ns=moment, minutes=20, back=back, **more)
    return log_walk(home, told, now=moment + HOUR).document["walk"]["id"]


def one_walk(home, day, worst=lambda _arm: 3.0, **more):
    """Ask for the next walk on a day and walk it an hour later."""
    shown = next_walk(home, now=BEGIN + day * DAY).document["next"]
    return walk(home, BEGIN + day * DAY + HOUR, worst(shown["arms"][0]), **more)


def kept(home):
    """Return the experiment that runs."""
    with own(home, BEGIN) as mine:
        return running_trial(mine)


def text(shown):
    """Return what a person reads."""
    return " ".join(shown.as_text(width=100, color=False).split())


# Beginning


def test_without_a_checkup_no_experiment_begins(home):
    """The reason is that of the walking plan."""
    with pytest.raises(OptionError, match="check-up"):
        begin_trial(home, LOAD, now=BEGIN)


def test_a_preview_begins_nothing(ready):
    """It shows the rules, and the diary stays as it was."""
    shown = preview_trial(ready, LOAD, now=BEGIN)

    assert "Fixed from now on" in text(shown)
    assert kept(ready) is None


def test_two_experiments_never_run_at_once(ready):
    """The other one has to be ended first, and stays in the diary."""
    begin_trial(ready, LOAD, now=BEGIN)
    with pytest.raises(OptionError, match="is running") as refused:
        begin_trial(ready, SHOES, now=BEGIN)
    assert "trial stop" in refused.value.hint

    stop_trial(ready, now=BEGIN)
    begin_trial(ready, SHOES, now=BEGIN)
    assert show_trial(ready, "trial-2026-06-01", now=BEGIN).document["state"] == "stopped"
    assert show_trial(ready, now=BEGIN).document["id"] == "trial-2026-06-01-2"


def test_slow_things_get_a_trend_instead_of_an_experiment(ready):
    """A routine cannot be swapped from walk to walk."""
    with pytest.raises(OptionError, match="over weeks") as refused:
        begin_trial(ready, Wish((Try("routine", "no", "yes"),)), now=BEGIN)
    assert "trial trend" in refused.value.hint


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish((Try("shoes", "old boots", "sandals"),)), "no shoes"),
        (Wish((Try("shoes", "old boots", "OLD BOOTS"),)), "same pair"),
        (Wish((Try("load", "bag", "no\x1b[2Jbag"),)), "cannot be shown"),
        (Wish((Try("load", "bag", "b" * 61),)), "60 letters"),
        (Wish((Try("load", "bag", " Bag "),)), "name of its own"),
        (Wish((Try("luck", "some", "none"),)), "cannot try"),
        (Wish((Try("load", "bag", "no bag"),), "mood"), "not one of the things"),
        (Wish((Try("load", "bag", "no bag"),), walks=2), "8 to 84"),
        (Wish(()), "one, two or three"),
    ],
)
def test_what_gives_no_honest_answer_is_refused_in_a_sentence(ready, wish, says):
    """Nothing is kept of it."""
    with pytest.raises(OptionError, match=says):
        begin_trial(ready, wish, now=BEGIN)
    assert kept(ready) is None


def test_a_start_in_a_bad_spell_is_warned_of(ready):
    """Five walks that hurt much more than those before are named, and so is why."""
    for day in range(12):
        walk(ready, BEGIN + day * DAY, worst=4 if day >= 7 else 2)
    shown = preview_trial(ready, LOAD, now=BEGIN + 12 * DAY)

    assert shown.document["bad_start"] is True
    assert "eases by" in text(shown)


def test_many_zeros_suggest_another_outcome(ready):
    """Where a change for the better could not be seen, minutes are offered."""
    for day in range(12):
        walk(ready, BEGIN + day * DAY, worst=day % 2)
    shown = preview_trial(ready, LOAD, now=BEGIN + 12 * DAY)

    assert shown.document["share_of_zeros"] == pytest.approx(0.5)
    assert "--outcome minutes_to_rise" in text(shown)


def test_the_seed_stays_hidden_until_the_end(ready):
    """Neither words nor documents hold it while the experiment runs."""
    begun = begin_trial(ready, LOAD, now=BEGIN)
    one_walk(ready, 0)
    seed = str(kept(ready).design.seed)
    for shown in (begun, next_walk(ready, now=BEGIN + DAY), show_trial(ready, now=BEGIN + DAY)):
        assert seed not in shown.to_json()
        assert seed not in text(shown)

    stop_trial(ready, now=BEGIN + DAY)
    assert seed in show_trial(ready, now=BEGIN + DAY).to_json()


# Walks


def test_the_next_walk_stays_the_same_until_it_is_walked(ready):
    """Asking again, on another day, draws nothing new and reveals nothing more."""
    begin_trial(ready, LOAD, now=BEGIN)
    first = next_walk(ready, now=BEGIN).document["next"]

    assert first == next_walk(ready, now=BEGIN + 3 * DAY).document["next"]
    assert 0 == first["number"]


def test_a_walk_after_its_arm_was_shown_joins_by_itself(ready):
    """The person is told which walk it is, and how to take that back."""
    begin_trial(ready, LOAD, now=BEGIN)
    one_walk(ready, 0)
    shown = next_walk(ready, now=BEGIN + DAY)

    assert 1 == shown.document["next"]["number"]
    assert "is now walk 1 of 8" in text(shown)
    assert "trial undo" in text(shown)


def test_a_walk_before_its_arm_was_shown_does_not_join(ready):
    """Nobody can walk first and see the arm later."""
    begin_trial(ready, LOAD, now=BEGIN)
    name = walk(ready, BEGIN + HOUR)
    next_walk(ready, now=BEGIN + DAY)

    assert 0 == next_walk(ready, now=BEGIN + DAY + HOUR).document["next"]["number"]
    with pytest.raises(OptionError, match="before its way was drawn"):
        join_walk(ready, name, now=BEGIN + DAY + HOUR)


def test_an_earlier_walk_of_the_same_day_cannot_be_named(ready):
    """An imported walk of the morning was not drawn in the afternoon; some minutes are forgiven."""
    afternoon = BEGIN + 7 * HOUR
    begin_trial(ready, LOAD, now=afternoon)
    next_walk(ready, now=afternoon)
    morning, just_before = walk(ready, BEGIN), walk(ready, afternoon - 5 * MINUTE)

    with pytest.raises(OptionError, match="before its way was drawn"):
        join_walk(ready, morning, now=afternoon + HOUR)
    assert join_walk(ready, just_before, now=afternoon + HOUR).document


def test_of_two_walks_on_one_day_only_the_first_joins(ready):
    """The second was not drawn yet when it was walked."""
    begin_trial(ready, LOAD, now=BEGIN)
    first = one_walk(ready, 0)
    walk(ready, BEGIN + 3 * HOUR)

    assert [first] == next_walk(ready, now=BEGIN + 5 * HOUR).document["joined"]
    assert [first] == next_walk(ready, now=BEGIN + 6 * HOUR).document["joined"]


@given(
    starts=st.lists(st.integers(0, 5_000), unique=True, max_size=12),
    shown=st.integers(0, 5_000),
    taken=st.integers(0, 3),
    out=st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_what_joins_is_the_first_free_walk_after_its_arm_was_shown(starts, shown, taken, out):
    """Whatever the walks were, none joins twice and none was walked before its draw."""
    walks = [Outing(f"w{at_}", at_ * MINUTE) for at_ in sorted(starts)]
    log = tuple(LoggedWalk(walk.id, walk.start_utc_ns) for walk in walks[:taken])
    left_out = tuple(walk.id for walk in walks[taken : taken + out])
    design = plan_trial([Factor("load", ("bag", "no bag"))], seed=1, walks=8)
    trial = KeptTrial("t", 0, design, (None,), log, left_out, shown * MINUTE)
    free = [walk for walk in walks[taken + out :] if walk.start_utc_ns >= (shown - 10) * MINUTE]

    assert (free[0] if free else None) == candidate(trial, walks)
    assert candidate(replace(trial, shown_utc_ns=None), walks) is None


def test_a_bike_ride_does_not_join(ready):
    """It is no walk."""
    begin_trial(ready, LOAD, now=BEGIN)
    name = one_walk(ready, 0, kind="cycling")

    assert [] == next_walk(ready, now=BEGIN + DAY).document["joined"]
    with pytest.raises(OptionError, match="bike ride"):
        join_walk(ready, name, now=BEGIN + DAY)


def test_a_walk_that_was_taken_out_does_not_join_again_by_itself(ready):
    """Its arm is still to come; by name it can join after all."""
    begin_trial(ready, LOAD, now=BEGIN)
    name = one_walk(ready, 0)
    first = kept(ready).design
    show_trial(ready, now=BEGIN + DAY)
    undone = undo_walk(ready, now=BEGIN + DAY)
    assert [name] == list(show_trial(ready, now=BEGIN + DAY).document["left_out"])
    again = next_walk(ready, now=BEGIN + DAY).document

    assert [] == undone.document["joined"] == again["joined"]
    assert list(arms_of(first, 0)) == list(again["next"]["arms"])
    assert [name] == join_walk(ready, name, now=BEGIN + DAY).document["joined"]


def test_the_shoes_told_of_a_walk_decide_what_was_done(ready):
    """Nothing has to be said to the experiment, and a correction of the walk counts."""
    begin_trial(ready, SHOES, now=BEGIN)
    drawn = next_walk(ready, now=BEGIN).document["next"]["names"][0]
    other = {"old boots": "new shoes", "new shoes": "old boots"}[drawn]
    name = walk(ready, BEGIN + HOUR, shoe=other)
    assert f"You walked with {other}" in text(show_trial(ready, now=BEGIN + DAY))

    log_walk(ready, Told(shoe=drawn), walk=name, now=BEGIN + DAY)
    with pytest.raises(OptionError, match=f"you wore {drawn}"):
        join_walk(ready, name, walked_in=[other], now=BEGIN + DAY)


def test_what_was_done_is_told_by_letter_or_by_name(ready):
    """With one thing to try, A and B are enough; what is said last counts."""
    begin_trial(ready, LOAD, now=BEGIN)
    one_walk(ready, 0)
    drawn = arms_of(kept(ready).design, 0)[0]
    for said in ("AB"[1 - drawn], ("bag", "No  Bag")[1 - drawn]):
        join_walk(ready, walked_in=[said], now=BEGIN + DAY)
        assert (1 - drawn,) == kept(ready).log[0].done
    join_walk(ready, walked_in=[], now=BEGIN + DAY)
    assert kept(ready).log[0].done is None
    with pytest.raises(OptionError, match="no way of this experiment"):
        join_walk(ready, walked_in=["skates"], now=BEGIN + DAY)


def test_with_a_warning_sign_the_experiment_waits(ready):
    """No walk is shown, in the words of the walking plan."""
    begin_trial(ready, LOAD, now=BEGIN)
    walk(ready, BEGIN + HOUR, new_numbness=True)
    shown = next_walk(ready, now=BEGIN + DAY)

    assert "red_flag" == shown.document["refused"]
    assert "bag" not in text(shown)


# Looks


def walk_all(home, worst, days):
    """Walk the experiment on each of these days."""
    for day in days:
        one_walk(home, day, worst)


def test_between_looks_no_number_is_shown(ready):
    """After six walks there is no result, whatever the walks were like."""
    begin_trial(ready, LOAD, now=BEGIN)
    walk_all(ready, lambda arm: 5 - 4 * arm, range(6))
    shown = show_trial(ready, now=BEGIN + 6 * DAY)

    assert shown.document["result"] is None
    assert "%" not in text(shown)
    with pytest.raises(OptionError, match="between two looks"):
        show_trial(ready, plot=ready / "x.svg", now=BEGIN + 6 * DAY)


def test_a_clear_difference_is_found_at_the_end(ready):
    """The answer names the better way, with its bands and the seed."""
    begin_trial(ready, LOAD, now=BEGIN)
    walk_all(ready, lambda arm: 5 - 4 * arm, range(7))
    if show_trial(ready, now=BEGIN + 7 * DAY).document["state"] == "running":
        one_walk(ready, 7, lambda arm: 5 - 4 * arm)
    plot = ready.parent / "answer.svg"
    shown = show_trial(ready, plot=plot, now=BEGIN + 8 * DAY)

    assert shown.document["state"] in ("decided", "finished")
    assert "B_better" == shown.document["result"]["as_assigned"]["effects"][0]["verdict"]
    assert "With no bag your walks were much better than with bag." in text(shown)
    assert "This is about you" in text(shown)
    assert "<svg" in plot.read_text(encoding="utf-8")
    assert kept(ready) is None
    json.loads(shown.to_json())


def test_a_rating_that_may_still_come_is_waited_for(ready):
    """The look comes after it, or after three days without it."""
    begin_trial(ready, LOAD, now=BEGIN)
    walk_all(ready, lambda _arm: 3, range(6))
    name = one_walk(ready, 6, lambda _arm: None)
    waiting = show_trial(ready, now=BEGIN + 7 * DAY)
    assert 0 == waiting.document["looked"]
    assert f"evenstride log --walk {name} --worst 3" in text(waiting)

    assert 7 == show_trial(ready, now=BEGIN + 11 * DAY).document["looked"]
    log_walk(ready, Told(back=PainRatings(worst=3)), walk=name, now=BEGIN + 11 * DAY)
    assert 7 == show_trial(ready, now=BEGIN + 11 * DAY).document["result"]["n"]


def test_corrected_and_removed_walks_change_the_answer(ready):
    """The experiment keeps names only; values are read when they are needed."""
    begin_trial(ready, LOAD, now=BEGIN)
    names = [one_walk(ready, day) for day in range(8)]
    before = show_trial(ready, now=BEGIN + 8 * DAY).document["result"]
    log_walk(ready, Told(back=PainRatings(worst=9)), walk=names[0], now=BEGIN + 8 * DAY)
    remove_walk(ready, names[1], now=BEGIN + 8 * DAY)
    shown = show_trial(ready, now=BEGIN + 8 * DAY)
    after = shown.document["result"]

    assert (8, 0) == (before["n"], before["missing"])
    assert (7, 1) == (after["n"], after["missing"])
    assert 9 == after["points"][0]["value"]
    assert "gone from the diary" in text(shown)


def test_pain_that_rises_at_once_counts_as_one_minute():
    """A ratio to nothing says nothing, and would stop the analysis."""
    outing = Outing("w", BEGIN, minutes_to_rise=0)
    assert 1 == value_of(outing, "minutes_to_rise")


def test_today_shows_the_next_walk_and_the_news(ready):
    """Before a look is taken, the next walk is not shown: the experiment may be over."""
    begin_trial(ready, LOAD, now=BEGIN)
    for day in range(7):
        with own(ready, BEGIN + day * DAY) as mine:
            section = trial_today(mine)
        assert f"Walk {day + 1} of 8" in section.sentences[-1]
        walk(ready, BEGIN + day * DAY + HOUR)
    with own(ready, BEGIN + 7 * DAY) as mine:
        assert "trial show" in trial_today(mine).sentences[0]


def test_today_is_silent_without_an_experiment(ready):
    """There is nothing to say."""
    with own(ready, BEGIN) as mine:
        assert trial_today(mine) is None


# Damage


def _damage(home, change):
    with own(home, BEGIN) as mine:
        [entry] = mine.diary.entries("trial")
        document = json.loads(json.dumps(dict(entry.document)))
        change(document)
        mine.diary.keep_entry(Entry("trial", entry.id, entry.at_utc_ns, document))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.clear(),
        lambda d: d["design"].update(seed=1),
        lambda d: d["design"].update(walks=10_000_000),
        lambda d: d.update(design=[]),
        lambda d: d.update(log=[{"outing": "x", "start_utc_ns": 10**400, "done": None}]),
        lambda d: d.update(log=[{"outing": "x", "start_utc_ns": 1, "done": [0, 1]}]),
        lambda d: d.update(shoes=[["a\x1b[2J", "b"]]),
        lambda d: d.update(shoes=[]),
        lambda d: d.update(looked=5),
        lambda d: d.update(ending="won"),
        lambda d: d.update(shown_utc_ns="now"),
    ],
)
def test_an_experiment_changed_by_hand_ends_in_a_sentence(ready, change):
    """Today still shows the rest, and the experiment can be put aside for another one."""
    begin_trial(ready, SHOES, now=BEGIN)
    _damage(ready, change)
    for use in (next_walk, show_trial):
        with pytest.raises(DiaryError, match="cannot be read"):
            use(ready, now=BEGIN)
    with own(ready, BEGIN) as mine:
        assert "cannot be read" in trial_today(mine).sentences[0]

    assert "Put aside" in stop_trial(ready, now=BEGIN).sheet.headline
    begin_trial(ready, SHOES, now=BEGIN)


def test_what_is_kept_is_what_is_read(ready):
    """A round trip through the diary changes nothing."""
    begin_trial(ready, SHOES, now=BEGIN)
    one_walk(ready, 0)
    show_trial(ready, now=BEGIN + DAY)
    trial = replace(kept(ready), left_out=("gone",), shown_utc_ns=BEGIN)
    with own(ready, BEGIN) as mine:
        keep_trial(mine, trial)
    assert isinstance(trial, KeptTrial)
    assert trial == kept(ready)
    assert "running" == result_of(trial, {}, 1).state


# Around it


def test_needs_rest_on_what_is_usual_until_the_diary_knows_better(ready):
    """An empty diary is told as such."""
    shown = show_needs(ready, now=BEGIN)

    assert [0, 0] == [need["noise"]["n"] for need in shown.document["needs"]]
    assert "estimate" in text(shown)


def test_a_link_is_no_answer_but_leads_to_an_experiment(ready):
    """Walks that hurt more in one pair of shoes name the command that would find out."""
    for day in range(40):
        old = day % 4 in (1, 2)
        shoe = "old boots" if old else "new shoes"
        walk(ready, BEGIN + day * DAY, worst=6 + day % 2 if old else 2 + day % 2, shoe=shoe)
    shown = text(show_links(ready, now=BEGIN + 41 * DAY))

    assert "worth an experiment" in shown
    assert "trial new --try shoes" in shown
    assert "cannot tell what causes what" in shown


def test_a_trend_gives_no_verdict(ready):
    """It shows both stretches, and that other things changed as well."""
    for day in range(30):
        walk(ready, BEGIN + day * DAY, worst=5 if day < 16 else 3)
    now = BEGIN + 30 * DAY
    with own(ready, now) as mine:
        since = mine.today.replace(day=17, month=6)
    shown = show_trend(ready, since, what="routine", now=now)

    assert shown.document["ready"] is True
    assert "cannot tell why" in text(shown)
    with pytest.raises(OptionError, match="future"):
        show_trend(ready, since.replace(year=2027), now=now)


def test_an_experiment_waits_for_the_check_up_after_a_red_walk(ready):
    """Neither a new one nor its next walk begins while the questions are due again."""
    begin_trial(ready, SHOES, now=BEGIN)
    told = Told(minutes=16, back=PainRatings(before=1, worst=8))
    log_walk(ready, told, now=BEGIN + HOUR)
    found = next_walk(ready, now=BEGIN + 20 * HOUR)

    assert "red" == found.document["refused"]
    assert "before your next walk" in text(found)


# ----------------------------------------------------------------------------- for other skins


def test_answers_are_read_as_far_as_they_lead(ready):
    """What is open is asked next; a wrong answer keeps those before it, and says why."""
    typed = {"what-1": "Shoes", "a-1": "OLD boots", "b-1": "sandals", "walks": "8"}
    found = questions_told(ready, typed)
    fixed = typed | {"b-1": "new shoes", "what-2": "", "outcome": ""}
    whole = questions_told(ready, fixed)

    assert {"what-1": "shoe", "a-1": "old boots"} == found.told
    assert "b-1" == found.next.name
    assert "sandals" in found.problem.sentence
    assert ["new shoes"] == list(found.next.choices)
    assert whole.next is None
    assert Wish((Try("shoe", "old boots", "new shoes"),), "worst", 8) == wish_told(whole.told)


def test_all_experiments_stand_in_a_list(ready):
    """The one that runs comes first, then the newest; nothing moves on because it was looked at."""
    begin_trial(ready, LOAD, now=BEGIN)
    stop_trial(ready, now=BEGIN + HOUR)
    begin_trial(ready, SHOES, now=BEGIN + DAY)
    before = kept(ready)
    shown = show_trials(ready, now=BEGIN + 2 * DAY)

    assert ["running", "stopped"] == [one["state"] for one in shown.document["trials"]]
    assert "old boots or new shoes" in shown.as_text(width=100, color=False)
    assert before == kept(ready)


def test_what_can_be_joined_is_offered(ready):
    """The newest walks by name and the ways, and afterwards the walk that joined last."""
    begin_trial(ready, LOAD, now=BEGIN)
    assert last_joined(ready, now=BEGIN) is None
    name = one_walk(ready, 1)
    join_walk(ready, name, now=BEGIN + 2 * DAY)
    choices = join_choices(ready, now=BEGIN + 2 * DAY)
    said = last_joined(ready, now=BEGIN + 2 * DAY)

    assert [name] == [one for one, _ in choices.walks]
    assert (("bag", "no bag"),) == choices.ways
    assert "walk 1 of 8" in said.sentences[0]


def test_a_picture_is_there_only_at_a_look(ready):
    """Between two looks there is none; at one it has the walks of the look and no later one."""
    begin_trial(ready, LOAD, now=BEGIN)
    for day in range(1, 7):
        one_walk(ready, day)
        assert trial_picture(ready, now=BEGIN + day * DAY + 2 * HOUR) is None
    one_walk(ready, 7)
    show_trial(ready, now=BEGIN + 7 * DAY + 2 * HOUR)
    picture = trial_picture(ready, now=BEGIN + 7 * DAY + 2 * HOUR)

    assert picture.drawing.startswith("<svg")
    assert "<style" not in picture.drawing
    assert [f"{number}" for number in range(1, 8)] == [row[0] for row in picture.walks.table.rows]
