"""How the server is put together: extensions, blueprints, and the start of its write path and live feed."""

from __future__ import annotations

from typing import Any

import gevent
import structlog
from flask import Flask, current_app, session

from . import cli, problems
from .accounts import access
from .accounts import routes as account_routes
from .accounts.signing_in import SignIns, User
from .api import blueprint as api
from .applications.consent_routes import blueprint as consents
from .applications.routes import blueprint as applications
from .backup.place import Place
from .backup.shipping import Shipper
from .competitions.routes import blueprint as competitions
from .desk.accounts import blueprint as desk_accounts
from .desk.announcing import blueprint as desk_announcing
from .desk.applications import blueprint as desk_applications
from .desk.arrivals import badges
from .desk.arrivals import blueprint as desk_arrivals
from .desk.ceremony import blueprint as desk_ceremony
from .desk.competitions import blueprint as desk
from .desk.counts import blueprint as desk_counts
from .desk.dashboard import blueprint as desk_dashboard
from .desk.day_numbers import blueprint as desk_day_numbers
from .desk.diplomas import blueprint as desk_diplomas
from .desk.gates import blueprint as desk_gates
from .desk.importing import blueprint as desk_import
from .desk.labels import blueprint as desk_labels
from .desk.matches import blueprint as desk_matches
from .desk.notices import blueprint as desk_notices
from .desk.paper import blueprint as desk_paper
from .desk.people import blueprint as desk_people
from .desk.reports import blueprint as desk_reports
from .desk.results import blueprint as desk_results
from .desk.rules import blueprint as desk_rules
from .desk.run_orders import blueprint as desk_run
from .desk.screens import blueprint as desk_screens
from .desk.sheets import blueprint as desk_sheets
from .desk.showing import blueprint as desk_showing
from .desk.trying import blueprint as desk_trying
from .desk.withdrawing import blueprint as desk_withdrawing
from .devices.health import Health
from .devices.routes import blueprint as devices
from .displays.picture_routes import blueprint as pictures
from .displays.presence import Presence
from .displays.routes import NAMESPACE as SCREENS_NAMESPACE
from .displays.routes import ScreenSockets
from .displays.routes import blueprint as displays
from .entries.routes import blueprint as entries
from .extensions import babel, csrf, login_manager, make_engine, socketio
from .languages import install as install_languages
from .languages import request_locale
from .live.fanout import PINGS, DirectManager
from .live.fanout import install as install_fanout
from .live.feed import Feed
from .live.routes import blueprint as live
from .live.sockets import NAMESPACE, Live, has_listeners, send
from .matches.routes import blueprint as matches
from .pages import LoopLag
from .pages import blueprint as pages
from .pipeline import Pipeline
from .protests.routes import blueprint as protests
from .reports.routes import blueprint as reports
from .security import install as install_security
from .settings import Settings
from .tls.routes import blueprint as certificate_page

BLUEPRINTS = (
    account_routes.blueprint,
    api,
    applications,
    certificate_page,
    competitions,
    consents,
    desk,
    desk_accounts,
    desk_applications,
    badges,
    desk_arrivals,
    desk_counts,
    desk_dashboard,
    desk_day_numbers,
    desk_diplomas,
    desk_gates,
    desk_import,
    desk_labels,
    desk_matches,
    desk_paper,
    desk_people,
    desk_reports,
    desk_results,
    desk_rules,
    desk_run,
    desk_sheets,
    desk_withdrawing,
    desk_trying,
    desk_announcing,
    desk_ceremony,
    desk_notices,
    desk_screens,
    desk_showing,
    devices,
    displays,
    entries,
    live,
    matches,
    pages,
    protests,
    pictures,
    reports,
)
WITHOUT_FORMS = (api, devices, live, desk_trying)
MOST_BYTES_A_REQUEST = 16 * 1024 * 1024


def wire(settings: Settings | None) -> Flask:
    """Make the app and hang everything on it; the database stays shut."""
    settings = settings or Settings.from_environment()
    app = Flask(__package__)
    app.extensions["settings"] = settings
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES_A_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        PERMANENT_SESSION_LIFETIME=400 * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="en",
    )
    babel.init_app(app, locale_selector=request_locale)
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.request_loader(_user_of)
    problems.install(app)
    install_languages(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in WITHOUT_FORMS:
        csrf.exempt(blueprint)
    csrf.exempt("app.accounts.routes.post_sign_in")
    csrf.exempt("app.accounts.routes.post_sign_out")
    access.install(app)
    install_security(app)
    cli.register(app)
    return app


def start(app: Flask) -> None:
    """Open the database, fold the log, and make the app ready to answer. Call once, in the serving process."""
    settings: Settings = app.extensions["settings"]
    app.secret_key = settings.secret_key()
    app.extensions["engine"] = engine = make_engine(settings)
    app.extensions["health"] = health = Health()
    sign_ins = SignIns(engine)
    shipper = _shipper(app.extensions["settings"])
    pipeline = Pipeline(
        engine,
        lambda state, changed: feed.publish(state, changed),
        sign_ins.forget,
        committed=shipper.take if shipper else None,
    )
    feed = Feed(pipeline, health, send, has_listeners, gevent.spawn_later)
    app.extensions["presence"] = Presence()
    app.extensions.update(
        pipeline=pipeline, feed=feed, sign_ins=sign_ins, loop_lag=LoopLag(), shipper=shipper
    )
    socketio.init_app(
        app,
        async_mode="gevent",
        client_manager=DirectManager(),
        cors_allowed_origins=None,
        http_compression=False,
        engineio_logger=False,
        **PINGS,
    )
    install_fanout(socketio.server)
    socketio.on_namespace(Live(NAMESPACE))
    socketio.on_namespace(ScreenSockets(SCREENS_NAMESPACE))
    structlog.get_logger().info("started", async_mode=socketio.async_mode, database=str(settings.database))


def _user_of(request: Any) -> User | None:
    """Flask-Login's way to whoever asks: a bearer token, or the token in the signed cookie."""
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else session.get("token")
    if not token:
        return None
    sign_ins: SignIns = current_app.extensions["sign_ins"]
    return sign_ins.find(token)


def _shipper(settings: Settings) -> Shipper | None:
    """Ships every commit to the second place, where there is one."""
    if settings.backup is None:
        return None
    return Shipper(settings.database, settings.data, Place(settings.backup))
