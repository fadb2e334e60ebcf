"""Ten phones that record at once, pages read meanwhile, and a server that is killed.

``python -m validation.web_load`` writes a section of RESULTS-web.md. Each phone sends an hour at 60
Hz in blocks of two seconds, as the page does: first as fast as the server takes them, then for half
a minute at the pace of a walk. Meanwhile the screens are read. Then a server is killed in the
middle (kill -9), again and again: what it acknowledged has to be there when it starts anew.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from validation.web_results import put

__all__ = ["Sent", "Server", "kill_in_the_middle", "load"]

_RATE_HZ, _BLOCK_S = 60, 2.0
_PAGES = ("/today", "/walk", "/walks", "/plan")
_WALL_MS = 1.7e12
_PAGE_EVERY_S = 0.2


@dataclass
class Server:
    """A server in a process of its own, and a session with it."""

    home: Path
    process: subprocess.Popen[str] = field(init=False)
    host: str = field(init=False)
    cookie: str = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", "evenstride", "serve", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--home", str(self.home)], stderr=subprocess.PIPE, text=True
        )
        for line in self.process.stderr or ():
            if found := re.search(r"http://(127\.0\.0\.1:\d+)(/pair\?code=\S+)", line):
                self.host = found[1]
                break
        answer, head = self.ask("GET", found[2] if found else "/", "")[1:]
        self.cookie = head.get("set-cookie", "").partition(";")[0]
        page = self.ask("GET", "/more", "")[1].decode()
        self.token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
        del answer

    def ask(
        self,
        method: str,
        path: str,
        body: str,
        line: http.client.HTTPConnection | None = None,
    ) -> tuple[int, bytes, dict[str, str]]:
        """Ask for something; return status, body and headers."""
        if line is None:
            with closing(http.client.HTTPConnection(self.host, timeout=60)) as line:
                return self.ask(method, path, body, line)
        headers = {"content-type": "application/json"}
        if hasattr(self, "cookie"):
            headers |= {"cookie": self.cookie}
        if hasattr(self, "token"):
            headers |= {"x-csrf-token": self.token}
        line.request(method, path, body or None, headers)
        answer = line.getresponse()
        content = answer.read()
        return answer.status, content, {k.lower(): v for k, v in answer.getheaders()}

    def rss_mb(self) -> float:
        """Return how much memory the server holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(how)
        self.process.wait(30)
        if self.process.stderr:
            self.process.stderr.close()


@dataclass
class Sent:
    """What a phone sent, and what was acknowledged."""

    id: str
    acknowledged: list[int] = field(default_factory=list)


def block(place: int, rng: random.Random) -> dict[str, Any]:
    """Return two seconds of a phone, of about the size and kind of a real block."""
    begin_ms = 5000.0 + place * 1000 * _BLOCK_S
    rows = [
        [begin_ms + k * 1000 / _RATE_HZ]
        + [round(rng.gauss(mean, 2), 1) for mean in (0, 9.8, 0, 0, 0, 0)]
        + [round(rng.gauss(0, 40), 1) for _ in range(3)]
        for k in range(round(_RATE_HZ * _BLOCK_S))
    ]
    page_ms = begin_ms + 1000 * _BLOCK_S
    return {
        "life": "a",
        "page_ms": page_ms,
        "wall_ms": _WALL_MS + page_ms,
        "motion": rows,
        "angles": [],
        "places": [],
        "marks": [[begin_ms, "walk"]] if place == 0 else [],
    }


def phone(server: Server, sent: Sent, blocks: int, seed: int, every_s: float = 0.0) -> None:
    """Send blocks until all are acknowledged, or the server is gone."""
    rng = random.Random(seed)  # noqa: S311 - made-up sensors
    few = [json.dumps(block(place, rng)) for place in range(20)]
    with (
        suppress(OSError, http.client.HTTPException),
        closing(http.client.HTTPConnection(server.host, timeout=60)) as line,
    ):
        server.ask("PUT", f"/api/recordings/{sent.id}", "{}", line)
        for place in range(len(sent.acknowledged), blocks):
            at = f"/api/recordings/{sent.id}/blocks/{place}"
            if server.ask("PUT", at, few[place % 20], line)[0] == 204:
                sent.acknowledged.append(place)
            time.sleep(every_s)


def all_phones(
    server: Server, phones: list[Sent], blocks: int, every_s: float = 0.0
) -> list[threading.Thread]:
    """Let every phone send in a thread of its own."""
    threads = [
        threading.Thread(target=phone, args=(server, one, blocks, k, every_s))
        for k, one in enumerate(phones)
    ]
    for one in threads:
        one.start()
    return threads


