"""The server. ``create_app()`` wires its areas together and does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the Flask app; nothing touches the database until ``start()`` opens it."""
    from .wiring import wire

    return wire(settings)
