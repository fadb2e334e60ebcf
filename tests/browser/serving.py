"""Start a real server on this computer alone, and open it in a real Chromium."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Served:
    """A server that runs in a process of its own."""

    home: Path
    origin: str
    link: str
    process: subprocess.Popen

    def stop(self) -> None:
        """Stop it as a person does."""
        self.process.terminate()
        self.process.wait(20)
        if self.process.stderr:
            self.process.stderr.close()


def serving(home: Path, *more: str) -> Served:
    """Start ``evenstride serve`` and wait until a browser may come."""
    command = [sys.executable, "-m", "evenstride", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--home", str(home), *more],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TZ": "Europe/London"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/pair\?code=\S+", line):
            return Served(home, found[1], found[0], process)
    raise AssertionError("the server did not start")


def opened(chromium: Browser, served: Served, **context) -> Page:
    """Open the app on a phone's screen, paired; every error of its scripts fails the test."""
    settings = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"} | context
    page = chromium.new_context(**settings).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto(served.link)
    return page


def until(page: Page, expression: str, patience_s: float = 30) -> None:
    """Wait until an expression is true; the policy of the pages forbids waiting inside of them."""
    in_time(page, lambda: page.evaluate(expression), patience_s, expression)


def in_time(
    page: Page, holds: Callable[[], object], patience_s: float = 30, says: str = "it"
) -> None:
    """Wait until something holds, while the page goes on."""
    for _ in range(round(patience_s * 10)):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {says}")
