"""A hall whose teams and schools have the longest of names, and every screen something to show."""

from __future__ import annotations

import io
from typing import Any

import httpx
from PIL import Image

from app.pictures import keep_picture
from tests.serving import Serving, command, post

TEAMS = [
    "Жас өнертапқыштар мен робототехниктер 12",
    "«Электрон-Достық» объединение юных техни",
    "Тұлпар",
    "Шаңырақ-Қарлығаш-Ұшқырлар-Үміт-2026-Іле",
    "Robo",
    "Межрегиональная сборная радиоконструктор",
]
"""Forty letters, but for two short ones; one of the long ones has no blank to break at."""
SCHOOLS = [
    "Шығыс Қазақстан облысы білім басқармасының «Дарынды балаларға арналған облыстық мамандандырылған "
    "мектеп-лицей-интернат» коммуналдық мемлекеттік мекемесі",
    "Республиканское государственное казённое предприятие «Республиканский учебно-оздоровительный центр "
    "дополнительного образования школьников»",
]
"""Three lines each on most screens."""
TITLE = {
    "kk": "Алаңға тек шақырылған команда шығады, қалғандары күту аймағында кезегін күтеді",
    "ru": "На поле выходит только вызванная команда, остальные ждут своей очереди в зоне ожидания",
    "en": "Only the team that is called enters the field; the others wait for their turn in the pit",
}
NAME = {
    "kk": "Сызық бойымен жарыс, ашық санат, ересектер тобы",
    "ru": "Гонки по линии, открытая категория, старшая группа",
    "en": "Line race, open class, seniors",
}
ALL = {code: words * 3 for code, words in TITLE.items()}
STAGES = {"places": 4, "podium": 7, "awards": 8}
"""Divisions of these names are at that stage of their ceremony, after so many steps."""


def fill(server: Serving, client: httpx.Client) -> None:
    """Put everything into the demo: field C with a run on it, a wall, delays, calls, three ceremonies."""
    organiser, referee = server.bearer("organiser"), server.bearer("referee")
    _do(client, organiser, *_set_up("hall", "C"), *_set_up("open", "D"))
    for stage in STAGES:
        _do(client, organiser, *_set_up(stage, f"of-{stage}"))
        _score(client, referee, f"of-{stage}")
        _go_to_stage(client, organiser, stage)
    _score(client, referee, "C", left=2)
    for run in _queue(client, "D")[:1]:
        emblem = {"entry": run["entry"]["id"], "picture": picture(server, (300, 800))}
        _do(client, organiser, command("SetEmblem", "c/demo", emblem))
    waiting = [run for run in _queue(client, "C") if not run["result"]]
    _contests(client, organiser, referee)
    for division in ("choosing", "allied"):
        _qualify(client, organiser, referee, division)
        _choose(client, organiser, division)
    [first, *_] = [match for match in _matches(client, "allied") if not match["is_over"]]
    _do(client, referee, command("OpenMatch", first["target"]))
    cards = [{"kind": "rule", "title": TITLE, "text": ALL, "picture": picture(server, (1600, 500))}]
    _do(client, organiser, command("SetWall", "c/demo", {"cards": cards}))
    _do(client, referee, command("SetDelay", "c/demo", {"field": "C", "minutes": 125}))
    _do(client, referee, command("OpenRun", waiting[0]["target"]), command("CallRun", waiting[1]["target"]))


def picture(server: Serving, size_px: tuple[int, int]) -> str:
    """A picture of some size among those the server keeps; its digest."""
    written = io.BytesIO()
    Image.radial_gradient("L").resize(size_px).save(written, "PNG")
    return keep_picture(written.getvalue(), server.data / "pictures", size_px)


def _contests(client: httpx.Client, organiser: dict[str, str], referee: dict[str, str]) -> None:
    """Matches on fields of their own: one under way in a bracket, one decided last, one to come after a draw."""
    for division in ("ring", "won", "groups"):
        rows = _rows(division)
        _do(
            client,
            organiser,
            command("AddField", "c/demo", {"code": f"of-{division}", "name": division}),
            command("AddDivision", "c/demo", {"code": division, "name": NAME, "discipline": "sumo-mini"}),
            command("ImportEntries", "c/demo", {"rows": rows}),
            command("DrawMatches", f"c/demo/division/{division}", {"fields": [f"of-{division}"], "seed": 1}),
        )
    for match in _matches(client, "ring"):
        _win(client, referee, match)
    _win(client, referee, _matches(client, "won")[0])
    semifinal = next(match for match in _matches(client, "ring") if not match["is_over"])
    left, right = (side["id"] for side in semifinal["sides"])
    shown = {
        "bouts": [
            {"winner": left, "warnings": {left: 1}, "false_starts": {right: 1}},
            {"warnings": {right: 1}},
        ]
    }
    _do(client, referee, command("OpenMatch", semifinal["target"]))
    _do(client, referee, command("ShowBouts", semifinal["target"], shown))


