"""The real server: it starts, keeps its lines in order, and stops."""

import signal
import socket
import subprocess
import sys
import time

import pytest
from tests.web.served import serving

from evenstride.app.locking import lock
from evenstride.app.opening import make_sure_it_opens
from evenstride.web.network import protocol
from evenstride.web.network.listen import _listening

SECONDS = 15  # also on a machine that is busy with other things


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve a new folder to all tests here, which leave it as it is."""
    with serving(tmp_path_factory.mktemp("served") / "home") as served:
        yield served


def status(answer: bytes) -> int:
    """Return the status of an answer."""
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_it_cleanly(tmp_path, number):
    """It ends at once, with 0, and nothing but a sentence."""
    with serving(tmp_path / "home") as served:
        begun = time.monotonic()
        said = served.stop(number)

        assert 0 == served.process.returncode
        assert said.endswith("evenstride has stopped.\n")
        assert "Traceback" not in said
        assert time.monotonic() - begun < SECONDS


def test_a_line_that_is_kept_open_does_not_keep_it_from_stopping(tmp_path):
    """Ctrl-C ends it within seconds also while requests are half sent and lines are open."""
    with serving(tmp_path / "home") as served:
        lines = [socket.create_connection(served.place) for _ in range(3)]
        lines[0].sendall(b"GET / HTTP/1.1\r\n")
        lines[1].sendall(
            b"POST /pair HTTP/1.1\r\nHost: %b:%d\r\nContent-Length: 9\r\n\r\n"
            % (served.place[0].encode(), served.place[1])
        )
        begun = time.monotonic()
        said = served.stop()
        for line in lines:
            line.close()

        assert 0 == served.process.returncode
        assert "Traceback" not in said
        assert time.monotonic() - begun < SECONDS


ENDLESS = """
import asyncio, socket
from fastapi import FastAPI
from starlette.responses import StreamingResponse
from evenstride.web.network.running import Listening, run

async def events():
    while True:
        yield "data: still here\\n\\n"
        await asyncio.sleep(3600)

app = FastAPI()
app.add_api_route("/", lambda: StreamingResponse(events(), media_type="text/event-stream"))
line = socket.create_server(("127.0.0.1", 0))
run([Listening(app, [line], lives=True)], lambda: print(line.getsockname()[1], flush=True))
print("ended", flush=True)
"""


def test_a_page_that_follows_something_does_not_keep_it_from_stopping():
    """A stream of events without an end is ended by Ctrl-C, without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while b"still here" not in answer:
                answer += line.recv(4096)
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()

    assert ("ended\n", "", 0) == (out, said, process.returncode)
    assert time.monotonic() - begun < SECONDS


def test_a_port_that_is_taken_is_said(tmp_path, server):
    """A second server on the same port says so, and what to do."""
    taken = str(server.place[1])
    with serving(tmp_path / "home", "--port", taken) as second:
        said = second.process.communicate(timeout=30)[1]

        assert 2 == second.process.returncode
        assert f"Port {taken} of 127.0.0.1 cannot be used" in "".join([*second.said, said])
        assert "--port" in "".join([*second.said, said])


@pytest.mark.parametrize("address", ["0.0.0.0", "8.8.8.8", "desk", "224.0.0.251"])  # noqa: S104
def test_it_listens_at_home_only(tmp_path, address):
    """An address that the internet leads to is refused, and so are all at once."""
    with serving(tmp_path / "home", "--phone", "--address", address) as served:
        said = served.process.communicate(timeout=30)[1]

        assert 2 == served.process.returncode
        assert "is no address of a network at home" in "".join([*served.said, said])


