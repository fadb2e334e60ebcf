"""The app can be put on a home screen, and says what works without network."""

import re

from evenstride.web.assets import STATIC, assets, version


def test_the_manifest_names_icons_that_are_there(stranger):
    """A phone finds everything that it needs to install the app."""
    answer = stranger.get("/manifest.webmanifest")
    document = answer.json()

    assert "application/manifest+json" == answer.headers["content-type"]
    assert "standalone" == document["display"]
    for icon in document["icons"]:
        content = stranger.get(icon["src"]).content
        size = int(icon["sizes"].partition("x")[0])
        assert (b"\x89PNG", size) == (content[:4], int.from_bytes(content[16:20], "big"))
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in document["icons"]}
    assert {"any", "maskable"} == {icon.get("purpose", "any") for icon in document["icons"]}
    assert ("/import/share", "POST") == tuple(
        document["share_target"][name] for name in ("action", "method")
    )


def test_the_worker_keeps_every_file_of_this_version(stranger):
    """It may serve the whole site, and is asked for anew each time."""
    answer = stranger.get("/sw.js")

    assert "/" == answer.headers["service-worker-allowed"]
    assert "no-cache" == answer.headers["cache-control"]
    assert version() in answer.text
    assert "/static/css/base.css" in answer.text
    assert '"/static/sw.js"' not in answer.text.partition("\n")[0]


def test_every_file_that_is_kept_is_there(stranger):
    """One that is missing would keep the whole worker from being installed."""
    assert {200} == {stranger.get(address).status_code for address in assets()}
    assert {"no-cache"} == {stranger.get(address).headers["cache-control"] for address in assets()}


def test_another_file_is_another_version(monkeypatch, tmp_path):
    """An update reaches every device."""
    before = version()
    (tmp_path / "sw.js").write_text("new")
    monkeypatch.setattr("evenstride.web.assets.STATIC", tmp_path)
    try:
        assets.cache_clear()
        version.cache_clear()
        assert before != version()
    finally:
        monkeypatch.undo()
        assets.cache_clear()
        version.cache_clear()


def test_each_page_names_the_version_it_was_made_for(browser):
    """A browser that keeps older files then does not use them."""
    assert version() == browser.get("/more").headers["x-evenstride-assets"]


def test_scripts_hold_no_words_for_people():
    """Words stand in the catalogues, so that a translation is a file."""
    for path in STATIC.glob("import*.js"):
        script = re.sub(r"//.*|/\*[\s\S]*?\*/", "", path.read_text("utf-8"))
        assert [] == re.findall(r'"[A-Z][a-z]+ [^"]+"', script)


def test_the_page_without_network_leads_to_what_works(browser):
    """A walk and the exercises."""
    page = browser.get("/offline").text

    assert 'href="/walk"' in page
    assert 'href="/routine"' in page
