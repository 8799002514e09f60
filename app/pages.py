"""The tablet's page and its service worker, the health check, and the built assets that templates name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, send_from_directory

from .accounts.access import public
from .assets import BUILD, assets
from .problems import json_response

blueprint = Blueprint("pages", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """200 when the server answers, with the epoch it is in."""
    return json_response({"ok": True, "epoch": current_app.extensions["pipeline"].epoch})


@blueprint.get("/judge/")
@public
def judge() -> str:
    """The tablet's shell; what it may see is decided by each request it makes."""
    return render_template("judge.html")


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
def asset_names() -> dict[str, Any]:
    return {"assets": assets}
