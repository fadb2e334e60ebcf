"""Settings: who one is, backups, everything as files, and erasing."""

import io
import re
import time
import zipfile

import pytest
from tests.web.conftest import paired, token_of

from evenstride.app.about import about
from evenstride.app.person import tell_me

PAGES = ("/settings", "/settings/backup", "/settings/erase", "/settings/passphrase")
PATIENCE_S = 120.0
MORE_PAGES = ("/settings/storage", "/settings/about")


def measured_again(person):
    """Let all be measured again, and wait for it: nothing is erased while it goes on."""
    place = person.post("/import/measure-again").headers["location"].rpartition("/")[2]
    end_s = time.monotonic() + PATIENCE_S
    while not person.get(f"/api/jobs/{place}").json()["ended"]:
        assert time.monotonic() < end_s
        time.sleep(0.05)


@pytest.mark.parametrize("path", [*PAGES, *MORE_PAGES])
def test_each_page_is_there_also_before_anything_was_told(browser, path):
    """An empty diary is no reason for an error."""
    assert 200 == browser.get(path).status_code


def test_the_country_gives_the_emergency_number(browser):
    """On the page once it is kept, and for the script while it is typed."""
    browser.post("/settings", data={"country": "de", "time_zone": "UTC", "units": "metric"})

    assert 'data-part="emergency">112<' in browser.get("/settings").text
    assert "999" == browser.get("/api/settings/emergency?country=gb").json()["number"]


def test_units_change_what_other_pages_show(person):
    """The shoes stand in miles then."""
    before = person.get("/shoes").text
    texts = fields_of(person.get("/settings").text)
    person.post("/settings", data=texts | {"units": "imperial"})
    after = person.get("/shoes").text

    assert " km in " in before
    assert " mi in " in after


def test_what_cannot_be_right_is_refused_in_a_sentence(browser):
    """The problem stands where forms show it."""
    answer = browser.post("/settings", data={"height_m": "tall", "time_zone": "UTC"})

    assert 422 == answer.status_code
    assert 'id="problem-said"' in answer.text


def test_the_language_is_chosen_and_kept(browser):
    """The page then says in which one it is."""
    browser.post("/settings/language", data={"language": "de"})

    assert '<html lang="de"' in browser.get("/settings").text
    assert 422 == browser.post("/settings/language", data={"language": "xx"}).status_code


def test_a_backup_is_made_taken_along_and_put_back(person, home, no_traces):
    """What was told in between is gone, and the diary of then is kept."""
    person.post("/settings/backup")
    name = re.search(r"/settings/backup/(backup-[\d-]+)/file", person.get("/settings/backup").text)[
        1
    ]
    packed = person.get(f"/settings/backup/{name}/file")
    tell_me(home, {"alias": "Later"})
    asked = person.get(f"/settings/backup/{name}/restore")
    done = person.post(f"/settings/backup/{name}/restore")

    assert {"diary.sqlite"} <= {
        one.rpartition("/")[2] for one in zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    }
    assert "Put back the diary of" in asked.text
    assert 200 == done.status_code
    assert "Later" != tell_me(home, {}).document["alias"]
    assert "before a backup was put back" in person.get("/settings/backup").text
    assert [] == list(no_traces.iterdir())


def test_a_downloaded_backup_can_be_brought_back(person, home, no_traces):
    """The file that was taken along is the file that is taken back."""
    person.post("/settings/backup")
    name = re.search(r"/settings/backup/(backup-[\d-]+)/file", person.get("/settings/backup").text)[
        1
    ]
    packed = person.get(f"/settings/backup/{name}/file").content
    tell_me(home, {"alias": "Later"})
    answer = person.post(
        "/settings/backup/upload", files={"backup": ("b.zip", packed)}, data={"sure": "yes"}
    )

    assert 200 == answer.status_code
    assert "Later" != tell_me(home, {}).document["alias"]
    assert [] == list(no_traces.iterdir())


@pytest.mark.parametrize(
    ("files", "data"),
    [
        ({"backup": ("b.zip", b"nonsense")}, {"sure": "yes"}),
        ({"backup": ("b.zip", b"nonsense")}, {}),
        ({}, {"sure": "yes"}),
    ],
)
def test_what_is_no_backup_changes_nothing(person, home, no_traces, files, data):
    """A sentence says why; nothing is left behind."""
    before = tell_me(home, {}).document
    answer = person.post("/settings/backup/upload", files=files, data=data)

    assert 422 == answer.status_code
    assert 'id="problem-said"' in answer.text
    assert before == tell_me(home, {}).document
    assert [] == list(no_traces.iterdir())


@pytest.mark.parametrize("name", ["..%2F..%2Fetc", "none", "%2e%2e"])
@pytest.mark.parametrize("end", ["file", "restore"])
def test_no_name_leads_out_of_the_folder_of_backups(person, name, end):
    """It is not there, or not a backup."""
    assert person.get(f"/settings/backup/{name}/{end}").status_code in (404, 422)


def test_everything_is_a_zip_of_tables_and_one_document(person, no_traces):
    """It is what the command writes."""
    found = zipfile.ZipFile(io.BytesIO(person.get("/settings/export").content)).namelist()

    assert {"outings.csv", "diary.json"} <= {one.rpartition("/")[2] for one in found}
    assert [] == list(no_traces.iterdir())


@pytest.mark.parametrize("part", ["bytes=nonsense", "bytes=999999999999-", "bytes=0-9"])
def test_who_asks_for_a_part_of_a_file_leaves_nothing_behind_either(person, no_traces, part):
    """The file is made for one answer, whatever that answer is."""
    answer = person.get("/settings/export", headers={"range": part})

    assert answer.status_code in (206, 400, 416)
    assert [] == list(no_traces.iterdir())


def test_another_word_erases_nothing(person, home):
    """The diary is there as before."""
    assert 422 == person.post("/settings/erase", data={"word": "no"}).status_code
    assert (home / "diary.sqlite").exists()
    assert "Old trainers" in person.get("/shoes").text


def test_the_word_erases_all_and_the_app_begins_anew(person):
    """Other devices are out; this one is let in, and forgets what it kept."""
    other = paired(person.app)
    measured_again(person)
    answer = person.post("/settings/erase", data={"word": " Erase "})
    page = person.get("/shoes").text

    assert 303 == answer.status_code
    assert '"storage"' in answer.headers["clear-site-data"]
    assert "No shoes are in the diary yet" in page
    assert 401 == other.get("/shoes").status_code
    assert {"jobs": []} == person.get("/api/jobs").json()
    person.headers["x-csrf-token"] = token_of(person)
    assert 303 == person.post("/shoes", data={"name": "New"}).status_code


def test_the_page_about_names_version_and_knowledge(browser):
    """And says that it is no medical device."""
    page, found = browser.get("/settings/about").text, about()

    assert "not a medical device" in page
    for said in (found.version, found.knowledge_version, found.knowledge_hash):
        assert said in page


def fields_of(page: str) -> dict[str, str]:
    """Return what the text fields of the first form hold."""
    form = page.partition('action="/settings"')[2].partition("</form>")[0]
    return {
        found[1]: found[2]
        for found in re.finditer(r'name="(\w+)" type="text" value="([^"]*)"', form)
    }