def test_a_diary_that_does_not_open_is_said_at_once(tmp_path):
    """Nothing is promised before the diary was opened once."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "diary.sqlite").write_bytes(b"no diary at all" * 100)
    with serving(home) as served:
        said = "".join([*served.said, served.process.communicate(timeout=30)[1]])

        assert 1 == served.process.returncode
        assert "evenstride is at" not in said
        assert "Traceback" not in said


WORDS = "seven calm herons"


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """Return a folder whose diary is encrypted."""
    home = tmp_path_factory.mktemp("locked") / "home"
    make_sure_it_opens(home)
    lock(home, WORDS)
    return home


def test_the_passphrase_is_asked_for_once(locked):
    """It is typed at the start; afterwards every page is served from memory."""
    with serving(locked, typed=f"{WORDS}\n") as served:
        browser = served.session()

        assert [200] * 3 == [browser.ask("GET", "/today")[0].status for _ in range(3)]
        said = served.stop()
        assert 1 == said.count("input may be echoed")  # what Python says each time it asks


def test_a_wrong_passphrase_is_said_at_once(locked):
    """Nothing is served then."""
    with serving(locked, typed="seven loud herons\n") as served:
        said = "".join([*served.said, served.process.communicate(timeout=60)[1]])

        assert 1 == served.process.returncode
        assert "Try again" in said
        assert "evenstride is at" not in said


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"GET / HTTP/1.1\r\nHost: HOST", 200),
        (b"GET / HTTP/1.1\r\nHost: evil.example", 421),
        (b"GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST", 400),
        (b"GET http://evil.example/today HTTP/1.1\r\nHost: HOST", 401),
        (b"GET /static/../today HTTP/1.1\r\nHost: HOST", 404),
        (b"GET /static/%2e%2e/application.py HTTP/1.1\r\nHost: HOST", 404),
        (b"GET /static/..%2f..%2fsettings.py HTTP/1.1\r\nHost: HOST", 404),
        (b"GET /static//etc/passwd HTTP/1.1\r\nHost: HOST", 404),
        (b"GET /static/%00 HTTP/1.1\r\nHost: HOST", 404),
        (b"TRACE / HTTP/1.1\r\nHost: HOST", 405),
        (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST", 401),
        (b"GET / HTTP/1.1\r\nHost: HOST\r\nX: " + b"x" * 20_000, 431),
        (b"GET /?" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: HOST", 431),
        (b"POST /pair HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999", 413),
        (b"POST /pair HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1", 400),
        (b"POST /today HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5", 401),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"SSH-2.0-OpenSSH_9", 400),
    ],
)
def test_odd_requests_get_a_plain_no(server, request_, expected):
    """Whatever bytes come: an answer, no data, and the line is closed."""
    answer = server.raw(request_ + b"\r\nConnection: close\r\n\r\n")

    assert expected == status(answer)
    assert b"Traceback" not in answer


def test_a_body_in_chunks_without_a_length_is_counted(server):
    """Nobody fills the memory by not saying how much will come."""
    head = (
        b"POST /pair HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    assert 413 == status(server.raw(head + 16 * chunk + b"1\r\nx\r\n"))


def test_a_head_that_never_ends_is_not_waited_for(server):
    """Half a request is dropped; the server stays there for others meanwhile."""
    assert protocol._HEAD_S <= 30  # noqa: SLF001 - the real server waits as long as that
    begun = time.monotonic()
    with socket.create_connection(server.place, timeout=60) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for number in range(3):
            assert 200 == status(
                server.raw(b"GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
            )
            line.sendall(b"X-%d: drop\r\n" % number)
        assert b"" == line.recv(100)
    assert time.monotonic() - begun < protocol._HEAD_S + 5  # noqa: SLF001


def test_nobody_speaks_for_another_address(server):
    """What a proxy would say is not believed: nobody stands before the server."""
    forwarded = b"X-Forwarded-For: 1.2.3.%d\r\nX-Forwarded-Proto: https\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n"
    answers = [
        status(
            server.raw(
                b"POST /pair HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n"
                + forwarded % number + form + b"\r\ncode=1"
            )
        )
        for number in range(6)
    ]  # fmt: skip

    assert [*[422] * 5, 429] == answers


def test_no_answer_is_split_by_what_was_asked(server):
    """Line ends in an address never become lines of the answer."""
    answer = server.raw(
        b"GET /pair?code=%0d%0aset-cookie:%20evil=1 HTTP/1.1\r\n"
        b"Host: HOST\r\nConnection: close\r\n\r\n"
    )

    assert b"evil=1" not in answer.partition(b"\r\n\r\n")[0]


def test_no_answer_waits_for_more_to_send():
    """The kernel is told so for TCP alone: a page would else come 40 ms late."""
    (one,) = _listening(["127.0.0.1"], 0)
    with one:
        assert socket.IPPROTO_TCP == one.proto
