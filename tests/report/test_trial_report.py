"""What a person reads and sees of a self-experiment, for short and long, calm and painful ones."""

import random
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from evenstride.report.sheet import Sheet
from evenstride.report.sheet_text import render_sheet
from evenstride.report.trial.answer import answer_sections, percent
from evenstride.report.trial.plot import trial_plot
from evenstride.report.trial.sheets import Outlook, new_sheet, show_sheet, typed
from evenstride.trials import Factor, TrialWalk, analyse, needed_walks, noise_of, plan_trial
from evenstride.trials.design import arms_of
from evenstride.trials.words import BANDS

SVG = "{http://www.w3.org/2000/svg}"
WAYS = ("old boots", "new shoes")


def result(walks=28, *, gap=2.0, level=5.0, outcome="worst", factors=1, names=WAYS, changed=False):
    """Return the result of a whole experiment in which B is better by a gap."""
    chance = random.Random(walks)
    tried = [Factor("shoe", names), Factor("load", ("bag", "no bag"))][:factors]
    design = plan_trial(tried, seed=walks, outcome=outcome, walks=walks)
    done = []
    for number in range(walks):
        arms = arms_of(design, number)
        pain = min(max(round(level - gap * arms[0] + chance.gauss(0, 1)), 0), 10)
        value = None if number == 4 else pain if outcome == "worst" else 40.0 - 3 * pain
        other = tuple(1 - arm for arm in arms) if changed and number % 9 == 3 else None
        done.append(TrialWalk(number * 1.2, value, other))
    return analyse(design, done)


def words(found, state="finished", **more):
    """Return the answer as text."""
    sections = answer_sections(found, state, **{"gone": 0, "left_out": 0, "seed": None} | more)
    return " ".join(render_sheet(Sheet("", "", sections), width=100).split())


def drawn(found):
    """Return the picture of a result as a tree."""
    return ET.fromstring(trial_plot(found))  # noqa: S314 - our own picture


def circles(picture, class_):
    """Return the dots of a class."""
    return [dot for dot in picture.iter(f"{SVG}circle") if dot.get("class") == class_]


def test_every_band_has_its_number_beside_its_bar():
    """A screen reader hears band and number before the blocks."""
    text = words(result())
    for band in BANDS:
        assert f"{band} " in text
    assert "█" in text
    assert text.index("much better") < text.index("%") < text.index("█")


@pytest.mark.parametrize(
    ("share", "says"), [(0.0, "< 1 %"), (0.004, "< 1 %"), (0.5, "50 %"), (1.0, "> 99 %")]
)
def test_no_probability_is_told_as_certain(share, says):
    """Neither never nor always."""
    assert says == percent(share)


def test_what_was_done_otherwise_is_answered_as_well():
    """Both answers stand there, and how many walks differ."""
    found = result(changed=True)
    text = words(found)

    assert found.changed > 0
    assert "Going by what you really did" in text
    assert f"On {found.changed} of {found.walks_looked_at} walks" in text


def test_minutes_are_compared_as_times():
    """A ratio with its range, not points."""
    assert "times as long or far with new shoes" in words(result(outcome="minutes_to_rise"))


def test_an_answer_that_may_change_says_so():
    """Between the first look and the end, walking on as drawn is asked for."""
    found = result(28)

    assert "may still change" in words(found, "running")
    assert "before its time" in words(found, "stopped")
    assert "may still change" not in words(found, "finished")


def test_walks_that_were_taken_out_are_told():
    """To leave out bad days would make a winner of chance."""
    assert "Walks you took out: 2" in words(result(), left_out=2)
    assert "took out" not in words(result())


def test_too_few_ratings_give_no_answer():
    """Instead of numbers there is the reason."""
    design = plan_trial([Factor("shoe", WAYS)], seed=1, walks=8)
    found = analyse(design, [TrialWalk(day, None) for day in range(8)])

    assert "Too few walks have a rating" in words(found)
    with pytest.raises(ValueError, match="no answer"):
        trial_plot(found)


