"""A referee tests a field in a browser with a simulated board: hands wave, the checks turn, the field takes runs."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.conftest import simulated_gates
from tests.serving import Serving


def test_a_field_is_tested_and_its_wiring_reaches_the_board(browser: Browser, installation: Serving) -> None:
    context = browser.new_context(base_url=installation.url)
    context.set_extra_http_headers(installation.bearer("referee"))
    page = context.new_page()
    with simulated_gates(installation, "A"):
        page.goto("/desk/c/demo/field/A/gates?lang=kk")
        now = page.get_by_test_id("gates-now")
        page.get_by_label("Рөл 2").select_option("split")
        page.get_by_label("№ 2").fill("1")
        page.get_by_test_id("keep-wiring").click()
        page.get_by_label("Рөл 2").select_option("")
        page.get_by_test_id("keep-wiring").click()
        page.get_by_test_id("start-test").click()
        expect(now).to_have_attribute("data-bar", "self_test_running")
        for channel in ("0", "1"):  # the simulated robots drive while the lamp is lit
            expect(page.get_by_test_id(f"level-{channel}")).to_have_attribute("data-seen", "2")
        expect(now).to_have_attribute("data-passes", "true")
        page.get_by_test_id("finish-test").click()
        expect(now).to_have_attribute("data-bar", "")
    context.close()
