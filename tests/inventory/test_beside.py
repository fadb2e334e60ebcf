"""Every number of a walk next to the person's own earlier walks."""

from dataclasses import replace

from evenstride.inventory import inventory
from evenstride.inventory.beside import LOOKED_BACK_DAYS, beside
from evenstride.model import Measure, Outing, Person

DAY_NS = 86_400 * 10**9
START = 1_780_000_000 * 10**9
WORDS = {"more": "Higher.", "less": "Lower."}
PERSON = Person("P", 1980, 1.70, 70.0)


def walk(day: int, **values: float) -> Outing:
    """Return a measured walk of a day."""
    measures = {
        name: Measure(value, value - 0.1, value + 0.1, "1", "own_trend", "Why.", 500)
        for name, value in {"speed_m_s": 1.2, **values}.items()
    }
    return Outing(
        f"w{day}", START + day * DAY_NS, minutes=20, sensor="s", placement="lower back",
        surface="paved", hills="flat", measures=measures,
    )  # fmt: skip


def test_a_factor_says_the_same_of_a_measure():
    """The page of the newest walk and the page of the factors agree, word for word."""
    walks = [walk(day, cadence_spm=110 + day % 3, steps=2000 + day) for day in range(10)]
    newest = walk(10, cadence_spm=120, steps=9000)
    found = beside(newest, walks, PERSON, WORDS)
    factors = inventory([*walks, newest], (), PERSON, newest.day).factors
    rhythm = next(one for one in factors if one.id == "rhythm")
    observed = next(one for one in rhythm.observed if one.name == "cadence_spm")

    assert observed.comparison == found["cadence_spm"].comparison
    assert tuple(110.0 + day % 3 for day in range(10)) == found["cadence_spm"].earlier


def test_how_much_was_walked_is_not_compared():
    """Steps have no verdict: a longer walk is no other way to walk."""
    found = beside(walk(9, steps=5000), [walk(day, steps=2000) for day in range(9)], PERSON, WORDS)

    assert {"speed_m_s"} == set(found)


def test_a_measure_without_a_factor_is_told_in_general_words():
    """A change that passes its threshold is called higher or lower, and nothing else."""
    walks = [walk(day, smoothness_sparc=-5 + 0.01 * (day % 2)) for day in range(12)]
    found = beside(walk(12, smoothness_sparc=-3.0), walks, PERSON, WORDS)["smoothness_sparc"]

    assert "more" == found.comparison.verdict
    assert found.comparison.says.startswith("Higher.")


def test_older_walks_need_not_be_read():
    """What was longer ago than is looked back changes no comparison."""
    near = [walk(LOOKED_BACK_DAYS + day, cadence_spm=110 + day % 2) for day in range(6)]
    newest = walk(LOOKED_BACK_DAYS + 9, cadence_spm=111)
    old = [replace(walk(0, cadence_spm=90), id="old")]
    with_old, without = (
        beside(newest, walks, PERSON, WORDS)["cadence_spm"] for walks in ([*old, *near], near)
    )

    assert with_old.earlier == without.earlier
    assert with_old.comparison.verdict == without.comparison.verdict


def test_rides_are_no_walks_to_compare_with():
    """A ride in between does not count, whatever was measured on it."""
    rides = [replace(walk(day, cadence_spm=60), kind="cycling") for day in range(5)]

    assert () == beside(walk(6, cadence_spm=110), rides, PERSON, WORDS)["cadence_spm"].earlier
