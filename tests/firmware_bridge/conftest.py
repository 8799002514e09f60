"""Fixtures that several of the bridge's tests share."""

from .built import built

__all__ = ["built"]
