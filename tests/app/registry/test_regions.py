"""Regions that are none: what was meant, by old names, centres, letters and spelling; never assumed."""

from __future__ import annotations

import csv

import pytest

from app.registry.regions import BEFORE_FILE, find_region, regions, regions_meant


@pytest.mark.parametrize(
    ("written", "codes", "why"),
    [
        ("Jambyl", ("KZ-31",), "region_before"),
        ("Gur'yev", ("KZ-23",), "region_before"),
        ("Мангышлакская область", ("KZ-47",), "region_before"),
        ("Семипалатинская обл.", ("KZ-10", "KZ-63"), "region_before"),
        ("Кокчетавская область", ("KZ-11", "KZ-59"), "region_before"),
        ("Чимкентская", ("KZ-61", "KZ-79"), "region_before"),
        ("Чимкент", ("KZ-79",), "region_before"),
        ("Целиноградская", ("KZ-11", "KZ-71"), "region_before"),
        ("г. Целиноград", ("KZ-71",), "region_before"),
        ("Семей облысы", ("KZ-10", "KZ-63"), "region_before"),
        ("Семей", ("KZ-10",), "region_centre"),
        ("г. Караганда", ("KZ-35",), "region_centre"),
        ("Жамбылcкая область", ("KZ-31",), "look_alike"),
        ("область Абая", ("KZ-10",), "region_misspelt"),
        ("Караганды облысы", ("KZ-35",), "region_misspelt"),
        ("Павлодраская", ("KZ-55",), "region_misspelt"),
    ],
)
def test_what_was_meant(written: str, codes: tuple[str, ...], why: str) -> None:
    assert find_region(written) is None
    meant = regions_meant(written)
    assert meant is not None
    assert (meant.codes, meant.why) == (codes, why)
    assert set(codes) <= set(regions())


@pytest.mark.parametrize("written", ["Марс", "Ташкент", "школа № 5", "", "область"])
def test_what_cannot_be_guessed_is_not(written: str) -> None:
    assert regions_meant(written) is None


def test_every_old_name_says_until_when_and_where_that_is_written() -> None:
    with BEFORE_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 20
    for row in rows:
        assert row["why"], row["names"]
        assert "." in row["source"].partition("/")[0], f"{row['names']}: name a page or a decree"
        assert set(row["codes"].split("|")) <= set(regions())
