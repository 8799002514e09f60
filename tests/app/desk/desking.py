"""The desk as somebody signed in uses it: pages, and forms sent with the token the page gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app.jobs import huey


class Desk:
    """One role's browser."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self._client = client
        self._headers = headers | {"Accept-Language": "en"}

    def get(self, path: str, expected: int = 200) -> str:
        answer = self._client.get(path, headers=self._headers)
        assert answer.status_code == expected, answer.text
        return answer.text

    def post(self, page: str, path: str, form: Mapping[str, Any], expected: int = 200) -> str:
        """Send a form of ``page`` to ``path``; the page that comes after it."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page))
        assert token is not None
        answer = self._client.post(
            path, data={"csrf_token": token[1], **form}, headers=self._headers, follow_redirects=True
        )
        assert answer.status_code == expected, answer.text
        return answer.text


def said(page: str, testid: str) -> list[str]:
    """What elements with a test id say, each up to its first inner closing tag."""
    found = re.findall(rf'data-testid="{testid}"[^>]*>(.*?)</', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def work(uploads: Path) -> str:
    """Do the worker's share of the one upload that waits in a folder; the upload's name."""
    [job] = uploads.glob("*.job")
    while task := huey.dequeue():
        if task.id == job.read_text():
            huey.execute(task)
    return job.stem.rpartition("-")[2]
