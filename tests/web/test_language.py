"""A request is answered in one language, from its first letter to its last."""

from evenstride.app.languages import choose


def test_a_stranger_is_answered_in_the_language_of_the_browser(stranger):
    """Before anything is told, the browser says which language is liked; English stands in."""
    german = stranger.get("/", headers={"accept-language": "de-DE,de;q=0.9"}).text
    french = stranger.get("/", headers={"accept-language": "fr"}).text

    assert '<html lang="de">' in german
    assert '<html lang="en">' in french
    assert "Gerät" in german


def test_what_was_chosen_goes_before_the_browser(app, browser):
    """The next page after a choice is in the chosen language, also one that opens no diary."""
    choose(app.state.settings.home, "de")

    for path in ("/today", "/more", "/no-such-page"):
        page = browser.get(path, headers={"accept-language": "en"}).text
        assert '<html lang="de">' in page, path
        assert "Heute" in page, path


def test_a_stranger_does_not_learn_which_language_was_chosen(app, stranger):
    """Strangers may know nothing about anybody."""
    choose(app.state.settings.home, "de")

    assert '<html lang="en">' in stranger.get("/").text
