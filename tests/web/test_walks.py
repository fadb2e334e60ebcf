"""The list of walks, and one walk with an answer behind every number."""

import csv
import io
import json
import re
import statistics
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from tests.walked import EARLIER, HILLY, NOTED, REAL, RIDE, walked_diary
from tests.web.conftest import ORIGIN, paired

from evenstride.app.moments import now_utc_ns
from evenstride.app.one_walk import look_at_walk
from evenstride.app.own import own
from evenstride.app.walk import show_walk
from evenstride.gait.catalogue import CATALOGUE
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the folder of a diary of walks of every kind; nobody may change it."""
    folder = tmp_path_factory.mktemp("walked")
    walked_diary(folder / "home", folder / "in", NOW)
    return folder / "home"


@pytest.fixture(scope="module")
def walker(home):
    """Return a paired browser over that diary."""
    return paired(create_app(Settings(home, frozenset({ORIGIN}))))


@pytest.fixture(scope="module")
def tracked(home):
    """Return the id of the walk of which there is only a track."""
    with own(home, now_utc_ns()) as mine:
        named = {HILLY, REAL, RIDE, NOTED, *(f"w{number}" for number in range(EARLIER))}
        return next(one.id for one in mine.diary.outings() if one.id not in named)


class _Page(HTMLParser):
    """What a page holds: texts, links, and the numbers that can be opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.numbers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.links += [found["href"]] if tag == "a" and "href" in found else []
        if tag == "details" and "number" in (found.get("class") or "").split():
            self.numbers.append(found["id"])

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def shown(client, path: str) -> _Page:
    """Return a page that is there."""
    answer = client.get(path)
    assert 200 == answer.status_code, answer.text[-500:]
    return _Page(answer.text)


def listed(page: _Page) -> list[str]:
    """Return the ids of the walks in a list, in order."""
    inside = (re.fullmatch(r"/walks/([^/?]+)", link) for link in page.links)
    return [one[1] for one in inside if one and one[1] != "new"]


def test_the_newest_walk_comes_first(walker, home, tracked):
    """Every walk of the diary is listed once, by day and hour backwards, under its month."""
    page = shown(walker, "/walks")
    with own(home, now_utc_ns()) as mine:
        expected = [quote(one.id, safe="") for one in reversed(mine.diary.outings())]

    assert expected == listed(page)
    assert tracked in expected
    assert f"{NOW:%Y}" in page.text
    assert "Pain 1 → 3 → 1" in page.text
    assert "bike ride" in page.text


def test_an_empty_diary_says_what_to_do(browser):
    """It leads to the three ways a walk comes into it."""
    page = shown(browser, "/walks")

    assert "There is no walk here yet." in page.text
    assert {"/walk", "/walks/new", "/import"} <= set(page.links)


def test_only_walks_of_a_kind_are_shown_where_that_is_asked(walker, tracked):
    """Measured ones have numbers; rated ones have a pain."""
    measured = listed(shown(walker, "/walks?which=measured"))
    rated = listed(shown(walker, "/walks?which=rated"))

    assert {HILLY, REAL, tracked} <= set(measured)
    assert {RIDE, NOTED}.isdisjoint(measured)
    assert {HILLY, RIDE} <= set(rated)
    assert {NOTED, tracked}.isdisjoint(rated)


@pytest.mark.parametrize("day", ["x", "2026-13-01", "0000-00-00"])
def test_a_day_that_is_none_is_said(walker, day):
    """The sentence names what was typed, and shows how to type it."""
    answer = walker.get("/walks", params={"until": day})

    assert 422 == answer.status_code
    assert f"“{day}” is not a day." in answer.text


