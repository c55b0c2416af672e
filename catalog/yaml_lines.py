"""YAML that remembers where everything was written. Pure."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import yaml
from yaml.composer import Composer

Path = tuple[str | int, ...]

if TYPE_CHECKING or not yaml.__with_libyaml__:
    _Quick = yaml.SafeLoader
else:

    class _Quick(Composer, yaml.CSafeLoader):
        """Reads in C, ten times as quickly; composes in Python, where what is nested too deeply is an exception."""

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)


class YamlError(ValueError):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load(text: str) -> tuple[Any, dict[Path, int]]:
    """The data and, for each path in it, its line (1-based); YamlError for what is not YAML or has a key twice."""
    try:
        node = _composed(text)
    except RecursionError:
        raise YamlError(1, "is nested too deeply") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"is not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise YamlError(1, f"is not YAML: {error}") from None
    if node is None:
        raise YamlError(1, "is empty")
    lines: dict[Path, int] = {}
    constructor = yaml.SafeLoader("")
    try:
        return _build(node, (), lines, constructor), lines
    except RecursionError:
        raise YamlError(1, "is nested too deeply, or holds itself") from None


def _composed(text: str) -> yaml.Node | None:
    # What is refused, and in which words, is the same on every machine: a tab between words is read in C alone.
    if "\t" not in text:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=_Quick)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def line_of(lines: Mapping[Path, int], path: Sequence[str | int]) -> int:
    """The line of a path, or of the nearest thing around it that is in the file."""
    for end in range(len(path), -1, -1):
        if (line := lines.get(tuple(path[:end]))) is not None:
            return line
    return 1


def _build(node: yaml.Node, path: Path, lines: dict[Path, int], constructor: yaml.SafeLoader) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        data: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _value(key_node, constructor)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str | int):
                raise YamlError(line, "has a key that is neither text nor a number")
            if key in data:
                raise YamlError(line, f"has the key “{key}” twice")
            lines[(*path, key)] = line
            data[key] = _build(value_node, (*path, key), lines, constructor)
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), lines, constructor) for index, item in enumerate(node.value)]
    return _value(node, constructor)


def _value(node: yaml.Node, constructor: yaml.SafeLoader) -> Any:
    try:
        return constructor.construct_object(node)
    # A value that is not what it looks like (`2026-02-30`, `!!bool maybe`) raises whatever its conversion stumbles on.
    except Exception as error:
        reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        raise YamlError(node.start_mark.line + 1, f"has a value that cannot be read: {reason}") from None
