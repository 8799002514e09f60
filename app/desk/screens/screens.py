"""The desk page that steers screens: which there are, who shows them just now, and what each is to show."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...assets import assets
from ...competitions.state import Setup
from ...displays.routes import presence, tell
from ...displays.state import Screens
from ...eventlog.fold import State
from ...languages import in_language
from ...messages import sentence as sentence_of_code
from ...registry.regions import regions
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .screen_choices import Shown, choices, sentence
from .screen_forms import ClaimForm, DescribeForm, NewScreenForm, SteerForm

blueprint = Blueprint("desk_screens", __name__, url_prefix="/desk")

ROTATION = "rotation:"


@blueprint.get("/c/<slug>/screens")
@access("organiser")
def screens(slug: str) -> str:
    return _page(slug)


@blueprint.get("/c/<slug>/screens/presence")
@access("organiser")
def screens_presence(slug: str) -> str:
    """Who shows each screen just now, as fragments that the page asks for again and again."""
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/_screen_presence.html", screens=_cards(state), waiting=presence().waiting_count
        )


@blueprint.post("/c/<slug>/screens/steer")
@access("organiser")
def steer(slug: str) -> Any:
    """Set what the chosen screens show: one command a screen, each said at the top of the page if refused."""
    with pipeline().reading():
        form = _steer_form(state_of(slug))
        chosen = [s["id"] for s in _screens(state_of(slug)) if _is_chosen(form, s)]
    if not form.validate_on_submit():
        return _page(slug, steer_form=form), 400
    if not chosen:
        flash(_("Choose at least one screen or group."), "danger")
    set_ = [submit_or_flash("SetScreen", f"c/{slug}/screen/{id_}", _what(form)) for id_ in chosen]
    if chosen and all(set_):
        flash(_("The screens show it now."), "success")
    return redirect(url_for("desk_screens.screens", slug=slug))


@blueprint.post("/c/<slug>/screens/claim")
@access("organiser")
def claim(slug: str) -> Any:
    """Give the browser that shows a pairing code to a screen, a new one or one there is."""
    with pipeline().reading():
        form, free_code = _claim_form(state_of(slug)), state_of(slug)[Screens].free_code()
    waiting = presence().waiting(form.pairing.data or "")
    if not form.validate_on_submit() or waiting is None:
        if not form.pairing.errors:
            form.pairing.errors = [sentence_of_code("pairing_code_unknown")]
        return _page(slug, claim_form=form), 400
    sid, browser = waiting
    new = {"code": free_code} | _described(form) | {"name": form.name.data or free_code}
    if not form.replaces.data and not submit_form(form, "AddScreen", f"c/{slug}", new):
        return _page(slug, claim_form=form), 400
    screen = form.replaces.data or f"{slug}-{free_code}"
    if submit_or_flash("ClaimScreen", f"c/{slug}/screen/{screen}", {"device": browser.device}):
        tell(sid, "claimed", {"screen": screen})
        flash(_("The screen is claimed."), "success")
    return redirect(url_for("desk_screens.screens", slug=slug))


@blueprint.post("/c/<slug>/screens/add")
@access("organiser")
def add(slug: str) -> Any:
    form = NewScreenForm(prefix="new-")
    with pipeline().reading():
        free_code = state_of(slug)[Screens].free_code()
    payload = _described(form) | {"code": form.code.data or free_code}
    if form.validate_on_submit() and submit_form(form, "AddScreen", f"c/{slug}", payload):
        return redirect(url_for("desk_screens.screens", slug=slug))
    return _page(slug, new_form=form), 400


@blueprint.post("/c/<slug>/screens/<screen>/describe")
@access("organiser")
def describe(slug: str, screen: str) -> Any:
    form = DescribeForm()
    if form.validate_on_submit():
        submit_or_flash("DescribeScreen", f"c/{slug}/screen/{screen}", _described(form))
    return redirect(url_for("desk_screens.screens", slug=slug) + f"#screen-{screen}")


@blueprint.post("/c/<slug>/screens/<screen>/remove")
@access("organiser")
def remove(slug: str, screen: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("RemoveScreen", f"c/{slug}/screen/{screen}", {})
    return redirect(url_for("desk_screens.screens", slug=slug))


@blueprint.post("/c/<slug>/screens/<screen>/sound")
@access("organiser")
def try_sound(slug: str, screen: str) -> Any:
    """Let a screen make its sounds once, at its own volume. It changes nothing, so it is no command."""
    with pipeline().reading():
        if screen not in state_of(slug)[Screens].by_id:
            abort(404)
    if ButtonForm().validate_on_submit():
        for sid in presence().sids(screen):
            tell(sid, "sound", {})
    return redirect(url_for("desk_screens.screens", slug=slug) + f"#screen-{screen}")


def _page(
    slug: str,
    steer_form: SteerForm | None = None,
    claim_form: ClaimForm | None = None,
    new_form: NewScreenForm | None = None,
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/screens.html",
            setup=state[Setup],
            slug=slug,
            screens=_cards(state),
            groups=_groups(state),
            waiting=presence().waiting_count,
            steer_form=steer_form or _steer_form(state),
            claim_form=claim_form or _claim_form(state),
            new_form=new_form or NewScreenForm(prefix="new-"),
            button=ButtonForm(),
        )


def _cards(state: State) -> list[dict[str, Any]]:
    """What the page says of each screen; ``browsers`` are those that show it, the newest first."""
    current_build = assets("screen").script.rsplit("/", 1)[-1]
    return [
        screen
        | {
            "sentence": _sentence(state[Setup], screen),
            "browsers": presence().browsers(screen["id"]),
            "current_build": current_build,
        }
        for screen in _screens(state)
    ]


def _sentence(setup: Setup, screen: dict[str, Any]) -> str:
    if screen["view"] == "rotation":
        return " → ".join(sentence(setup, Shown.of_screen(step)) for step in screen["steps"])
    region = regions().get(screen["region"] or "")
    return sentence(setup, Shown.of_screen(screen)) + (f" ({in_language(region)})" if region else "")


def _screens(state: State) -> list[dict[str, Any]]:
    return sorted(state[Screens].by_id.values(), key=lambda screen: (screen["group"], screen["name"]))


def _groups(state: State) -> list[str]:
    return sorted({screen["group"] for screen in _screens(state)} - {""})


def _is_chosen(form: SteerForm, screen: dict[str, Any]) -> bool:
    return screen["id"] in (form.screens.data or ()) or screen["group"] in (form.groups.data or ())


def _what(form: SteerForm) -> dict[str, Any]:
    """The form as the payload of ``SetScreen``."""
    always = {"locale": form.locale.data, "volume_percent": int(form.volume.data)}
    if form.shows.data != ROTATION:
        return Shown.parse(form.shows.data).payload() | always | {"region": form.region.data or None}
    steps = [step for step in form.steps.data if step["shows"]]
    return always | {
        "view": "rotation",
        "steps": [Shown.parse(step["shows"]).payload() | {"seconds": step["seconds"]} for step in steps],
    }


def _described(form: ClaimForm | DescribeForm | NewScreenForm) -> dict[str, str]:
    return {
        "name": form.name.data or "",
        "place": form.place.data or "",
        "group": form.group.data or "",
    }


def _steer_form(state: State) -> SteerForm:
    form = SteerForm()
    everything = choices(state[Setup])
    form.screens.choices = [(screen["id"], screen["name"]) for screen in _screens(state)]
    form.groups.choices = [(group, group) for group in _groups(state)]
    form.shows.choices = everything | {_("In turn"): [(ROTATION, _("the steps below, in turn"))]}
    form.region.choices = [("", _("all regions"))] + [(c, in_language(n)) for c, n in regions().items()]
    for step in form.steps:
        step.shows.choices = {"–": [("", "–")]} | everything
    return form


def _claim_form(state: State) -> ClaimForm:
    form = ClaimForm(prefix="claim-")
    form.replaces.choices = [("", _("a new screen"))] + [(s["id"], s["name"]) for s in _screens(state)]
    return form
