"""The CEL library, without the command line it imports with itself: half a second of packages nothing here uses."""

import sys
from types import ModuleType

sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))

import cel  # noqa: E402

__all__ = ["cel"]
