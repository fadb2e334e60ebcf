"""Links are corrected for their number and never said to be causes."""

import numpy as np
import pytest

from evenstride.errors import OptionError
from evenstride.model.outing import Outing
from evenstride.trials.links import MORE_OF, candidates, find_links, holm


def diary(walks=60, effect=0.0, seed=0):
    """Return days, pain and three candidates, of which the first may go together with pain."""
    rng = np.random.default_rng(seed)
    columns = {name: list(rng.normal(size=walks)) for name in ("minutes", "sleep", "load")}
    pain = 4 + rng.normal(size=walks) + effect * np.array(columns["minutes"])
    return list(np.arange(float(walks))), [float(p) for p in np.clip(pain, 0, 10)], columns


def test_a_strong_link_is_worth_an_experiment():
    """What goes together with pain comes first, with its direction and without a cause."""
    link = find_links(*diary(effect=1.2))[0]

    assert "minutes" == link.name
    assert link.worth_an_experiment
    assert link.low > 0
    assert "longer walks and more pain come together" in link.sentence
    assert "Other things may be behind it" in link.sentence


def test_shoes_are_called_what_the_person_calls_them():
    """A sentence names a pair of shoes in the person's own words, and never says an id instead."""
    days, pain, columns = diary(effect=1.2)
    link = find_links(
        days, pain, {"shoe:a1": columns["minutes"]}, MORE_OF | {"shoe:a1": "the red shoes"}
    )[0]

    assert "the red shoes and more pain come together" in link.sentence


def test_without_links_none_is_shown():
    """Over diaries without links, at most one in twenty shows any."""
    shown = [
        any(link.worth_an_experiment for link in find_links(*diary(seed=s))) for s in range(60)
    ]

    assert sum(shown) <= 3


def test_two_waves_are_no_link():
    """Slow waves in pain and dose that happen to fit are no news: few waves were seen."""
    days = np.arange(40.0)
    pain = list(4 + np.sin(days / 8))
    links = find_links(list(days), pain, {"minutes": list(np.sin(days / 8 + 0.4))})
    plain = np.random.default_rng(0).permutation(40)
    mixed = find_links(
        list(days),
        [pain[at] for at in plain],
        {"minutes": [float(np.sin(days[at] / 8 + 0.4)) for at in plain]},
    )

    assert links[0].p > mixed[0].p


def test_one_very_long_walk_makes_no_link():
    """Ranks are compared, so one extreme walk moves little."""
    days, pain, columns = diary()
    wild = {**columns, "minutes": [*columns["minutes"][:-1], 1e9]}

    assert not find_links(days, [*pain[:-1], 10.0], wild)[0].worth_an_experiment


def test_too_short_diaries_and_constant_candidates_are_left_out():
    """Fewer than 20 walks, or no spread, give no link."""
    days, pain, columns = diary(walks=15)
    assert () == find_links(days, pain, columns)
    assert () == find_links([], [], {})
    assert () == find_links(list(range(30)), [3.0, 4.0] * 15, {"load": [2.0] * 30})


def test_gaps_are_left_out_per_candidate():
    """A walk of which a candidate is not known does not count for this candidate only."""
    days, pain, columns = diary()
    columns["sleep"][:20] = [None] * 20
    found = {link.name: link.n for link in find_links(days, [None, *pain[1:]], columns)}

    assert {"minutes": 59, "sleep": 40, "load": 59} == found


def test_holm_corrects_step_by_step():
    """The smallest p is multiplied by the number, the next by one less, never falling."""
    np.testing.assert_allclose([0.03, 0.06, 0.06], holm(np.array([0.01, 0.04, 0.03])))
    np.testing.assert_allclose([1.0, 1.0], holm(np.array([0.9, 0.6])))


def test_candidates_come_from_walks():
    """What a person can change is read from walks; shoes need five walks on either side."""
    walks = [
        Outing(
            str(n),
            n,
            minutes=20.0 + n,
            shoe="red" if n % 2 else "blue",
            surface="grass" if n % 3 else "paved",
            hills="some" if n % 4 else "flat",
        )
        for n in range(12)
    ]

    found = candidates(walks)

    assert {"minutes", "hills", "uneven", "shoe:blue"} == set(found)
    assert 6 == found["shoe:blue"].count(0.0)
    assert "shoe:blue" not in candidates(walks[:6])


def test_a_ride_says_nothing_of_walks():
    """It keeps its place, so that pain and days still fit, but nothing of it is known."""
    walks = [Outing(str(n), n, minutes=20.0 + n, sleep_h=7.0 + n % 2) for n in range(4)]
    ride = Outing("ride", 4, kind="cycling", minutes=90.0, sleep_h=3.0, shoe="red")

    found = candidates([*walks, ride])

    assert {"minutes": [20.0, 21.0, 22.0, 23.0, None], "sleep": [7.0, 8.0, 7.0, 8.0, None]} == found


def test_lists_must_fit_together():
    """Different lengths and days that run backwards raise."""
    with pytest.raises(OptionError):
        find_links([0.0], [], {})
    with pytest.raises(OptionError):
        find_links([1.0, 0.0], [1.0, 2.0], {})
