"""Consents behind a parent's own address: each tick apart, taken back at will, and what the public then reads."""

from __future__ import annotations

import html
import re

from flask import Flask

from app.applications.state import Applications
from app.registry.state import People

from .conftest import Open


def links(page: str) -> list[str]:
    found = re.findall(r'href="[^"]*(/c/demo/consent/[^"]+)" data-testid="consent-link"', page)
    return [html.unescape(path) for path in found]


def accepted(app: Flask, desk: Open) -> None:
    (application,) = app.extensions["pipeline"].state("c/demo")[Applications].by_id.values()
    desk(f"/applications/{application.id}/accept", version=application.version)


def test_a_parent_ticks_and_takes_back(app: Flask, web: Open, desk: Open, applied: str) -> None:
    accepted(app, desk)
    addresses = links(web(f"{applied}/consents", csrf="").text)
    assert len(addresses) == 2
    page = web(f"{addresses[0]}?lang=kk").text
    assert "Қуаныш Аян" in page
    assert "кәмелетке толмаған" in page
    assert "несовершеннолетнего" in web(f"{addresses[0]}?lang=ru").text
    assert web(addresses[0], results="y", signed_by="", relation="mother").status_code == 400
    assert web(addresses[0], results="y", signed_by="Қуаныш Сара", relation="mother").status_code == 302
    known = app.extensions["pipeline"].state("c/demo")[People].by_id.values()
    (ticks,) = [person.ticks for person in known if person.ticks]
    assert (ticks.version, ticks.results, ticks.photo, ticks.contact) == ("2026-1", True, False, False)
    assert "Қуаныш Аян" in web("/c/demo/teams").text
    assert web(addresses[0], revoke="1").status_code == 302
    assert "Қуаныш" not in web("/c/demo/teams").text


def test_new_addresses_end_the_earlier_ones(web: Open, applied: str) -> None:
    first = links(web(f"{applied}/consents", csrf="").text)
    second = links(web(f"{applied}/consents", csrf="").text)
    assert [web(path).status_code for path in first] == [404] * 2
    assert [web(path).status_code for path in second] == [200] * 2


def test_an_address_of_one_kind_opens_no_page_of_the_other(web: Open, applied: str) -> None:
    (consent, *_others) = links(web(f"{applied}/consents", csrf="").text)
    assert web(f"/c/demo/application/{consent.rsplit('/', 1)[1]}").status_code == 404
    assert web(f"/c/demo/consent/{applied.rsplit('/', 1)[1]}").status_code == 404
