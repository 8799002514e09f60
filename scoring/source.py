"""A ruleset's YAML read as YAML 1.2, remembering the line of every key and item.

YAML 1.1, PyYAML's default, reads an option called ``no`` as false and ``3:00`` as 180.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from .problems import RulesetError, RulesetProblem

Path = tuple[str | int, ...]

_PREFIX = "tag:yaml.org,2002:"
_MOST_CHARACTERS = 1_000_000
_MOST_NODES = 50_000


class _Loader(yaml.SafeLoader):
    """A safe loader whose plain scalars follow the core schema of YAML 1.2."""


_Loader.yaml_implicit_resolvers = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(_PREFIX + _tag, re.compile(f"^(?:{_pattern})$"), list(_first))


@dataclass(frozen=True, slots=True)
class Source:
    """The plain content of a ruleset file, and where each part of it stands."""

    file: str
    content: dict[str, Any]
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, code: str, level: str = "error", **facts: Any) -> RulesetProblem:
        return RulesetProblem(self.file, self.line(path), dotted(path), code, facts, level)


def dotted(path: Path) -> str:
    return ".".join(map(str, path))


def read(text: str, file: str) -> Source:
    """The content of a ruleset file. Raises RulesetError if it is not YAML, or not one mapping."""
    if len(text) > _MOST_CHARACTERS:
        raise _broken(file, 1, "file_too_large", most=_MOST_CHARACTERS)
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _broken(
            file, mark.line + 1 if mark else 1, "yaml_malformed", problem=error.problem or ""
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(file, 1, "yaml_malformed", problem=str(error)[:200]) from None
    if not isinstance(root, yaml.MappingNode):
        raise _broken(file, 1, "yaml_not_mapping")
    reader = _Reader(file)
    content = reader.mapping(root, ())
    if reader.problems:
        raise RulesetError(reader.problems)
    return Source(file, content, reader.lines)


def _broken(file: str, line: int, code: str, **facts: Any) -> RulesetError:
    return RulesetError([RulesetProblem(file, line, "", code, facts)])


class _Reader:
    """Turns composed nodes into plain values, noting lines and what YAML allows but a ruleset does not."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[RulesetProblem] = []
        self._file = file
        self._nodes = 0

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == _PREFIX + "merge":
                self._note(line, path, "key_not_text")
                continue
            key = str(key_node.value)
            if key in content:
                self._note(line, (*path, key), "key_repeated")
            content[key] = self._value(value_node, (*path, key), line)
        return content

    def _value(self, node: yaml.Node, path: Path, line: int) -> Any:
        self.lines[path] = line
        self._nodes += 1
        if self._nodes > _MOST_NODES:  # aliases can unfold without end
            raise _broken(self._file, line, "file_too_large", most=_MOST_NODES)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._value(item, (*path, at), item.start_mark.line + 1) for at, item in enumerate(node.value)
            ]
        return self._scalar(node, path, line)

    def _scalar(self, node: yaml.Node, path: Path, line: int) -> Any:
        tag, value = node.tag.removeprefix(_PREFIX), str(node.value)
        if tag == "bool":
            return value == "true"
        if tag == "null":
            return None
        if tag == "int":
            return int(value)
        if tag == "float":
            if not math.isfinite(float(value)):
                self._note(line, path, "not_finite")
            return float(value)
        return value

    def _note(self, line: int, path: Path, code: str) -> None:
        self.problems.append(RulesetProblem(self._file, line, dotted(path), code))
