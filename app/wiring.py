"""How the server is put together: extensions, blueprints, and the start of its write path and live feed."""

from __future__ import annotations

from typing import Any

import gevent
import structlog
from flask import Flask, current_app, session
from werkzeug.middleware.proxy_fix import ProxyFix

from . import cli, problems
from .accounts import access
from .accounts import routes as account_routes
from .accounts.guessing import Guesses
from .accounts.signing_in import SignIns, User
from .album import Album
from .allowance import Allowance
from .api import blueprint as api
from .applications.consent_routes import blueprint as consents
from .applications.document_routes import blueprint as documents
from .applications.routes import blueprint as applications
from .applications.shelf import Shelf
from .backup.place import Place
from .backup.shipping import Shipper
from .competitions.routes import blueprint as competitions
from .desk.blueprints import DESK
from .desk.rules.trying import blueprint as trying
from .devices.health import Health
from .devices.routes import blueprint as devices
from .displays.picture_routes import blueprint as pictures
from .displays.presence import Presence
from .displays.routes import NAMESPACE as SCREENS_NAMESPACE
from .displays.routes import ScreenSockets
from .displays.routes import blueprint as displays
from .entries.routes import blueprint as entries
from .eventlog.fold import State
from .extensions import babel, csrf, login_manager, make_engine, socketio
from .form_words import install as install_form_words
from .languages import install as install_languages
from .languages import request_locale
from .leftovers import Forgetting
from .live.begun import BegunSheets
from .live.begun_routes import blueprint as begun
from .live.fanout import PINGS, DirectManager
from .live.fanout import install as install_fanout
from .live.feed import Feed
from .live.routes import blueprint as live
from .live.sockets import NAMESPACE, Live, has_listeners, send
from .matches.routes import blueprint as matches
from .pages import LoopLag
from .pages import blueprint as pages
from .pipeline import Pipeline
from .planning.routes import blueprint as planning
from .private import keep_to_owner
from .protests.routes import blueprint as protests
from .readers.routes import blueprint as readers
from .reports.routes import blueprint as reports
from .security import install as install_security
from .settings import Settings
from .tls.routes import blueprint as certificate_page

BLUEPRINTS = (
    *DESK,
    account_routes.blueprint,
    api,
    applications,
    certificate_page,
    competitions,
    consents,
    documents,
    begun,
    devices,
    displays,
    entries,
    live,
    matches,
    pages,
    planning,
    protests,
    pictures,
    readers,
    reports,
)
WITHOUT_FORMS = (api, begun, devices, live, trying)
MOST_BYTES_A_REQUEST = 16 * 1024 * 1024


def wire(settings: Settings | None) -> Flask:
    """Make the app and hang everything on it; the database stays shut."""
    keep_to_owner()  # whatever makes an app may write: the server, and every command of `flask`
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
    install_form_words(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in WITHOUT_FORMS:
        csrf.exempt(blueprint)
    # Looks at the token itself, once it may: the token comes in the same body as a large file.
    csrf.exempt("app.desk.papers.archives.upload")
    csrf.exempt("app.accounts.routes.post_sign_in")
    csrf.exempt("app.accounts.routes.post_sign_out")
    if settings.trusted_proxies:
        # Each proxy adds whom it had a request from; the scheme is written anew by each.
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1, x_host=0)  # type: ignore[method-assign]
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
    sign_ins, live_sockets = SignIns(engine), Live(NAMESPACE)
    shipper = _shipper(app.extensions["settings"])
    app.extensions["shelf"] = shelf = Shelf(settings.documents)
    album = Album(settings.pictures)

    def publish(state: State, changed: frozenset[str]) -> None:
        forgetting.look(state)
        shelf.follow(state, pipeline.states())
        album.follow(state, pipeline.states())
        feed.publish(state, changed)

    pipeline = Pipeline(
        engine,
        publish,
        lambda: _tables_changed(sign_ins, live_sockets),
        committed=shipper.take if shipper else None,
    )
    forgetting = Forgetting(settings, pipeline.states())
    shelf.tidy(pipeline.states())
    album.tidy(pipeline.states())
    feed = Feed(pipeline, health, send, has_listeners, gevent.spawn_later)
    app.extensions["begun"] = BegunSheets()
    app.extensions["presence"] = Presence()
    app.extensions["guesses"] = Guesses()
    app.extensions["allowance"] = Allowance()
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
    socketio.on_namespace(live_sockets)
    socketio.on_namespace(ScreenSockets(SCREENS_NAMESPACE))
    structlog.get_logger().info("started", async_mode=socketio.async_mode, database=str(settings.database))


def _tables_changed(sign_ins: SignIns, sockets: Live) -> None:
    """Somebody may have been signed out: look again who is who, once whoever writes is done."""
    sign_ins.forget()
    gevent.spawn(sockets.drop_signed_out, sign_ins)


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
