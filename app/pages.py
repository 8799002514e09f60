"""The tablet's page and its service worker, the health check, and the built assets that templates name."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, send_from_directory

from .accounts.access import public
from .assets import BUILD, assets
from .heartbeat import worker_is_silent
from .messages import sentence
from .problems import json_response
from .public_address import weakness
from .settings import Settings

blueprint = Blueprint("pages", __name__)


class LoopLag:
    """How late the event loop ran what was due, at worst, since someone last asked."""

    def __init__(self) -> None:
        self._worst_s = 0.0

    def add(self, late_s: float) -> None:
        self._worst_s = max(self._worst_s, late_s)

    def take_ms(self) -> float:
        worst_s, self._worst_s = self._worst_s, 0.0
        return round(worst_s * 1000, 3)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """200 when the server answers, with the epoch it is in and how late its loop was at worst since last asked."""
    lag: LoopLag = current_app.extensions["loop_lag"]
    epoch = current_app.extensions["pipeline"].epoch
    return json_response({"ok": True, "epoch": epoch, "loop_lag_ms_max": lag.take_ms()})


@blueprint.get("/judge/")
@public
def judge() -> str:
    """The tablet's shell; what it may see is decided by each request it makes."""
    return render_template("judge.html", address=f"{current_app.extensions['settings'].public_url}/judge/")


@blueprint.get("/judge")
@public
def judge_without_slash() -> Any:
    return redirect("/judge/")


@blueprint.get("/judge/sw.js")
@public
def service_worker() -> Response:
    response = send_from_directory(BUILD, "judge-sw.js", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/judge/"
    return response


@blueprint.get("/judge/manifest.webmanifest")
@public
def manifest() -> Response:
    return send_from_directory(BUILD, "judge.webmanifest", mimetype="application/manifest+json")


@blueprint.app_context_processor
def names_in_templates() -> dict[str, Any]:
    """What every template may ask: for built assets, for what is amiss with links, and with the worker."""
    settings: Settings = current_app.extensions["settings"]
    return {
        "assets": assets,
        "address_trouble": partial(_address_trouble, settings),
        "worker_is_silent": partial(worker_is_silent, settings),
    }


def _address_trouble(settings: Settings) -> str | None:
    """What is wrong with the address that links and QR codes begin with, as a sentence."""
    code = weakness(settings.public_url)
    return sentence(code, {"address": settings.public_url}) if code else None
