"""Every fault that a field controller can report has a sentence at the desk."""

from __future__ import annotations

import re

import pytest

from app.devices.words import FAULTS
from tests.serving import ROOT

BRIDGE = ROOT / "firmware_bridge"
NOTED = re.compile(r'\b(?:note|happened)\(\s*"(\w+)"')
OF_A_LINE = re.compile(r'LineRefused\("(\w+)"')
CODES = sorted(
    {
        code
        for file in BRIDGE.rglob("*.py")
        for pattern in (NOTED, OF_A_LINE)
        for code in pattern.findall(file.read_text("utf-8"))
    }
)


def test_codes_were_found() -> None:
    assert {"link_closed", "board_silent", "line_unknown"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_fault_has_words(code: str) -> None:
    assert code in FAULTS