def _qualify(client: httpx.Client, organiser: dict[str, str], referee: dict[str, str], division: str) -> None:
    """An alliance tournament whose qualification is over."""
    here = f"c/demo/division/{division}"
    names = {"code": division, "name": NAME, "discipline": "alliance-tournament"}
    others = [row | {"team": f"{row['team'][:-2]}-2"} for row in _rows(division)]
    _do(
        client,
        organiser,
        command("AddField", "c/demo", {"code": f"of-{division}", "name": division}),
        command("AddDivision", "c/demo", names),
        command("ImportEntries", "c/demo", {"rows": _rows(division) + others}),
        command("SetNumbers", here, {"numbers": {"rounds": 1}}),
        command("DrawMatches", here, {"fields": [f"of-{division}"], "seed": 1}),
        command("DrawLots", here, {"seed": 1}),
    )
    bouts = {"bouts": [{"sheet": {"points_left": 850, "points_right": 120}}]}
    for match in _matches(client, division):
        _do(client, referee, command("EnterMatch", match["target"], bouts, match["version"]))


def _choose(client: httpx.Client, organiser: dict[str, str], division: str) -> None:
    """Alliances of three: all of them; of ``choosing`` the first two picks and a refusal."""
    target, here = f"c/demo/alliances/{division}", f"/api/v1/live/c/demo/division/{division}/alliances"

    def step(type_: str, payload: dict[str, Any]) -> dict[str, Any]:
        version = client.get(here).json()["data"]["version"]
        _do(client, organiser, command(type_, target, payload, version))
        told: dict[str, Any] = client.get(here).json()["data"]
        return told

    now = step("OpenAllianceSelection", {})
    for _ in range(2):
        now = step("PickPartner", {"entry": now["available"][-1]["entry"]["id"]})
    now = step("DeclineInvitation", {"entry": now["available"][0]["entry"]["id"]})
    if division == "choosing":
        return
    while now["turn"]:
        now = step("PickPartner", {"entry": now["available"][0]["entry"]["id"]})
    step("FormAlliances", {})


def _matches(client: httpx.Client, division: str) -> list[dict[str, Any]]:
    contest = client.get(f"/api/v1/live/c/demo/division/{division}/matches").json()["data"]
    matches: list[dict[str, Any]] = contest["matches"]
    return matches


def _win(client: httpx.Client, headers: dict[str, str], match: dict[str, Any]) -> None:
    """The lower number wins both bouts, so that nobody is level at the end."""
    winner = min(match["sides"], key=lambda side: side["number"])["id"]
    bouts = {"bouts": [{"winner": winner}, {"winner": winner}]}
    _do(client, headers, command("EnterMatch", match["target"], bouts, match["version"]))


def _rows(division: str) -> list[dict[str, Any]]:
    return [
        {
            "division": division,
            "team": team,
            "organisation": SCHOOLS[n % 2],
            "region": f"KZ-{(63, 35)[n % 2]}",
        }
        for n, team in enumerate(TEAMS)
    ]


def _set_up(division: str, field: str) -> list[dict[str, Any]]:
    rows = _rows(division)
    return [
        command("AddField", "c/demo", {"code": field, "name": field}),
        command("AddDivision", "c/demo", {"code": division, "name": NAME, "discipline": "line-race"}),
        command("ImportEntries", "c/demo", {"rows": rows}),
        command("DrawStartList", f"c/demo/division/{division}", {"field": field, "seed": 1}),
    ]


def _score(client: httpx.Client, headers: dict[str, str], field: str, left: int = 12) -> None:
    """Confirm a field's runs but for the last few, each a little slower than the one before."""
    for n, run in enumerate(_queue(client, field)[: len(TEAMS) * 3 - left]):
        sheet = {"sheet": {"time": 81.5 + n * 1.137}, "mark": None}
        _do(client, headers, command("EnterScore", run["target"], sheet, run["version"]))


def _go_to_stage(client: httpx.Client, headers: dict[str, str], stage: str) -> None:
    here = f"c/demo/division/{stage}"
    winner = _queue(client, f"of-{stage}")[0]["entry"]["id"]
    begin = {"places": 6, "awards": [{"title": TITLE, "entry": winner}]}
    _do(client, headers, command("BeginCeremony", here, begin))
    _do(client, headers, *[command("RevealNext", here, {"step": step}) for step in range(STAGES[stage])])


def _queue(client: httpx.Client, field: str) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = client.get(f"/api/v1/live/c/demo/field/{field}/queue").json()["data"]["runs"]
    return runs


def _do(client: httpx.Client, headers: dict[str, str], *commands: dict[str, Any]) -> None:
    receipts = post(client, headers, *commands)
    assert {receipt["status"] for receipt in receipts} == {"accepted"}, receipts