def test_the_beginning_says_the_rules_and_the_doubts():
    """Nothing of what is fixed is left out, and what could mislead comes before it."""
    design = plan_trial([Factor("shoe", WAYS)], seed=1, walks=8)
    need = needed_walks(noise_of([], []), 2.0)
    outlook = Outlook((need,), zeros=0.4, other="distance", bad_start=True, recent=5)
    text = " ".join(render_sheet(new_sheet(design, outlook, ""), width=100).split())

    assert "40 % of your ratings are 0" in text
    assert "Your last 5 walks hurt more" in text
    assert "With 8 the chance to find it is lower" in text
    assert text.index("Mind this") < text.index("Fixed from now on")


def test_while_it_runs_the_next_look_is_named():
    """Numbers are promised for then, not before."""
    design = plan_trial([Factor("shoe", WAYS)], seed=1, walks=28)
    text = render_sheet(show_sheet(design, "running", 7, 9, ()), width=100)

    assert "after walk 14" in text
    assert "after walk 7, it was too early" in text


@pytest.mark.parametrize("walks", [8, 28, 84])
def test_every_walk_stands_in_the_picture(walks):
    """One dot for each rating, a mark for the one that was not told."""
    found = result(walks, gap=0)
    picture = drawn(found)
    dots = len(circles(picture, "a")) + len(circles(picture, "b"))
    missing = [one for one in picture.iter(f"{SVG}line") if one.get("class") == "missing"]

    assert walks == found.walks_looked_at
    assert walks - 1 == dots - 3  # two dots of the legend, and the average
    assert 2 == len(missing)


@pytest.mark.parametrize(("level", "gap"), [(10, 10), (10, 0), (0, 0)])
def test_ratings_of_0_and_10_stay_inside_the_picture(level, gap):
    """Nothing is drawn beyond the edges, and the walks stay in order."""
    picture = drawn(result(level=level, gap=gap))
    width, height = map(float, picture.get("viewBox").split()[2:])
    dots = circles(picture, "a") + circles(picture, "b")
    for dot in dots:
        x, y, r = (float(dot.get(name)) for name in ("cx", "cy", "r"))
        assert r <= x <= width - r
        assert r <= y <= height - r
    texts = [float(one.get("y")) for one in picture.iter(f"{SVG}text")]
    assert max(texts) < height


def test_the_picture_tells_itself_to_those_who_do_not_see_it():
    """Title and description hold the answer, its size and every band."""
    found = result()
    picture = drawn(found)
    title, described = picture.find(f"{SVG}title").text, picture.find(f"{SVG}desc").text

    assert found.as_assigned.effects[0].sentence == title
    assert all(band in described for band in BANDS)
    assert "This is about you" in described
    assert "img" == picture.get("role")


def test_the_picture_follows_light_and_dark_and_names_no_other_file():
    """Text is drawn in the colour of its surroundings."""
    svg = trial_plot(result())

    assert "prefers-color-scheme:dark" in svg
    assert "currentColor" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "href" not in svg


def test_names_cannot_leave_their_place_in_the_picture():
    """What looks like a tag is text, and long titles end with dots."""
    name = "<script>alert(1)</script> & a name of sixty letters in all.."
    picture = drawn(result(names=("old boots", name)))

    assert not list(picture.iter(f"{SVG}script"))
    assert name in [one.text for one in picture.iter(f"{SVG}text")]
    assert all(len(one.text) <= 100 for one in picture.iter(f"{SVG}text"))


def test_minutes_have_a_round_scale_above_the_longest():
    """The highest line is at or above every walk, and the difference is told in times."""
    found = result(outcome="minutes_to_rise")
    texts = [one.text for one in drawn(found).iter(f"{SVG}text")]

    assert {"0", "10", "20", "30", "40", "50"} <= set(texts)
    assert "1.00" in texts


def test_two_things_at_once_have_a_picture_each():
    """One below the other."""
    picture = drawn(result(40, factors=2))
    averages = [float(one.get("cy")) for one in circles(picture, "b") if one.get("r") == "7"]

    assert 2 == len(averages)
    assert all(later > earlier for earlier, later in pairwise(averages))


def test_what_was_not_as_drawn_is_ringed():
    """Each such walk, and once in the legend."""
    found = result(changed=True)
    picture = drawn(found)

    assert 1 + found.changed == len(circles(picture, "ring"))


@pytest.mark.parametrize(
    ("name", "says"), [("new shoes", '"new shoes"'), ('x" $(date)', "'x\" $(date)'")]
)
def test_a_name_can_be_pasted_into_a_command(name, says):
    """A shell must not act on what somebody called their shoes."""
    assert says == typed(name)
