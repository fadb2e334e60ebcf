"""The shipped recordings can be measured."""

import pytest

from evenstride.app.demo import DEMOS, demo
from evenstride.app.present import as_html, as_text


@pytest.mark.parametrize("name", list(DEMOS))
def test_every_demo_is_a_walk(name):
    """Each shipped recording yields steps, told in words and on a page."""
    heard = []
    analysed = demo(name, heard.append)

    assert analysed.gait.measures["steps"].value > 20
    assert "steps" in as_text(analysed, "metric", professional=False, width=80, color=False)
    assert as_html(analysed, "imperial", professional=True).startswith("<!doctype html>")
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(analysed.gait.recording.duration_s, abs=1.0)
