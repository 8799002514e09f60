"""The desk page that tells the hall something: an emergency, the wall's cards, how late fields are, who is called."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from ...accounts.access import access
from ...competitions.state import Setup
from ...displays.notices import Notices
from ...entries.state import public_entry
from ...eventlog.chain import utc_now
from ...eventlog.fold import State
from ...messages import sentence
from ...pictures import PictureRefused, keep_picture
from ...runs.state import Run, Runs
from ...schedule.state import Schedule
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .notice_forms import CARDS, AnnounceForm, DelayForm, EmergencyForm, WallForm

blueprint = Blueprint("desk_notices", __name__, url_prefix="/desk")

SHOWN_NEXT = 4
WALL_PX = (1920, 1080)
USUAL_ANNOUNCEMENT = timedelta(minutes=30)
AFTER_MIDNIGHT = timedelta(hours=6)


@blueprint.get("/c/<slug>/notices")
@access("organiser", "referee")
def notices(slug: str) -> str:
    return _page(slug)


@blueprint.post("/c/<slug>/notices/emergency")
@access("organiser", "referee")
def raise_emergency(slug: str) -> Any:
    form = EmergencyForm()
    words = {code: form[code].data or "" for code in ("kk", "ru", "en")}
    text = words if form.kind.data == "own" else None
    if form.validate_on_submit() and submit_form(
        form, "RaiseEmergency", f"c/{slug}", {"kind": form.kind.data, "text": text}
    ):
        return _back(slug)
    return _page(slug, emergency_form=form), 400


@blueprint.post("/c/<slug>/notices/emergency/lift")
@access("organiser", "referee")
def lift_emergency(slug: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("LiftEmergency", f"c/{slug}", {})
    return _back(slug)


@blueprint.post("/c/<slug>/notices/announce")
@access("organiser", "referee")
def announce(slug: str) -> Any:
    form = AnnounceForm()
    if form.validate_on_submit():
        with pipeline().reading():
            zone = ZoneInfo(state_of(slug)[Setup].facts["zone"])
        until_at = _coming(form.until_at.data, utc_now().astimezone(zone))
        words = {code: form[code].data or "" for code in ("kk", "ru", "en")}
        payload = {"text": words, "until_at": until_at.isoformat()}
        if submit_form(form, "Announce", f"c/{slug}", payload):
            return _back(slug)
    return _page(slug, announce_form=form), 400


@blueprint.post("/c/<slug>/notices/announce/<announcement>/end")
@access("organiser", "referee")
def end_announcement(slug: str, announcement: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("EndAnnouncement", f"c/{slug}", {"announcement": announcement})
    return _back(slug)


@blueprint.post("/c/<slug>/notices/wall")
@access("organiser")
def set_wall(slug: str) -> Any:
    form = WallForm()
    try:
        cards = [_card(card) for card in form.cards.data if card["title_kk"] or card["title_ru"]]
    except PictureRefused as refused:
        flash(sentence(refused.code, {}), "danger")
        return _page(slug, wall_form=form), 400
    if form.validate_on_submit() and submit_form(form, "SetWall", f"c/{slug}", {"cards": cards}):
        return _back(slug)
    return _page(slug, wall_form=form), 400


@blueprint.post("/c/<slug>/notices/delay/<field>")
@access("organiser", "referee")
def set_delay(slug: str, field: str) -> Any:
    form = DelayForm()
    if form.validate_on_submit():
        submit_or_flash("SetDelay", f"c/{slug}", {"field": field, "minutes": form.minutes.data})
    else:
        flash(sentence("payload_invalid"), "danger")
    return _back(slug)


@blueprint.post("/c/<slug>/notices/call/<run>")
@access("organiser", "referee")
def call(slug: str, run: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("CallRun", f"c/{slug}/run/{run}", {})
    return _back(slug)


def _page(
    slug: str,
    emergency_form: EmergencyForm | None = None,
    wall_form: WallForm | None = None,
    announce_form: AnnounceForm | None = None,
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        now, zone = utc_now(), ZoneInfo(state[Setup].facts["zone"])
        return render_template(
            "desk/notices.html",
            setup=state[Setup],
            slug=slug,
            emergency=state[Notices].emergency,
            announcements=[
                one | {"until": datetime.fromisoformat(one["until_utc"]).astimezone(zone)}
                for one in state[Notices].current(now)
            ],
            announce_form=announce_form
            or AnnounceForm(formdata=None, until_at=(now.astimezone(zone) + USUAL_ANNOUNCEMENT).time()),
            fields=[_field(state, code) for code in state[Setup].fields],
            emergency_form=emergency_form or EmergencyForm(),
            wall_form=wall_form or _wall_form(state),
            button=ButtonForm(),
        )


def _coming(at: time, now: datetime) -> datetime:
    """That time of today; late in the evening also a time soon after midnight."""
    today = datetime.combine(now.date(), at, now.tzinfo)
    tomorrow = today + timedelta(days=1)
    return tomorrow if today <= now and tomorrow - now <= AFTER_MIDNIGHT else today


def _field(state: State, code: str) -> dict[str, Any]:
    """A field's delay and the next in its queue, with who of them was called."""
    waiting = list(state[Runs].waiting(state[Schedule].queues.get(code, [])))[:SHOWN_NEXT]
    return {
        "field": state[Setup].fields[code],
        "delay_form": DelayForm(formdata=None, minutes=state[Notices].delays_min.get(code, 0)),
        "next": [_waiting(state, run) for run in waiting],
    }


def _waiting(state: State, run: Run) -> dict[str, Any]:
    entry = public_entry(state, run.entry)
    return {"run": run, "entry": entry, "called": run.id in state[Notices].called_at_utc}


def _wall_form(state: State) -> WallForm:
    shown = [
        {"kind": card["kind"]}
        | {f"title_{code}": card["title"][code] for code in ("kk", "ru", "en")}
        | {f"text_{code}": (card["text"] or {}).get(code, "") for code in ("kk", "ru", "en")}
        | {"picture": card.get("picture") or ""}
        for card in state[Notices].cards
    ]
    empty: list[dict[str, Any]] = [{}] * max(1, CARDS - len(shown))
    return WallForm(formdata=None if request.method == "GET" else request.form, cards=shown + empty)


def _card(form: dict[str, Any]) -> dict[str, Any]:
    """A card whose text is missing in a language has it in the one there is. Raises PictureRefused."""
    return {
        "kind": form["kind"],
        "title": _in_all(form, "title"),
        "text": _in_all(form, "text") if any(form[f"text_{code}"] for code in ("kk", "ru", "en")) else None,
        "picture": _picture(form),
    }


def _picture(form: dict[str, Any]) -> str | None:
    """The card's picture: a new one, the one it had, or none. Raises PictureRefused."""
    if form["without"]:
        return None
    content = form["upload"].read() if form["upload"] else b""
    if content:
        return keep_picture(content, current_app.extensions["settings"].pictures, WALL_PX)
    return form["picture"] or None


def _in_all(form: dict[str, str], part: str) -> dict[str, str]:
    words = {code: form[f"{part}_{code}"] for code in ("kk", "ru", "en")}
    there = next(filter(None, words.values()), "")
    return {code: written or there for code, written in words.items()}


def _back(slug: str) -> Any:
    return redirect(url_for("desk_notices.notices", slug=slug))
