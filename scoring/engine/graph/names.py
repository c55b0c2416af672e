"""What a label means: a component of the question, a kind of part."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, get_args

from catalog.spec import Component, ComponentKind
from scoring.engine.text import tokens

MAX_LABEL: Final = 120
KINDS: Final[tuple[ComponentKind, ...]] = get_args(ComponentKind)

# What people call a part when they do not name it for the question.
_KIND_WORDS: Final[dict[ComponentKind, frozenset[str]]] = {
    "client": frozenset("client user browser app phone phones device mobile customer".split()),
    "cdn": frozenset(["cdn", "edge"]),
    "load_balancer": frozenset(["loadbalancer", "lb", "nginx", "elb", "alb"]),
    "gateway": frozenset(["gateway", "gw"]),
    "cache": frozenset("cache redis memcached caches".split()),
    "database": frozenset(
        "database db postgres mysql cassandra dynamodb mongodb store storage sql nosql databases".split()
    ),
    "queue": frozenset("queue kafka broker mq rabbitmq sqs stream topic log".split()),
    "worker": frozenset("worker workers consumer consumers job jobs".split()),
    "object_store": frozenset("s3 blob object bucket".split()),
    "search_index": frozenset("elasticsearch opensearch lucene index".split()),
    "coordinator": frozenset("zookeeper etcd consul coordinator".split()),
    "external": frozenset(["apns", "fcm", "external"]),
    "service": frozenset("service server svc api backend servers services".split()),
}
_KIND_ORDER: Final = tuple(_KIND_WORDS)


class Namer:
    """Which component of the question a label means."""

    def __init__(self, components: Sequence[Component]) -> None:
        names = [
            (tuple(t.stem or t.word for t in tokens(name)), component.key)
            for component in components
            for name in component.names
        ]
        self._names = sorted(((n, key) for n, key in names if n), key=lambda pair: -len(pair[0]))
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, key in self._names:
            self._by_first.setdefault(name[0], []).append((name, key))

    def components(self, label: str) -> frozenset[str]:
        """Keys whose name the label holds; a longer name hides the shorter ones within it."""
        stems = [t.stem or t.word for t in tokens(label)]
        taken = [False] * len(stems)
        found: set[str] = set()
        length = 99
        for name, key in self._names:
            for at in _places(stems, name):
                span = range(at, at + len(name))
                if all(not taken[i] for i in span) or (len(name) == length and key not in found):
                    found.add(key)
                    length = len(name)
                    for i in span:
                        taken[i] = True
        return frozenset(found)

    def mentions(self, stems: Sequence[str]) -> list[tuple[int, str]]:
        """(place, component) of every name in a row of stems, in order; a longer name hides those within it."""
        found: list[tuple[int, str]] = []
        covered = -1
        for at, first in enumerate(stems):
            length = 0
            for name, key in self._by_first.get(first, ()):
                if len(name) < length or at + len(name) <= covered or tuple(stems[at : at + len(name)]) != name:
                    continue
                length = len(name)
                found.append((at, key))
            covered = max(covered, at + length)
        return found


# For drawings that are read without a question.
NOBODY: Final = Namer(())


def _places(stems: Sequence[str], name: tuple[str, ...]) -> Iterator[int]:
    size = len(name)
    for at in range(len(stems) - size + 1):
        if tuple(stems[at : at + size]) == name:
            yield at


def kind_of(label: str, shape: str = "") -> ComponentKind | None:
    """What a box is, by the words before any remark, else by its shape; a plain box is taken for a service.

    Shapes are those of Mermaid: `[(` opens a cylinder, `[[` a queue, `[` a box.
    """
    words = {t.word for t in tokens(re.split(r"[:,(]", label)[0])}
    for kind in _KIND_ORDER:
        if words & _KIND_WORDS[kind]:
            return kind
    if shape.startswith("[("):
        return "database"
    if shape.startswith("[["):
        return "queue"
    return "service" if shape.startswith("[") else None


def kind_named(word: object) -> ComponentKind | None:
    """The kind of this very name, as components of a library carry it."""
    return next((kind for kind in KINDS if kind == word), None)


def tidy(text: str, limit: int = MAX_LABEL) -> str:
    """A label as one line that can be stored and shown anywhere: no control characters, nothing endless."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text[: 10 * limit])
    return " ".join(kept.split())[:limit].strip()
