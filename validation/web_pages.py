"""How quickly every page answers with ten years of data, while a large export is brought in.

    python -m validation.web_pages           # about five minutes, writes RESULTS-web-pages.md

A real server over the diary that ``validation.diary`` fills (3,650 walks, 3,000 recordings, 3,650
routines). Every main page is asked for in turn over one connection on this computer, and a pain
rating is told in between: first while nothing else goes on, then while exports of Apple Health of
300 MB each are sent, looked at and brought into the same diary through the web. The exports are
made by the shared generator; no one's data is in them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import urlencode

from validation.diary import fill

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
PAGES = (
    "/today", "/walk", "/walks", "/walks/w100", "/walks/new", "/plan", "/more", "/check-up",
    "/routine", "/questionnaires", "/factors", "/factors/dose", "/experiments", "/experiments/new",
    "/shoes", "/import", "/history", "/history/phone", "/report", "/settings",
)  # fmt: skip
RATED = "/walks/w0/pain"
LIMIT_MS = 100.0
_RECORDS = 725_000
_PIECE_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Took:
    """One answer.

    Attributes:
        ms: Until all of it was there.
        cpu_ms: Time that the server's process computed meanwhile: what stays of it on a computer
            that does much else.
    """

    ms: float
    cpu_ms: float


Taken = Mapping[str, Sequence[Took]]
"""What each page took."""


@dataclass(slots=True)
class Browser:
    """One connection to the server, paired.

    Attributes:
        port: Where it listens.
        pid: Of its process.
        cookie: What it proves itself by.
        token: Of its forms.
    """

    port: int
    pid: int
    cookie: str = ""
    token: str = ""
    line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Ask for something, and read all of the answer."""
        headers = {"cookie": self.cookie, "x-csrf-token": self.token, "accept-language": "en"}
        if kind:
            headers["content-type"] = kind
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        if found := answer.getheader("set-cookie"):
            self.cookie = found.partition(";")[0]
        return answer.status, answer.read()

    def ask_json(self, method: str, path: str, told: object = None) -> dict[str, Any]:
        """Ask for a document."""
        body = b"" if told is None else json.dumps(told).encode()
        status, content = self.ask(method, path, body, "application/json" if body else "")
        if status >= 400:
            raise RuntimeError(f"{path} answered {status}: {content[:200]!r}")
        return json.loads(content) if content else {}


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with tools/")
    parser.add_argument("--exports", type=int, default=3, help="how many are brought in")
    parser.add_argument("--goes", type=int, default=40, help="rounds while nothing else goes on")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "home", folder / "walk.csv")
        exports = [
            _export(arguments.shared, folder / f"export{n}.zip", n)
            for n in range(arguments.exports)
        ]
        with _serving(folder / "home") as browser:
            _rounds(browser, lambda n: n < 2)  # what is read once: templates, words, walks
            calm = _rounds(browser, lambda n: n < arguments.goes)
            importing = Importing(replace(browser), exports)
            importing.start()
            busy = _rounds(browser, lambda _: importing.is_alive())
            importing.join()
    text = _page(calm, busy, importing)
    (HERE / "RESULTS-web-pages.md").write_text(text, encoding="utf-8")
    print(text)


class Importing(threading.Thread):
    """Sends exports, has them looked at, and brings them in, one after the other.

    Attributes:
        took_s: How long each step took, in the order of the exports.
        said: The headline of each account.
    """

    def __init__(self, browser: Browser, exports: Sequence[Path]) -> None:
        super().__init__()
        self.took_s: list[dict[str, float]] = []
        self.said: list[str] = []
        self._browser = browser
        self._exports = exports

    def run(self) -> None:
        """Do it."""
        for export in self._exports:
            began = [time.monotonic()]
            upload = self._send(export)
            began.append(time.monotonic())
            self._work(f"/import/uploads/{upload}/look")
            began.append(time.monotonic())
            page = self._work(f"/import/uploads/{upload}/bring")
            began.append(time.monotonic())
            steps = ("sent", "looked at", "brought in")
            self.took_s.append(
                {name: b - a for name, a, b in zip(steps, began[:-1], began[1:], strict=True)}
            )
            headline = re.search(r"<h1>(.*?)</h1>", page)
            self.said.append(headline[1] if headline else "no account")

    def _send(self, export: Path) -> str:
        files = [{"name": export.name, "size": export.stat().st_size}]
        upload = self._browser.ask_json(
            "POST", "/api/uploads", {"files": files, "everything": True}
        )
        place, offset = f"/api/uploads/{upload['id']}/0", 0
        with export.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                self._browser.ask("PUT", f"{place}?offset={offset}", piece)
                offset += len(piece)
        return str(upload["id"])

    def _work(self, path: str) -> str:
        """Begin work, wait for its end, and return its page."""
        status, _ = self._browser.ask("POST", path)
        if status != 303:
            raise RuntimeError(f"{path} answered {status}")
        while True:
            jobs = self._browser.ask_json("GET", "/api/jobs")["jobs"]
            if all(job["ended"] for job in jobs):
                return self._browser.ask("GET", jobs[0]["address"])[1].decode()
            time.sleep(0.5)