def load(
    home: Path,
    phones: int,
    minutes: float,
    tick: Callable[[str], None] = lambda _: None,
    every_s: float = 0.0,
) -> dict[str, Any]:
    """Let phones send while pages are read.

    Args:
        home: The folder of the server.
        phones: How many.
        minutes: Of recording that each sends.
        tick: Told now and then how it goes.
        every_s: How long a phone waits between two blocks.
    """
    server = Server(home)
    blocks = round(minutes * 60 / _BLOCK_S)
    waited: list[float] = []
    memory = []
    try:
        for path in _PAGES:
            server.ask("GET", path, "")
        memory.append(server.rss_mb())
        sent = [Sent(f"phone-{k:04}") for k in range(phones)]
        begun = time.perf_counter()
        threads = all_phones(server, sent, blocks, every_s)
        while any(one.is_alive() for one in threads):
            for path in _PAGES:
                before = time.perf_counter()
                status = server.ask("GET", path, "")[0]
                if status != 200:
                    raise ValueError(f"{path}: {status}")
                waited.append(time.perf_counter() - before)
                time.sleep(_PAGE_EVERY_S)
            memory.append(server.rss_mb())
            tick(f"{sum(len(one.acknowledged) for one in sent)} blocks, {memory[-1]:.0f} MB")
        took_s = time.perf_counter() - begun
        lost = sum(blocks - len(set(one.acknowledged)) for one in sent)
        kept = sum(_on_disk(home, one) for one in sent)
    finally:
        server.stop()
    waited.sort()
    return {
        "phones": phones,
        "minutes": minutes,
        "blocks": blocks * phones,
        "took_s": took_s,
        "kept": kept,
        "lost": lost,
        "rss_first_mb": memory[0],
        "rss_half_mb": memory[len(memory) // 2],
        "rss_last_mb": memory[-1],
        "pages": len(waited),
        "p50_ms": 1000 * waited[len(waited) // 2],
        "p95_ms": 1000 * waited[int(0.95 * len(waited))],
    }


def _on_disk(home: Path, one: Sent) -> int:
    names = {path.name for path in (home / "incoming" / one.id).glob("*.json")}
    return sum(f"{place:06}.json" in names for place in one.acknowledged)


def kill_in_the_middle(home: Path, phones: int, blocks: int, times: int) -> dict[str, int]:
    """Kill the server again and again while phones send; count what was acknowledged and is gone.

    Each phone goes on with the server that is started anew, and in the end every walk is finished.
    """
    sent = [Sent(f"phone-{k:04}") for k in range(phones)]
    gone = 0
    for _ in range(times):
        server = Server(home)
        before = sum(len(one.acknowledged) for one in sent)
        threads = all_phones(server, sent, blocks)
        while sum(len(one.acknowledged) for one in sent) < before + blocks * phones // (times + 1):
            time.sleep(0.01)
        server.stop(signal.SIGKILL)
        for one in threads:
            one.join()
        gone += sum(len(one.acknowledged) - _on_disk(home, one) for one in sent)
    server = Server(home)
    try:
        for one in all_phones(server, sent, blocks):
            one.join()
        gone += sum(len(one.acknowledged) - _on_disk(home, one) for one in sent)
        told = json.dumps({"blocks": blocks, "told": {"back_worst": "2"}})
        walks = sum(
            server.ask("POST", f"/api/recordings/{one.id}/finish", told)[0] == 200 for one in sent
        )
    finally:
        server.stop()
    acknowledged = sum(len(one.acknowledged) for one in sent)
    return {"killed": times, "acknowledged": acknowledged, "gone": gone, "walks": walks}


def main(minutes: float) -> None:
    """Run both, and write the section."""
    from evenstride.app.demo_diary import make_demo

    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        make_demo(home)
        live = load(home, 10, 0.5, every_s=_BLOCK_S)
        shutil.rmtree(home / "incoming")
        found = load(home, 10, minutes, lambda text: print(text, file=sys.stderr))
    with tempfile.TemporaryDirectory() as place:
        killed = kill_in_the_middle(Path(place) / "home", 4, 60, 5)
    text = f"""
{(__doc__ or "").split(chr(10), 1)[1].strip()}

{os.cpu_count()} cores; senders, reader and server share them, and so does whatever else runs on the
machine: over the last quarter of an hour {os.getloadavg()[2]:.1f} programs wanted a core at once. The
diary is the demo's (eight weeks).

| | |
|---|---|
| phones, minutes each at {_RATE_HZ} Hz | {found["phones"]}, {found["minutes"]:.0f} |
| blocks sent, took | {found["blocks"]}, {found["took_s"]:.0f} s ({found["blocks"] / found["took_s"]:.0f} a second; live, ten phones send {10 / _BLOCK_S:.0f} a second) |
| on the disk of those acknowledged; not acknowledged | {found["kept"]}; {found["lost"]} |
| memory of the server before, in the middle, at the end | {found["rss_first_mb"]:.0f}, {found["rss_half_mb"]:.0f}, {found["rss_last_mb"]:.0f} MB |
| pages read meanwhile, p50, p95 | {found["pages"]}, {found["p50_ms"]:.0f} ms, {found["p95_ms"]:.0f} ms |
| the same while ten phones send at the pace of a walk | {live["pages"]}, {live["p50_ms"]:.0f} ms, {live["p95_ms"]:.0f} ms |
| killed (kill -9), blocks acknowledged, gone, walks finished afterwards | {killed["killed"]} times, {killed["acknowledged"]}, {killed["gone"]}, {killed["walks"]} of 4 |
"""  # noqa: E501 - rows of a table
    put("Load: ten phones, and a server that is killed", text)
    print(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60.0)
    main(parser.parse_args().minutes)
