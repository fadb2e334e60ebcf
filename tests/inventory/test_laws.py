"""What holds for every diary."""

import json
import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.model import Outing, PainRatings, Person

from .helpers import BLUE, PERSON, RED, TODAY, look, measure, walk

DAY_NS = 86_400 * 10**9
NAMES = {
    "speed_m_s": (1.0, 1.6),
    "cadence_spm": (95.0, 125.0),
    "pitch_deg": (-3.0, 9.0),
    "impact_peak_m_s2": (2.0, 6.0),
    "step_time_asymmetry_pct": (0.0, 9.0),
}

settings_of_laws = settings(max_examples=25)


def maybe(values):
    """Draw a value or None."""
    return st.one_of(st.none(), values)


@st.composite
def measures(draw):
    """Draw some measures, some of them not usable."""
    found = {}
    for name, (low, high) in NAMES.items():
        if draw(st.integers(0, 3)):
            grade = draw(st.sampled_from(["firm", "own_trend", "own_trend", "not_usable"]))
            value = draw(st.floats(low, high))
            found[name] = measure(name, value, grade=grade, n=draw(st.integers(20, 900)))
    return found


@st.composite
def diaries(draw, most=18):
    """Draw walks of the last months, a few of them on one day."""
    days = draw(st.lists(st.integers(0, 120), max_size=most))
    walks = []
    for number, ago in enumerate(days):
        told = {
            "hour": draw(st.integers(6, 21)),
            "worst": draw(maybe(st.integers(0, 10).map(float))),
            "measures": draw(measures()),
            "minutes": draw(maybe(st.floats(1, 120))),
            "distance_m": draw(maybe(st.floats(100, 9000))),
            "kind": draw(st.sampled_from(["outdoor", "outdoor", "treadmill"])),
            "shoe": draw(maybe(st.sampled_from(["blue", "red", "gone"]))),
            "surface": draw(maybe(st.sampled_from(["paved", "track", "grass"]))),
            "hills": draw(maybe(st.sampled_from(["flat", "steep"]))),
            "load_kg": draw(maybe(st.floats(0, 12))),
            "sitting_before_min": draw(maybe(st.floats(0, 300))),
            "minutes_to_rise": draw(maybe(st.floats(1, 60))),
        }
        walks.append(replace(walk(ago, **told), id=f"w{number}"))
    return walks


def said(found):
    """Return the factor and name of everything that has a verdict."""
    return {
        (factor.id, one.name)
        for factor in found.factors
        for one in factor.observed
        if one.comparison is not None and one.comparison.verdict != "cannot_say"
    }


@settings_of_laws
@given(diaries(), st.integers(0, 2**32))
def test_the_order_of_walks_and_shoes_does_not_matter(walks, seed):
    """Walks come in any order, and so do shoes."""
    mixed = walks.copy()
    random.Random(seed).shuffle(mixed)

    assert look(walks).to_json() == look(mixed, (RED, BLUE)).to_json()


@settings_of_laws
@given(diaries())
def test_alias_units_and_country_do_not_matter(walks):
    """Only year of birth, height and mass of a person count."""
    other = Person("Otto", 1980, 1.75, 80, "Asia/Tokyo", "imperial", "JP")

    assert look(walks).to_json() == look(walks, person=other).to_json()


@settings_of_laws
@given(diaries(), diaries(most=4))
def test_walks_after_today_change_nothing(walks, later):
    """A walk that is dated after the day does not count."""
    ahead = [
        replace(one, id=f"later{number}", start_utc_ns=one.start_utc_ns + 121 * DAY_NS)
        for number, one in enumerate(later)
    ]

    assert look(walks).to_json() == look([*walks, *ahead]).to_json()


@settings_of_laws
@given(diaries(), st.integers(-11, 12))
def test_a_diary_kept_elsewhere_says_the_same(walks, hours):
    """With the same clock on the wall in another zone, nothing changes."""
    zone = f"Etc/GMT{hours:+d}"  # by its old custom, GMT+5 is five hours behind UTC
    moved = [
        replace(one, time_zone=zone, start_utc_ns=one.start_utc_ns + hours * 3600 * 10**9)
        for one in walks
    ]

    assert look(walks).to_json() == look(moved).to_json()


@settings_of_laws
@given(diaries(), st.integers(1, 400))
def test_the_same_diary_years_later_says_the_same(walks, weeks):
    """No calendar date matters, only days from walk to walk and to today; but for age."""
    by = weeks * 7
    person = Person(height_m=1.75, mass_kg=80)
    moved = [replace(one, start_utc_ns=one.start_utc_ns + by * DAY_NS) for one in walks]
    new_shoes = replace(BLUE, first_worn=None)
    before = look(walks, (new_shoes, RED), person).document()
    after = look(moved, (new_shoes, RED), person, TODAY + timedelta(days=by)).document()

    assert dateless(before) == dateless(after)


def dateless(document):
    """Return a document without its days."""
    if isinstance(document, dict):
        days = ("day", "today", "since")
        return {key: dateless(part) for key, part in document.items() if key not in days}
    return [dateless(part) for part in document] if isinstance(document, list) else document


@settings_of_laws
@given(diaries(), st.data())
def test_fewer_earlier_walks_never_say_more(walks, data):
    """Whatever can be said without some of the earlier walks can be said with them.

    The newest walk that has a measure stays, and so does the first day of the diary.
    """
    ordered = sorted(walks, key=lambda one: (one.start_utc_ns, one.id))
    last = {name: one.id for one in ordered for name in usable(one)}
    kept = {*last.values(), *(one.id for one in (*ordered[:1], *ordered[-1:]))}
    gone = {one.id for one in ordered if one.id not in kept and data.draw(st.booleans())}

    fewer = look([one for one in ordered if one.id not in gone])
    measured = {one for one in said(fewer) if one[0] != "dose"}

    assert measured <= said(look(ordered))


def usable(outing: Outing):
    """Return the names of the measures that may be compared."""
    return [name for name, one in outing.measures.items() if one.grade != "not_usable"]


@settings_of_laws
@given(diaries())
def test_pain_never_changes_what_is_observed(walks):
    """Pain stands beside the factors; it moves no comparison."""
    calm = [replace(one, back=PainRatings(), leg=PainRatings()) for one in walks]

    before = [factor.observed for factor in look(walks).factors]
    assert before == [factor.observed for factor in look(calm).factors]


@settings_of_laws
@given(diaries())
def test_the_document_is_whole(walks):
    """It is JSON without NaN; every absence has a reason; every source that is named is there."""
    document = json.loads(look(walks).to_json())

    assert "evenstride/inventory/1" == document["schema"]
    for factor in document["factors"]:
        for one in factor["observed"]:
            if one["value"] is None:
                assert one["reason"]
                assert one["give"]
            if one["norm"]:
                assert one["norm"]["source"] in document["sources"]
        for one in factor["known"] + factor["article"]:
            assert set(one["sources"]) <= set(document["sources"])


def test_a_diary_of_ten_years_is_quick_to_go_through():
    """Twice the walks are no more than thrice the looks at their measures."""
    few, many = (counted_looks(number) for number in (200, 400))

    assert many <= 3 * few


def counted_looks(number):
    """Return how often a measure of a walk is looked up for so many walks."""
    looks = 0

    class Counting(dict):
        def get(self, name, default=None):
            nonlocal looks
            looks += 1
            return super().get(name, default)

    seen = {name: measure(name, low) for name, (low, _) in NAMES.items()}
    look([replace(walk(ago), measures=Counting(seen)) for ago in range(number)], person=PERSON)
    return looks
