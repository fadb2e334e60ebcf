"""Draw the icons of the app from the one that is kept as SVG: ``python -m tools.icons``."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parents[1] / "src/evenstride/web/static/icons"
SIZES = {"app-180.png": (180, 1.0), "app-192.png": (192, 1.0), "app-512.png": (512, 1.0)}
# A phone cuts a maskable icon to its own shape: what matters stays in the middle.
MASKABLE = {"app-maskable.png": (512, 0.78)}
GROUND = "#0d666b"


def main() -> None:
    """Write every icon."""
    svg = (ICONS / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (size, scale) in {**SIZES, **MASKABLE}.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            ground = GROUND if scale < 1 else "transparent"
            inner = round(size * scale)
            page.set_content(
                f"<style>body{{margin:0;display:grid;place-content:center;height:{size}px;"
                f"background:{ground}}}svg{{width:{inner}px;height:{inner}px}}</style>{svg}"
            )
            page.screenshot(path=ICONS / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
