"""Formulas of rulesets: read, checked, and written out as plain CEL that needs no whole numbers.

The language is the part of CEL (https://github.com/google/cel-spec) that scoring needs. ``parse`` reads it,
``check`` gives every part a type and rewrites conveniences, ``text`` writes CEL that the libraries evaluate.
"""

from . import calls, operators

__all__ = ["calls", "operators"]  # imported because each registers the parts it checks
