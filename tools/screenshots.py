"""Write a picture of every screen: ``python -m tools.screenshots FOLDER``.

Each screen of a simulated person is shown on a phone and on a desk, in light and in dark.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.screens import SCREENS
from tests.browser.serving import ARGUMENTS, opened, serving

from evenstride.app.demo_diary import make_demo

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 860}}
THEMES = ("light", "dark")


def main(folder: Path, only: tuple[str, ...]) -> None:
    """Write the pictures, named after screen, size and theme."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        home = Path(place) / "home"
        make_demo(home)
        served = serving(home)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        try:
            first = opened(browser, served)
            state = first.context.storage_state()
            for size, viewport in SIZES.items():
                for theme in THEMES:
                    context = browser.new_context(
                        viewport=viewport, color_scheme=theme, storage_state=state
                    )
                    page = context.new_page()
                    for name, path in SCREENS.items():
                        if only and name not in only:
                            continue
                        page.goto(served.origin + path)
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
                    context.close()
        finally:
            browser.close()
            served.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]))
