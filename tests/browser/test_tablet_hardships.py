"""What happens to tablets in a hall: wrong clocks, killed browsers, full storage, losses."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.serving import Serving

from .conftest import CHROMIUM, QUIETLY, simulated_gates
from .patience import until
from .tablets import PORTRAIT, account_of, all_sent, choose_field, confirm, enter_by_hand, sign_in, tablet
from .test_tablet_two_judges import result_of, sheet_state

QUOTA_BYTES = 20_000_000
FREED_WITHIN_S = 90
"""The browser looks at the disk only now and then."""
FILL_UP = """async () => {
    const opening = indexedDB.open('filler');
    opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true });
    const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const put = (bytes) => new Promise((resolve) => {
        const noise = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
        const writing = database.transaction('all', 'readwrite');
        writing.objectStore('all').add(noise);
        writing.oncomplete = () => resolve(true);
        writing.onabort = () => resolve(false);
    });
    for (let bytes = 1 << 20; bytes >= 64; bytes >>= 2) while (await put(bytes));
    database.close();
}"""
GONE_WITHIN_S = 20


HOLD_SIGN_IN = """(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'facts' && given[1] === 'me') {
            const until = performance.now() + 3000;
            const ask = () => {
                if (performance.now() > until) window.is_kept = true;
                else this.get('me').onsuccess = ask;
            };
            ask();
        }
        return put.apply(this, given);
    };
})()"""
"""Makes the tablet take three seconds to keep who signed in: a slow disk."""


def test_a_clock_wrong_by_an_hour_shows_the_time_of_the_field(
    browser: Browser, installation: Serving
) -> None:
    """The page is drawn again while the field times the run, and what was half typed stays in its box."""
    page = browser.new_context(viewport=PORTRAIT).new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=1))
    sign_in(page, installation, account_of(installation, "judge", "A"))
    run = rows(page)[0].get_attribute("data-run")
    page.get_by_test_id("run-open").first.click()
    page.get_by_test_id("note").press_sequentially("Жартысы")
    with simulated_gates(installation, "A"):
        clock = page.get_by_test_id("field-clock")
        expect(clock).to_have_attribute("data-state", "running")
        shown = clock.locator(".clock-time").inner_text()
        assert ":" not in shown, shown
        assert 0 <= float(shown) < 60
        expect(clock).to_have_attribute("data-state", "stopped")
    expect(page.get_by_test_id("note")).to_have_value("Жартысы")
    confirm(page)
    all_sent(page)
    expect(page.locator(f"[data-run='{run}']")).to_have_attribute("data-status", "UNOFFICIAL")
    assert result_of(installation, str(run))["hand_time"] is False


def test_a_killed_browser_loses_nothing_of_a_sheet(
    browser: Browser, installation: Serving, tmp_path: Path
) -> None:
    """The same profile is opened again after SIGKILL; the server stays away meanwhile."""
    folder = tmp_path / "profile"
    started = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=QUIETLY, viewport=PORTRAIT
    )
    page = started.pages[0]
    sign_in(page, installation, account_of(installation, "judge", "B"))
    page.get_by_test_id("run-open").first.click()
    page.get_by_test_id("field-maze-value").fill("37")
    page.get_by_test_id("field-maze-value").press("Tab")
    page.get_by_test_id("field-pins-5").click()
    expect(page.get_by_test_id("field-pins")).to_have_attribute("data-set", "true")
    kept(page)
    address = page.url
    page.context.set_offline(True)
    kill_browser_of(folder)

    again = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=QUIETLY, viewport=PORTRAIT
    )
    page = again.pages[0]
    page.goto(address)
    expect(page.get_by_test_id("field-maze-value")).to_have_value("37")
    expect(page.get_by_test_id("field-pins-5")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("field-pins")).to_have_attribute("data-set", "false")
    again.close()


def test_rules_that_were_lost_on_the_way_are_asked_for_again(browser: Browser, installation: Serving) -> None:
    """While the socket stays up and nothing moves, so that nothing else says to ask."""
    page = browser.new_context(viewport=PORTRAIT, service_workers="block").new_page()
    lost: list[float] = []

    def lose_the_first(route: Route) -> None:
        """Every one for two and a half seconds, in which the tablet settles."""
        lost.append(time.monotonic())
        if lost[-1] - lost[0] > 2.5:
            route.fallback()
        else:
            route.abort()

    page.route("**/ruleset", lose_the_first)
    with page.expect_response("**/ruleset", timeout=15_000):
        sign_in(page, installation, account_of(installation, "judge", "B"))
        expect(page.get_by_test_id("queue-row").first).to_be_visible()


def test_a_sheet_opened_while_the_sign_in_is_kept_stays_open(browser: Browser, installation: Serving) -> None:
    page = browser.new_context(viewport=PORTRAIT).new_page()
    account = account_of(installation, "judge", "B")
    page.goto(f"{installation.url}/judge/?lang=kk")
    page.get_by_test_id(f"account-{account['account']}").click()
    page.evaluate(HOLD_SIGN_IN)
    for digit in account["pin"]:
        page.get_by_test_id(f"pin-key-{digit}").click()
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-maze-value")).to_be_visible()
    until(page, "window.is_kept === true")
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("field-maze-value")).to_be_visible()


def test_a_full_storage_is_said_and_nothing_pretended(browser: Browser, installation: Serving) -> None:
    page = browser.new_context(viewport=PORTRAIT).new_page()
    chromium = page.context.new_cdp_session(page)
    chromium.send("Storage.overrideQuotaForOrigin", {"origin": installation.url, "quotaSize": QUOTA_BYTES})
    sign_in(page, installation, account_of(installation, "judge", "A"))
    run = str(rows(page)[0].get_attribute("data-run"))
    page.get_by_test_id("run-open").first.click()
    enter_by_hand(page, "25")
    all_sent(page)
    page.evaluate(FILL_UP)
    page.get_by_test_id("note").fill("Ә" * 2000)
    page.get_by_test_id("note").press("Tab")
    expect(page.get_by_test_id("draft-unkept")).to_be_visible()
    page.get_by_test_id("run-close").click()
    page.get_by_test_id("run-close").click()
    expect(page.get_by_test_id("not-kept")).to_be_visible()
    page.get_by_test_id("review").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("not-kept")).to_be_visible()
    assert result_of(installation, run) is None
    page.evaluate("indexedDB.deleteDatabase('filler')")
    row = page.locator(f"[data-run='{run}']")
    confirm_until_kept(page, row)
    all_sent(page)
    expect(row).to_have_attribute("data-status", "UNOFFICIAL")


def test_two_tablets_on_one_run_never_overwrite_each_other(browser: Browser, installation: Serving) -> None:
    judge, referee, run = both_at_one_run(browser, installation)
    referee.context.set_offline(True)
    confirm(referee)
    confirm(judge)
    all_sent(judge)
    referee.context.set_offline(False)
    row = referee.locator(f"[data-run='{run}']")
    row.get_by_test_id("row-settle").click()
    assert result_of(installation, run)["values"] == {"time": 20.0}
    expect(judge.locator(f"[data-run='{run}']").get_by_test_id("disputed")).to_be_visible()
    assert sheet_state(installation, run) == "disputed"
    for side in ("mine", "theirs"):
        expect(referee.get_by_test_id(f"settle-time-{side}")).to_have_attribute("aria-pressed", "false")
    expect(referee.get_by_test_id("settle-done")).to_be_disabled()
    referee.get_by_test_id("settle-time-mine").click()
    referee.get_by_test_id("reason-1").click()
    referee.get_by_test_id("settle-done").click()
    all_sent(referee)
    expect(judge.locator(f"[data-run='{run}']")).to_contain_text("30.000")
    result = result_of(installation, run)
    assert (result["values"], result["corrected"]) == ({"time": 30.0}, True)
    assert sheet_state(installation, run) == "corrected"


def test_leaving_theirs_is_told_to_the_server(browser: Browser, installation: Serving) -> None:
    judge, referee, run = both_at_one_run(browser, installation)
    judge.context.set_offline(True)
    confirm(judge)
    confirm(referee)
    all_sent(referee)
    judge.context.set_offline(False)
    judge.locator(f"[data-run='{run}']").get_by_test_id("row-settle").click()
    expect(referee.locator(f"[data-run='{run}']").get_by_test_id("disputed")).to_be_visible()
    assert sheet_state(installation, run) == "disputed"
    judge.get_by_test_id("take-theirs").click()
    judge.get_by_test_id("settle-done").click()
    expect(referee.locator(f"[data-run='{run}']").get_by_test_id("disputed")).to_have_count(0)
    all_sent(judge)
    assert sheet_state(installation, run) == "confirmed"
    assert result_of(installation, run)["values"] == {"time": 30.0}


def test_a_lost_tablets_scores_are_sent_from_another(
    browser: Browser, installation: Serving, tmp_path: Path
) -> None:
    account = account_of(installation, "judge", "A")
    lost = tablet(browser, installation, account)
    run = str(rows(lost)[0].get_attribute("data-run"))
    lost.get_by_test_id("run-open").first.click()
    enter_by_hand(lost, "27")
    all_sent(lost)
    lost.context.set_offline(True)
    confirm(lost)
    lost.get_by_test_id("unsent-count").click()
    with lost.expect_download() as saved:
        lost.get_by_test_id("export").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)

    other = tablet(browser, installation, account)
    other.get_by_test_id("unsent-count").click()
    other.get_by_test_id("import").set_input_files(file)
    expect(other.get_by_test_id("handover-outcome")).to_be_visible()
    all_sent(other)
    assert result_of(installation, run)["values"] == {"time": 27.0}
    lost.context.set_offline(False)
    all_sent(lost)
    expect(lost.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")


def both_at_one_run(browser: Browser, installation: Serving) -> tuple[Page, Page, str]:
    """A judge who filled in 20 seconds for a run, a referee who filled in 30, neither confirmed; and the run."""
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    referee = tablet(browser, installation, account_of(installation, "referee"))
    choose_field(referee, "A")
    run = str(rows(judge)[0].get_attribute("data-run"))
    for page, seconds in ((judge, "20"), (referee, "30")):
        page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
        enter_by_hand(page, seconds)
        all_sent(page)
    return judge, referee, run


def rows(page: Page) -> list[Locator]:
    """The rows of the queue, once they are there."""
    expect(page.get_by_test_id("queue-row").first).to_be_visible()
    return page.get_by_test_id("queue-row").all()


def confirm_until_kept(page: Page, row: Locator) -> None:
    """Confirm again until there is room, as a judge would who has freed some."""
    deadline = time.monotonic() + FREED_WITHIN_S
    while row.count() == 0 and time.monotonic() < deadline:
        if page.get_by_test_id("confirm").is_visible():
            page.get_by_test_id("confirm").click()
        page.wait_for_timeout(500)


def kept(page: Page) -> None:
    """Wait until the last change is on the disk: the draft in the database says what the screen says."""
    until(
        page,
        """() => new Promise((resolve) => {
            const opening = indexedDB.open('baige-judge');
            opening.onsuccess = () => {
                const reading = opening.result.transaction('drafts').objectStore('drafts').getAll();
                reading.onsuccess = () => {
                    opening.result.close();
                    resolve(reading.result.some((draft) => draft.sheet.maze === 37 && draft.sheet.pins === 5));
                };
            };
        })""",
    )


def kill_browser_of(folder: Path) -> None:
    """SIGKILL to the processes that have this profile open, and wait until they are gone."""
    deadline = time.monotonic() + GONE_WITHIN_S
    while (pids := browsers_of(folder)) and time.monotonic() < deadline:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.05)
    assert not pids
    (folder / "SingletonLock").unlink(missing_ok=True)


def browsers_of(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            asked = (process / "cmdline").read_bytes()
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in asked and state != "Z":
            found.append(int(process.name))
    return found