def _rounds(browser: Browser, goes_on: Callable[[int], bool]) -> Taken:
    """Ask for every page in turn, and tell a rating, for as long as it goes on."""
    taken: dict[str, list[Took]] = defaultdict(list)
    number = 0
    while goes_on(number):
        for path in PAGES:
            taken[path].append(_timed(browser, "GET", path))
        told = urlencode({"when": "worst", "back": str(number % 3)}).encode()
        taken[f"POST {RATED}"].append(_timed(browser, "POST", RATED, told))
        number += 1
    return taken


def _timed(browser: Browser, method: str, path: str, body: bytes = b"") -> Took:
    kind = "application/x-www-form-urlencoded" if body else ""
    computed, begin = _cpu_ns(browser.pid), time.perf_counter()
    status, content = browser.ask(method, path, body, kind)
    took_ms = (time.perf_counter() - begin) * 1000
    if status != (303 if body else 200):
        raise RuntimeError(f"{path} answered {status}: {content[-400:]!r}")
    return Took(took_ms, (_cpu_ns(browser.pid) - computed) / 1e6)


def _cpu_ns(pid: int) -> int:
    """Return how long the threads of a process have computed."""
    tasks = Path(f"/proc/{pid}/task")
    return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks.iterdir())


@contextmanager
def _serving(home: Path) -> Iterator[Browser]:
    """Serve a folder to a browser that is let in."""
    command = [sys.executable, "-m", "evenstride", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen([*command, "--home", str(home)], stderr=subprocess.PIPE, text=True)
    told = cast("TextIO", process.stderr)
    try:
        for line in told:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/pair\?code=(\S+)", line):
                yield _paired(Browser(int(found[1]), process.pid), found[2])
                break
        else:
            raise RuntimeError("the server did not start")
    finally:
        process.terminate()
        process.wait(30)
        told.close()


def _paired(browser: Browser, code: str) -> Browser:
    browser.ask("GET", f"/pair?code={code}")
    found = re.search(rb'csrf-token" content="(\w+)"', browser.ask("GET", "/more")[1])
    browser.token = found[1].decode() if found else ""
    return browser


def _export(shared: Path, path: Path, seed: int) -> Path:
    tool = shared / "tools" / "gen_apple_export.py"
    command = [sys.executable, str(tool), "--records", str(_RECORDS), "--seed", str(seed)]
    subprocess.run([*command, "--out", str(path)], check=True, stdout=subprocess.DEVNULL)
    return path


# ---------------------------------------------------------------------------------------- the page


def _page(calm: Taken, busy: Taken, importing: Importing) -> str:
    pages = [took for name, all_ in busy.items() for took in all_ if not name.startswith("POST")]
    middle, most, longest = (_share([one.ms for one in pages], share) for share in (0.5, 0.95, 1))
    computed = [_share([one.cpu_ms for one in pages], share) for share in (0.5, 0.95)]
    late = [path for path in PAGES if _share([one.ms for one in busy[path]], 0.95) > LIMIT_MS]
    heavy = [path for path in PAGES if _share([one.cpu_ms for one in calm[path]], 0.95) > LIMIT_MS]
    rows = "\n".join(_row(name, calm[name], busy[name]) for name in busy)
    steps = "\n".join(
        f"| {n + 1} | " + " | ".join(f"{took:.1f}" for took in steps.values()) + f" | {said} |"
        for n, (steps, said) in enumerate(zip(importing.took_s, importing.said, strict=True))
    )
    return f"""# Pages while an export is brought in

Written by `python -m validation.web_pages`: a server over ten years of days (3,650 walks, 3,000
recordings, 3,650 routines), asked over one connection on this computer while exports of Apple
Health of 300 MB are sent, looked at and brought in with every record. Milliseconds until the whole
page is there, and those of them that the server computed. This computer has {os.cpu_count()} cores;
{os.getloadavg()[1]:.1f} programs wanted to run at once on average, others than these included.

**All pages while importing: p50 {middle:.0f} ms, p95 {most:.0f} ms, longest {longest:.0f} ms,
{len(pages):,} asked for; computed: p50 {computed[0]:.0f} ms, p95 {computed[1]:.0f} ms.**
The limit is a p95 of {LIMIT_MS:.0f} ms. Over it while importing: {", ".join(late) or "none"}.
Over it by what the server computes alone: {", ".join(heavy) or "none"}.

| page | p50 alone | p95 alone | p50 importing | p95 importing | longest | computed p50 | p95 | n |
|---|---|---|---|---|---|---|---|---|
{rows}

| export | sent in s | looked at in s | brought in in s | account |
|---|---|---|---|---|
{steps}
"""


def _row(name: str, calm: Sequence[Took], busy: Sequence[Took]) -> str:
    alone, while_, computed = (
        [one.ms for one in calm],
        [one.ms for one in busy],
        [one.cpu_ms for one in busy],
    )
    numbers = (
        *(_share(alone, share) for share in (0.5, 0.95)),
        *(_share(while_, share) for share in (0.5, 0.95, 1)),
        *(_share(computed, share) for share in (0.5, 0.95)),
    )
    return f"| {name} | " + " | ".join(f"{ms:.0f}" for ms in numbers) + f" | {len(busy)} |"


def _share(values: Sequence[float], share: float) -> float:
    """Return the value that so many are not above."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


if __name__ == "__main__":
    main()
