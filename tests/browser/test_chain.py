"""The whole chain: the real firmware on an emulated board, its bridge, the server, and the screen in the hall."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.firmware_bridge.built import Built, built
from tests.firmware_bridge.paced import PacedBoard, TrueEdge
from tests.serving import Serving

from .conftest import running
from .test_story import open_page, sign_in_judge, sign_in_organiser

__all__ = ["built"]

START, FINISH, LAMP = 0, 1, 1
MS, S = 1_000_000, 1_000_000_000
RUN_NS = 2_345 * MS
BEAM_NS = 20 * MS
SHOWN_S = 0.001
WITHIN_MS = 60_000
UNPLUGGED = "the board is unplugged"


def test_an_edge_on_a_pin_is_a_time_on_the_screen(
    browser: Browser, installation: Serving, built: Built, tmp_path: Path
) -> None:
    """Start and finish are driven on the board's pins; the screen shows the time between them to the thousandth."""
    tablet, screen = open_page(browser, 1280, 800), open_page(browser, 1920, 1080)
    screen.goto(f"{installation.url}/screen/c/demo/field/A?lang=kk")
    with PacedBoard(built, tmp_path) as board, bridge_on(board, installation):
        arm(tablet, installation)
        board.wait_for_output(LAMP, timeout_s=60)
        drive_through(board, START)
        expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "running", timeout=WITHIN_MS)
        finished = drive_through(board, FINISH, board.edges[0].at_ns + RUN_NS)
        expect(screen.get_by_test_id("clock")).to_have_attribute("data-state", "stopped", timeout=WITHIN_MS)
        shown = screen.get_by_test_id("clock").locator("span").inner_text()
        true_s = (finished.at_ns - board.edges[0].at_ns) / S
        assert abs(seconds(shown) - true_s) <= SHOWN_S, (shown, true_s)
        expect(tablet.get_by_test_id("field-time-measured")).to_contain_text(shown)


def test_what_happens_to_a_board_is_on_the_dashboard(
    browser: Browser, installation: Serving, built: Built, tmp_path: Path
) -> None:
    """Unplugged it is said in words, plugged in again it is well; a bridge that vanishes falls silent."""
    desk = open_page(browser, 1366, 768)
    sign_in_organiser(desk, installation, "en")
    desk.goto(f"{installation.url}/desk/c/demo/")
    controller = desk.get_by_test_id("controller-A")
    with PacedBoard(built, tmp_path) as board:
        with bridge_on(board, installation):
            expect(controller).to_have_attribute("data-state", "online", timeout=WITHIN_MS)
            expect(controller).to_contain_text("µs", timeout=WITHIN_MS)
            board.unplug()
            expect(controller).to_contain_text(UNPLUGGED, timeout=WITHIN_MS)
            board.plug()
            expect(controller).not_to_contain_text(UNPLUGGED, timeout=WITHIN_MS)
        expect(controller).to_have_attribute("data-state", "silent", timeout=WITHIN_MS)


def bridge_on(board: PacedBoard, server: Serving) -> running:
    """The field controller as its own process, as on the Pi under the table."""
    return running(
        server, "firmware_bridge", "--server", server.url, "--token", server.access["controllers"]["A"],
        "--port", str(board.path), "--spool", str(server.data / "A.sqlite3"),
    )  # fmt: skip


def arm(tablet: Page, server: Serving) -> None:
    """The judge of field A opens the next run: its gates are armed, and its lamp lit."""
    account = next(a for a in server.access["accounts"] if a["fields"] == ["A"] and a["role"] == "judge")
    path = account["sign_in_url"].split("/", 3)[3]
    sign_in_judge(tablet, f"{server.url}/{path}", "kk")
    tablet.get_by_test_id("run-open").first.click()


def drive_through(board: PacedBoard, channel: int, not_before_ns: int = 0) -> TrueEdge:
    """Break a gate's beam and leave it; when the beam was broken."""
    before = len(board.edges)
    at_ns = max(not_before_ns, time.monotonic_ns() + 20 * MS)
    board.edge(channel, 0, at_ns)
    board.edge(channel, 1, at_ns + BEAM_NS)
    return board.wait_for_edges(before + 2)[before]


def seconds(shown: str) -> float:
    """``2.345`` or ``0:02,345`` as seconds."""
    minutes, _, rest = shown.replace(",", ".").rpartition(":")
    return int(minutes or 0) * 60 + float(rest)
