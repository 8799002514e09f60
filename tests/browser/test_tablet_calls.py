"""A judge calls the chief judge from the tablet, also without network, and sees what becomes of it."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, expect

from tests.serving import Serving

from .tablets import PORTRAIT, account_of, all_sent, choose_field, sign_in, tablet
from .test_tablet_hardships import FILL_UP, QUOTA_BYTES
from .usability import faults


def test_a_call_made_offline_is_answered(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    referee = tablet(browser, installation, account_of(installation, "referee"))
    expect(referee.get_by_test_id("call-referee")).to_have_count(0)
    judge.get_by_test_id("run-open").first.click()
    expect(judge.get_by_test_id("field-time-by-hand")).to_be_visible()
    all_sent(judge)
    judge.context.set_offline(True)
    judge.get_by_test_id("call-referee").click()
    expect(judge.get_by_test_id("call-offline")).to_be_visible()
    expect(judge.get_by_test_id("call-send")).to_be_disabled()
    judge.get_by_test_id("call-team").click()
    judge.get_by_test_id("call-note").fill("Қақпа екі рет саналды")
    judge.get_by_test_id("call-send").click()
    expect(judge.get_by_test_id("call-unsent")).to_be_visible()
    expect(judge.get_by_test_id("review")).to_be_visible()
    judge.context.set_offline(False)
    expect(judge.get_by_test_id("my-call-open")).to_be_visible()
    assert "Қақпа екі рет саналды" in desk(installation)
    referee.get_by_test_id("asked-coming").click()
    expect(judge.get_by_test_id("my-call-coming")).to_be_visible()
    choose_field(referee, "A")
    expect(referee.get_by_test_id("asked-note")).to_contain_text("Қақпа екі рет саналды")
    referee.get_by_test_id("asked-answer").fill("Бейнежазба бойынша бір рет")
    assert faults(referee, "call-asked") == []
    referee.get_by_test_id("asked-settled").select_option("explained")
    expect(referee.get_by_test_id("asked")).to_have_count(0)
    expect(judge.get_by_test_id("call-answer")).to_contain_text("Бейнежазба бойынша бір рет")
    assert faults(judge, "call-answered") == []
    judge.get_by_test_id("my-call-settled").get_by_test_id("call-read").click()
    expect(judge.get_by_test_id("my-call-settled")).to_have_count(0)
    assert 'data-testid="escalation"' not in desk(installation)


def test_a_call_is_taken_back_with_two_taps(browser: Browser, installation: Serving) -> None:
    judge = tablet(browser, installation, account_of(installation, "judge", "A"))
    judge.get_by_test_id("call-referee").click()
    judge.get_by_test_id("call-safety").click()
    judge.get_by_test_id("call-send").click()
    back = judge.get_by_test_id("my-call-open").get_by_test_id("call-take-back")
    back.click()
    assert 'data-testid="escalation"' in desk(installation)
    back.click()
    expect(judge.get_by_test_id("my-call-open")).to_have_count(0)


def test_what_cannot_be_kept_about_a_call_is_said(browser: Browser, installation: Serving) -> None:
    judge = browser.new_context(viewport=PORTRAIT).new_page()
    chromium = judge.context.new_cdp_session(judge)
    chromium.send("Storage.overrideQuotaForOrigin", {"origin": installation.url, "quotaSize": QUOTA_BYTES})
    sign_in(judge, installation, account_of(installation, "judge", "A"))
    judge.get_by_test_id("call-referee").click()
    judge.get_by_test_id("call-safety").click()
    judge.get_by_test_id("call-send").click()
    mine = judge.get_by_test_id("my-call-open")
    expect(mine).to_be_visible()
    all_sent(judge)
    judge.evaluate(FILL_UP)
    mine.get_by_test_id("call-take-back").click()
    mine.get_by_test_id("call-take-back").click()
    expect(mine.get_by_test_id("not-kept")).to_be_visible()
    assert 'data-testid="escalation"' in desk(installation)


def desk(server: Serving) -> str:
    """The chief judge's page of sheets."""
    address = f"{server.local_url}/desk/c/demo/sheets"
    answer = httpx.get(address, headers=server.bearer("referee"), verify=server.trusting)
    return answer.raise_for_status().text
