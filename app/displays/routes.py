"""The page of every screen, and the namespace /screens, where browsers tell which screen they show or ask for one."""

from __future__ import annotations

from typing import Annotated, Any, cast

from flask import Blueprint, current_app, render_template, request
from flask_socketio import Namespace
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..accounts.access import public
from ..extensions import socketio
from ..pipeline import Pipeline
from .presence import Browser, Presence
from .schemas import Device
from .state import Screens

NAMESPACE = "/screens"

blueprint = Blueprint("displays", __name__)

Pixels = Annotated[int, Field(ge=0, le=100_000)]
Text = Annotated[str, Field(max_length=80)]


@blueprint.get("/screen/")
@blueprint.get("/screen/<path:what>")
@public
def screen(what: str = "") -> str:
    """One page for every screen; the script reads from its own address what it shows, and asks where that is plain."""
    return render_template("screen.html", what=what)


class Hello(BaseModel):
    """What a browser says first; ``screen`` is the one in its address, None at the screens' plain address."""

    model_config = ConfigDict(frozen=True)

    device: Device
    screen: Text | None = None
    size: tuple[Pixels, Pixels]
    build: Text = ""


class Beat(BaseModel):
    """What a browser says every few seconds."""

    model_config = ConfigDict(frozen=True)

    latency_ms: Annotated[float, Field(ge=0, le=3_600_000, allow_inf_nan=False)] | None = None
    shows: Text = ""


class ScreenSockets(Namespace):  # type: ignore[misc]
    """Nothing that is said here changes what is true; a screen is claimed by a command at the desk."""

    def on_hello(self, message: Any = None) -> dict[str, Any]:
        """→ ``{"screen": id}`` of the screen that is this browser's, or ``{"code"}`` to show until there is one."""
        try:
            said = Hello.model_validate(message)
        except ValidationError:
            return {"screen": None, "code": None}
        screen = _existing(said.screen) if said.screen is not None else _screen_of(said.device)
        if said.screen is not None and screen is None:
            return {"screen": None, "code": None}
        browser = Browser(screen, said.device, request.remote_addr or "", said.size, said.build)
        return {"screen": screen, "code": presence().hello(_sid(), browser)}

    def on_beat(self, message: Any = None) -> dict[str, Any]:
        """→ ``{"known"}``; a browser that is not known says hello again."""
        try:
            said = Beat.model_validate(message)
        except ValidationError:
            return {"known": True}
        return {"known": presence().beat(_sid(), said.latency_ms, said.shows)}

    def on_disconnect(self, *_reason: Any) -> None:
        presence().leave(_sid())


def tell(sid: str, event: str, message: dict[str, Any]) -> None:
    """Say something to one browser: ``claimed {"screen"}``, or ``sound {"volume"}`` to try its loudspeaker."""
    socketio.emit(event, message, namespace=NAMESPACE, to=sid)


def _sid() -> str:
    """The id of the socket that speaks; Flask-SocketIO puts it on the request."""
    return cast(Any, request).sid  # type: ignore[no-any-return]


def presence() -> Presence:
    found: Presence = current_app.extensions["presence"]
    return found


def _existing(screen: str) -> str | None:
    """The screen of an address, if there is one: nobody can fill the memory with made-up ones."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        return screen if any(screen in state[Screens].by_id for state in pipeline.states()) else None


def _screen_of(device: str) -> str | None:
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        found = (state[Screens].of_device.get(device) for state in pipeline.states())
        return next((screen for screen in found if screen), None)
