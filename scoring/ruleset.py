"""A discipline's rules, loaded from YAML: checked whole, frozen, and the same for server and tablet.

The language is documented in docs/rulesets.md, its structure in config/disciplines/ruleset.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping

from .building import build
from .model import Ruleset
from .problems import RulesetError, RulesetProblem
from .source import read

__all__ = ["Ruleset", "RulesetError", "RulesetProblem", "load"]


def load(text: str, file: str, parameters: Mapping[str, float] | None = None) -> Ruleset:
    """The ruleset in a file's text; ``parameters`` are what was set on the day, by name.

    Raises RulesetError with every problem found, each with the file, its line and the field.
    """
    return build(read(text, file), parameters or {})