@pytest.mark.parametrize("path", ["/walks?until=0001-01-01", "/walks?until=9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_days(walker, path):
    """They show no walk, or all."""
    assert 200 == walker.get(path).status_code


def test_one_walk_tells_its_story(walker):
    """Pain, light, shoes, load and the note stand on it, and what was typed is not markup."""
    answer = walker.get(f"/walks/{HILLY}")
    page = _Page(answer.text)

    for word in ("Brown boots", "2 kg", "paved", "Green", "At its worst"):
        assert word in page.text
    assert "Through the &lt;woods&gt;, slowly." in answer.text
    assert {f"/walks/{HILLY}/change", f"/walks/{HILLY}/changes"} <= set(page.links)


def test_what_was_not_told_can_be_told(walker):
    """Each missing pain leads to the page that asks for it."""
    links = shown(walker, f"/walks/{NOTED}").links

    for when in ("worst", "hour_after", "next_morning"):
        assert f"/walks/{NOTED}/pain?when={when}" in links


def test_last_is_the_newest_and_a_day_names_its_walk(walker):
    """Both names that a person can type without looking lead to the walk."""
    last = shown(walker, "/walks/last").text

    assert last == shown(walker, f"/walks/{HILLY}").text
    assert 422 == walker.get("/walks/nothing").status_code


def test_every_number_of_the_walk_is_one_line_with_its_answers(walker, home):
    """Each measure that can be used is there once; what cannot is said with its reason."""
    page = shown(walker, f"/walks/{HILLY}")
    with own(home, now_utc_ns()) as mine:
        measures = mine.diary.outing(HILLY).measures
    usable = [name for name, one in measures.items() if one.value is not None]

    assert sorted(usable) == sorted(page.numbers)
    assert len(page.numbers) == page.text.count("How sure")
    assert len(page.numbers) == page.text.count("From what")
    assert "Recording “hilly.csv”" in page.text


def test_what_could_not_be_measured_is_said_with_its_reason(walker, home):
    """The real recording has no standing reference, so its lean is absent, and the page says so."""
    page = shown(walker, f"/walks/{REAL}")
    with own(home, now_utc_ns()) as mine:
        measure = mine.diary.outing(REAL).measures["pitch_deg"]

    assert measure.value is None
    assert "pitch_deg" not in page.numbers
    assert f"{CATALOGUE['pitch_deg'].title}" in page.text
    assert measure.reason in page.text


def test_a_number_is_put_beside_the_own_earlier_walks(home):
    """Middle value, ends, and how many lie below are those of the walks that can be compared."""
    found = look_at_walk(home, HILLY)
    lines = {line.name: line for group in found.walk.groups for line in (*group.first, *group.more)}
    with own(home, now_utc_ns()) as mine:
        earlier = [
            mine.diary.outing(f"w{number}").measures["cadence_spm"].value
            for number in range(EARLIER)
        ]
    line = lines["cadence_spm"]

    assert EARLIER == len(line.dots.earlier)
    assert f"the middle value was {statistics.median(earlier):.1f}" in line.dots.says
    assert f"from {min(earlier):.1f} to {max(earlier):.1f}" in line.dots.says
    assert f"On {sum(one < line.dots.value for one in earlier)} of them" in line.dots.says
    assert "as_usual" == line.verdict
    assert {"cadence_spm", "impact_peak_m_s2", "pitch_deg"} <= set(found.pictures)


def test_other_people_are_named_only_for_firm_numbers(home):
    """Cadence is firm and has a norm; the speed is worked out from height and has none."""
    found = look_at_walk(home, HILLY)
    lines = {line.name: line for group in found.walk.groups for line in (*group.first, *group.more)}

    assert lines["cadence_spm"].among
    assert "own_trend" == lines["speed_m_s"].grade
    assert "" == lines["speed_m_s"].among
    assert all(not line.among for line in lines.values() if line.grade != "firm")


def test_no_number_is_called_good_or_bad(walker):
    """The page judges nothing, and says so: no such word stands anywhere else on it."""
    text = shown(walker, f"/walks/{HILLY}").text.replace("No number here is good or bad.", "")

    for word in ("good", "bad", "poor", "wrong walk", "abnormal", "worse than"):
        assert not re.search(rf"\b{word}\b", text), word


@pytest.mark.parametrize("name", [RIDE, NOTED])
def test_a_walk_without_a_recording_has_a_page(walker, name):
    """It says that nothing was measured and how that can change, and draws nothing."""
    page = shown(walker, f"/walks/{name}")

    assert "Nothing was measured on this walk." in page.text
    assert f"/walks/{name}/way" not in page.links
    assert (
        "Nothing of this walk was recorded over time." in shown(walker, f"/walks/{name}/way").text
    )


def test_a_walk_with_only_a_track_shows_its_ground(walker, tracked):
    """Its numbers are those of the ground, its picture the way; no motion is claimed."""
    page, way = shown(walker, f"/walks/{tracked}"), shown(walker, f"/walks/{tracked}/way")

    assert {"distance_m", "moving_s"} <= set(page.numbers)
    assert "cadence_spm" not in page.numbers
    assert "The way from above" in way.text
    assert "Recording “" not in page.text


def test_the_way_says_nothing_of_where_on_earth_it_is(walker, home):
    """Neither page nor download holds a place: only the shape of the way is drawn."""
    pieces = show_walk(home, HILLY).document["terrain"]["segments"]
    latitudes = {f"{one['latitude_deg']:.4f}" for one in pieces}

    assert len(latitudes) > 20
    for more in ("", "/way", "/numbers.json", "/numbers.csv"):
        answer = walker.get(f"/walks/{HILLY}{more}")
        assert "no-store" == answer.headers["cache-control"]
        assert not [one for one in latitudes if one in answer.text]
        assert "latitude" not in answer.text.lower()


def test_the_numbers_can_be_taken_along(walker, home):
    """The files hold what the diary holds: a row for each measure, and the whole document."""
    as_json = walker.get(f"/walks/{HILLY}/numbers.json")
    as_csv = walker.get(f"/walks/{HILLY}/numbers.csv")
    with own(home, now_utc_ns()) as mine:
        measures = mine.diary.outing(HILLY).measures
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(as_csv.text))}

    assert "attachment" in as_json.headers["content-disposition"]
    assert "evenstride/outing/1" == json.loads(as_json.text)["schema"]
    assert set(measures) == set(rows)
    assert measures["cadence_spm"].value == float(rows["cadence_spm"]["value"])
    assert 422 == walker.get(f"/walks/{HILLY}/numbers.xml").status_code


def test_the_changes_of_a_walk_are_told(walker):
    """What was told first and what an import added stand there in words, not as raw columns."""
    text = shown(walker, f"/walks/{HILLY}/changes").text

    assert "added" in text
    assert "grade" not in text


def test_the_table_holds_what_is_drawn(walker):
    """Each value of the picture is in the row of its time, rounded as the table shows it."""
    answer = walker.get(f"/walks/{HILLY}/way").text
    block = answer.partition('<script type="application/json">')[2].partition("</script>")[0]
    plot = json.loads(block)
    values = plot["panels"][0]["curves"][0]["values"]
    rows = re.findall(r'<tr><th scope="row">([0-9:]+)</th>(.*?)</tr>', answer, re.DOTALL)
    cells = [re.findall(r"<td>(.*?)</td>", row)[0] for _, row in rows]

    assert [f"{one:.0f}" if one is not None else "–" for one in values if one is not None] == [
        one for one in cells[: len(values)] if one != "–"
    ]
    assert ["rhythm", "evenness", "lean", "impact", "slope", "pain"] == [
        one["name"] for one in plot["panels"]
    ]
    assert [2.0, 3.0, 5.0] == [one for one in plot["panels"][-1]["curves"][0]["values"] if one]
