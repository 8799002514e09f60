"""The way to the server: readings in repeatable batches, oldest first, until it has them; heartbeats beside them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import structlog
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_when_event_set,
    wait_random_exponential,
)

from .faults import Faults
from .spool import Spool, Spooled

log = structlog.get_logger()

MOST_A_BATCH = 100
HEARTBEAT_EVERY_S = 1.0
PATIENCE_S = 5.0
LONGEST_PAUSE_S = 5.0
NAME_SHARED = "id_reused"
"""The server has another reading under this board, boot and number: two boards go by one name."""
TRY_AGAIN = {401, 403, 408, 425, 429}
"""Answers that say nothing about the readings themselves: a wrong token can be mended, a busy server recovers."""


class Unreached(Exception):
    """The server gave no answer that settles a batch; it is sent again."""


class Uplink:
    """Sends what is spooled. ``notify`` wakes it; it never gives up and never forgets.

    ``name_shared`` is called when the server has other readings under the name of our device.
    """

    def __init__(
        self,
        server: str,
        token: str,
        spool: Spool,
        faults: Faults,
        name_shared: Callable[[], None],
        authority: Path | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=server,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_S,
            verify=str(authority) if authority else True,
        )
        self._spool = spool
        self._faults = faults
        self._name_shared = name_shared
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    def start(self) -> None:
        self._wake.set()
        self._thread.start()

    def notify(self) -> None:
        """Something new is spooled."""
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self._send_all()
            except sqlite3.Error as error:
                self._faults.note("spool_failed", reason=str(error))  # what was sent is sent again
                self._wake.set()
                self._pause(LONGEST_PAUSE_S)

    def _send_all(self) -> None:
        while not self._stopping.is_set() and (batch := self._spool.next_batch(MOST_A_BATCH)):
            self._deliver(batch)

    def _deliver(self, batch: Sequence[Spooled]) -> None:
        """Send one batch until the server settles it, or the bridge stops."""
        trying = Retrying(
            retry=retry_if_exception_type(Unreached),
            wait=wait_random_exponential(multiplier=0.1, max=LONGEST_PAUSE_S),
            stop=stop_when_event_set(self._stopping),
            sleep=self._pause,
            retry_error_callback=_given_up,
        )
        trying(self._send, batch)

    def _send(self, batch: Sequence[Spooled]) -> None:
        try:
            answer = self._client.post("/api/v1/readings", json=batch_json(batch))
        except httpx.TransportError as error:
            self._faults.note("server_unreached", reason=str(error))
            raise Unreached from error
        self._faults.clear("server_unreached")
        if answer.status_code >= 500 or answer.status_code in TRY_AGAIN:
            self._faults.note("server_refused", status=answer.status_code, said=_code(answer))
            raise Unreached
        self._faults.clear("server_refused")
        if answer.status_code == 200:
            self._spool.settle(batch, "sent")
        else:
            self._refused(batch, answer.status_code, _code(answer))

    def _refused(self, batch: Sequence[Spooled], status: int, code: str) -> None:
        """Set a refused reading aside, where it stays; of several each is tried alone: one may spoil the others."""
        if len(batch) > 1:
            for reading in batch:
                self._deliver([reading])
            return
        if code == NAME_SHARED and self._spool.rename(batch[0]):
            self._faults.happened("board_name_shared", device=batch[0].device, boot=batch[0].boot)
            self._name_shared()
            return
        self._spool.settle(batch, "refused", code)
        self._faults.happened("readings_refused", status=status, said=code)

    def _pause(self, seconds: float) -> None:
        self._stopping.wait(seconds)


class Heartbeat:
    """Tells the server once a second how things stand, and hears what the field is armed for."""

    def __init__(
        self,
        server: str,
        token: str,
        health: Callable[[], dict[str, Any]],
        heard: Callable[[dict[str, Any]], None],
        authority: Path | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=server,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_S,
            verify=str(authority) if authority else True,
        )
        self._health = health
        self._heard = heard
        self._now = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def beat_now(self) -> None:
        self._now.set()

    def stop(self) -> None:
        self._stopping = True
        self._now.set()
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while not self._stopping:
            self._beat()
            self._now.wait(HEARTBEAT_EVERY_S)
            self._now.clear()

    def _beat(self) -> None:
        try:
            answer = self._client.post("/api/v1/devices/heartbeat", json=self._health())
            if answer.status_code == 200:
                self._heard(answer.json())
        except httpx.TransportError:
            return  # the next one is due in a second
        except (ValueError, KeyError, TypeError) as error:
            log.warning("heartbeat_answer_bad", reason=repr(error))  # not our server, or a newer one


def batch_json(batch: Sequence[Spooled]) -> dict[str, Any]:
    """A batch as the server takes it; all of one boot of one device, its fit the newest of them."""
    newest = batch[-1]
    return {
        "device": newest.device,
        "boot": newest.boot,
        "origin": newest.origin,
        "fit": newest.fit or None,
        "sent_at_utc": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "readings": [
            {
                "seq": reading.seq,
                "channel": reading.channel,
                "edge": reading.edge,
                "ticks": reading.ticks,
                "at_utc": reading.at_utc,
                "uncertainty_us": reading.uncertainty_us,
            }
            for reading in batch
        ],
    }


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", answer.status_code))
    except ValueError:
        return str(answer.status_code)


def _given_up(state: RetryCallState) -> None:
    """The bridge is stopping: what was not settled stays in the spool."""
