"""Weeks and months looked back on."""

import re
import shutil
from datetime import date, timedelta

import numpy as np
import pytest
from tests.web.conftest import ORIGIN, paired

from evenstride.app.looked_back import look_back
from evenstride.app.moments import now_utc_ns
from evenstride.app.own import own
from evenstride.app.phone import show_phone
from evenstride.app.planning import lights_of
from evenstride.diary import Diary
from evenstride.model import Device, Outing, PainRatings, Series
from evenstride.model.day import NS
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

DAY = 86_400 * NS
NAMED = ("Phone &lt;1&gt;", "Watch")
PHONE, WATCH = Device("Phone <1>", "phone", "phone"), Device("Watch", "watch", "watch")


@pytest.fixture(scope="module")
def viewer(demo):
    """Return a paired browser over the simulated person's diary."""
    return paired(create_app(Settings(demo, frozenset({ORIGIN}))))


def test_the_weeks_hold_every_walk(viewer, demo):
    """The picture has a mark for each walk whose pain was told, the table a row for each walk."""
    text = viewer.get("/history").text
    with own(demo, now_utc_ns()) as mine:
        walks = [one for one in mine.diary.outings() if one.is_walk]
        lights = lights_of(mine)
    wide = text.partition('class="wide-only"')[2].partition("</svg>")[0]
    drawn = len(re.findall(r'class="walk-light (?:green|amber|red|none)"', wide)) - 4  # the key

    assert sum(one.back.worst is not None for one in walks) == drawn
    assert f"{len(walks)} walks from" in text
    greens = sum(lights[one.id].light == "green" for one in walks if one.back.worst is not None)
    assert greens == wide.count('class="walk-light green"') - 1


def test_the_weeks_add_up(demo):
    """The minutes of the bars are those of the walks, and the plan has its own line."""
    found = look_back(demo)
    with own(demo, now_utc_ns()) as mine:
        minutes = sum(one.minutes or 0 for one in mine.diary.outings() if one.is_walk)

    assert minutes == pytest.approx(sum(bar.minutes for bar in found.back.bars))
    assert 13 == len(found.back.bars)
    assert [bar for bar in found.back.bars if bar.planned]
    assert {"checkup", "trial"} == {mark.kind for mark in found.back.marks}


@pytest.mark.parametrize("span", ["quarter", "year"])
def test_going_back_shows_every_week_once(tmp_path, span):
    """From today back to the first walk, and no week twice."""
    now = 1_780_000_000 * NS
    home = tmp_path / "home"
    with Diary.open(home) as diary:
        for ago in (0, 20, 100, 700, 1100):
            diary.add_outing(
                Outing(f"w{ago}", now - ago * DAY, minutes=20, back=PainRatings(worst=2))
            )
    found, mondays, dots = look_back(home, None, span, now=now), [], 0
    while True:
        mondays += [bar.monday for bar in reversed(found.back.bars)]
        dots += len(found.back.dots)
        if found.earlier is None:
            break
        found = look_back(home, found.earlier, span, now=now)

    assert mondays == [mondays[0] - timedelta(weeks=n) for n in range(len(mondays))]
    assert 5 == dots
    assert found.later is not None


def test_going_forth_ends_today(tmp_path):
    """The time after the last one leads to the newest weeks and no further."""
    now = 1_780_000_000 * NS
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(Outing("w", now - 300 * DAY, minutes=20))
    found = look_back(tmp_path / "home", date(2025, 8, 1), now=now)
    seen = 0
    while found.later is not None:
        found = look_back(tmp_path / "home", found.later, now=now)
        seen += 1

    assert look_back(tmp_path / "home", now=now).back.last == found.back.last
    assert seen > 1


@pytest.mark.parametrize("until", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_days(viewer, until):
    """They lead to a page and to no fault."""
    assert 200 == viewer.get("/history", params={"until": until}).status_code


def test_a_day_that_is_none_is_said(viewer):
    """The sentence names what was typed."""
    answer = viewer.get("/history", params={"until": "soon"})

    assert 422 == answer.status_code
    assert "“soon” is not a day." in answer.text


def test_an_empty_diary_says_so(browser):
    """Both pages answer before there is anything to look back on."""
    assert "There is no walk in the diary yet." in browser.get("/history").text
    assert "nothing that a phone or watch measured" in browser.get("/history/phone").text


@pytest.fixture
def measured(demo, tmp_path):
    """Return a browser and a diary into which a phone and a watch measured for 14 months."""
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    now = now_utc_ns()
    with Diary.open(home) as diary:
        for device, value in ((PHONE, 1.2), (WATCH, 1.1)):
            start = now - np.arange(425, 1, -1, dtype=np.int64) * DAY
            nothing = np.zeros(len(start))
            diary.keep_series(
                Series(
                    start, start + NS, nothing + value, nothing.astype(np.int32),
                    nothing.astype(np.int8), metric="walking_speed_m_s", unit="m/s",
                    devices=(device,), zone="Europe/London",
                )
            )  # fmt: skip
    return paired(create_app(Settings(home, frozenset({ORIGIN})))), home


def test_months_of_phone_and_watch_are_drawn_and_tabled(measured):
    """Each device has its own line; the table holds every month of both, and nothing is markup."""
    browser, home = measured
    months = show_phone(home).document["months"]
    speeds = [one for one in months if one["metric"] == "walking_speed_m_s"]
    drawn = sum(one["median"] is not None for one in speeds)
    year = browser.get("/history/phone").text
    every = browser.get("/history/phone?everything=1").text
    wide = year.partition('class="wide-only"')[2].partition("</svg>")[0]
    key = 2

    assert len(speeds) == sum(year.count(f"<td>{name}</td>") for name in NAMED)
    assert drawn + key == len(re.findall(r'class="mark (?:one|two)"', wide))
    assert every.count("<td>Watch</td>") > year.count("<td>Watch</td>")
    assert "Phone <1>" not in year
