"""Import: pick, look what is in it, bring it in, and read the account."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from evenstride.app.importing import Wanted
from evenstride.app.importing.look import ask_words
from evenstride.app.moments import now_utc_ns, said
from evenstride.app.shown import Shown
from evenstride.web.jobs import Job, Jobs, Order, State
from evenstride.web.jobs.tasks import bring as bring_task
from evenstride.web.jobs.tasks import look as look_task
from evenstride.web.jobs.tasks import measure_again as measure_again_task
from evenstride.web.jobs.uploads import Upload, Uploads
from evenstride.web.page import page
from evenstride.web.screens.jobs import document, job_named
from evenstride.web.screens.uploads import upload_named

__all__ = ["router"]

router = APIRouter()

_WORDS = "web-import"
_MOST_WALKS = 20


@router.get("/import")
def importing(request: Request) -> Response:
    """Ask for files, and show what is on its way."""
    jobs: Jobs = request.app.state.jobs
    uploads: Uploads = request.app.state.uploads
    all_ = jobs.all()
    busy = {one.order.about for one in all_ if not one.state.has_ended}
    asked = {one.order.about: one for one in reversed(all_) if one.state.has_ended}
    return page(
        request,
        "import",
        words=_WORDS,
        waiting=[(one, asked.get(one.id)) for one in uploads.all() if one.id not in busy],
        running=[document(one) for one in all_ if not one.state.has_ended],
        recent=[document(one) for one in all_ if one.state.has_ended],
    )


@router.get("/import/jobs/{name}")
def job(request: Request, name: str) -> Response:
    """Show how far a piece of work is, and in the end what came of it."""
    found = job_named(request, name)
    if not found.state.has_ended:
        return page(request, "import-running", words=_WORDS, job=document(found))
    shown = found.state.shown
    uploads: Uploads = request.app.state.uploads
    return page(
        request,
        "import-ended",
        words=_WORDS,
        job=document(found),
        sheet=None if shown is None else shown.sheet,
        walks=[] if shown is None else _walks(shown),
        upload=uploads.get(found.order.about),
        ask=ask_words(),
    )


@router.post("/import/jobs/{name}/stop")
def stop(request: Request, name: str) -> Response:
    """Stop a piece of work; what it kept before is whole."""
    found = job_named(request, name)
    request.app.state.jobs.stop(found)
    return _to(found)


@router.post("/import/uploads/{name}/look")
def look(request: Request, name: str) -> Response:
    """Look what is in files that have come; a single recording is brought in at once."""
    return _to(_start(request, upload_named(request, name), "look", look_task))


@router.post("/import/uploads/{name}/bring")
def bring(request: Request, name: str) -> Response:
    """Bring files in that have come."""
    return _to(_start(request, upload_named(request, name), "bring", bring_task))


@router.post("/import/uploads/{name}/remove")
def remove(request: Request, name: str) -> Response:
    """Remove files that have come; nothing of them was kept."""
    request.app.state.uploads.remove(upload_named(request, name))
    return RedirectResponse("/import", 303)


@router.post("/import/measure-again")
def measure_again(request: Request) -> Response:
    """Measure all recordings again that this version has not measured yet."""
    jobs: Jobs = request.app.state.jobs
    going = jobs.find("measure_again", "")
    if going is None or going.state.has_ended:
        home = request.app.state.settings.home
        going = jobs.start(Order("measure_again"), measure_again_task, home)
    return _to(going)


def _start(request: Request, upload: Upload, kind: str, task: Callable[..., Shown]) -> Job:
    """Start work on an upload, unless it goes on already; the files go once they are brought in."""
    jobs: Jobs = request.app.state.jobs
    uploads: Uploads = request.app.state.uploads
    for one in jobs.all():
        if one.order.about == upload.id and not one.state.has_ended:
            return one

    def ended(state: State) -> None:
        if state.shown is not None and not state.shown.document["dry_run"]:
            uploads.remove(upload)

    order = Order(kind, about=upload.id, name=upload.name, ended=ended)
    wanted = Wanted(since=upload.since, everything=upload.everything)
    return jobs.start(order, task, request.app.state.settings.home, upload.paths(), wanted)


def _walks(shown: Shown) -> list[tuple[str, str]]:
    """Return the names of the walks that came, and when they were, the newest first."""
    if shown.document.get("dry_run", True):
        return []
    came = (one["walk"] for one in shown.document["walks"] if one["what"] in ("new", "joined"))
    walks = sorted({(one["start_utc_ns"], one["id"], one["time_zone"]) for one in came})
    now = now_utc_ns()
    newest = reversed(walks[-_MOST_WALKS:])
    return [(id_, said(start, zone, now)) for start, id_, zone in newest]


def _to(job: Job) -> Response:
    return RedirectResponse(f"/import/jobs/{job.id}", 303)
