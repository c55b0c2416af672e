"""The elements of an Excalidraw scene, as far as they can be believed.

A scene is text that anybody may have written. What is no element is left out and counted; numbers are finite and within
a board; nothing here raises, and nothing takes long however large the scene claims to be.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from catalog.spec import ComponentKind
from scoring.engine.graph.names import kind_named, tidy
from scoring.engine.graph.types import MAX_EDGES, Problem

MAX_TEXT: Final = 2_000_000
MAX_ELEMENTS: Final = 10_000
MAX_SHAPES: Final = 400
MAX_TEXTS: Final = 600
MAX_GROUPS: Final = 20
MAX_POINTS: Final = 60
MAX_NUMBER: Final = 1e6
# How far from a large box the editor still binds an arrow.
MAX_REACH: Final = 32.0
# What the editor itself takes for a closed line.
CLOSED: Final = 8.0
NOTHING: Final = "This board could not be read."
UNDO: Final = "Undo the last change, or import the file once more."
TOO_LARGE: Final = "This board is too large to be read."
SMALLER: Final = "Draw the parts that matter, and leave out pictures."
SKIPPED: Final = "{count} elements of this board are damaged and were left out."

Point = tuple[float, float]
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that may be turned about its middle."""

    x: float
    y: float
    w: float
    h: float
    angle: float = 0.0

    @property
    def centre(self) -> Point:
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def area(self) -> float:
        return self.w * self.h

    @property
    def reach(self) -> float:
        """How far from it the editor would still bind an arrow."""
        return max(16.0, min(0.25 * min(self.w, self.h), MAX_REACH))

    def distance(self, point: Point) -> float:
        """How far off a point is; 0 inside."""
        x, y = turned(point, self.centre, -self.angle) if self.angle else point
        return math.hypot(max(self.x - x, 0.0, x - self.x - self.w), max(self.y - y, 0.0, y - self.y - self.h))

    def depth(self, point: Point) -> float:
        """How far within the border a point is; 0 outside."""
        x, y = turned(point, self.centre, -self.angle)
        return max(0.0, min(x - self.x, self.x + self.w - x, y - self.y, self.y + self.h - y))

    def upright(self) -> "Box":
        """The smallest box around it that is not turned."""
        if not self.angle:
            return self
        corners = [(self.x + i * self.w, self.y + j * self.h) for i in (0, 1) for j in (0, 1)]
        return around(turned(corner, self.centre, self.angle) for corner in corners)

    def share_within(self, other: "Box") -> float:
        """Which part of it lies within another."""
        a, b = self.upright(), other.upright()
        across = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
        down = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
        return max(0.0, across) * max(0.0, down) / max(a.area, 1.0)


def turned(point: Point, centre: Point, angle: float) -> Point:
    if not angle:
        return point
    sine, cosine = math.sin(angle), math.cos(angle)
    x, y = point[0] - centre[0], point[1] - centre[1]
    return centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine


def around(points: Iterator[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True, slots=True)
class Shape:
    """A box of any form. `says_kind`: it came with a kind, were it none; `name` is that of a frame."""

    id: str
    form: str
    box: Box
    groups: tuple[str, ...] = ()
    frame: str = ""
    name: str = ""
    kind: ComponentKind | None = None
    says_kind: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    id: str
    text: str
    box: Box
    container: str = ""
    groups: tuple[str, ...] = ()
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """An arrow or a line: what its ends are bound to, where they are, and which of them have heads; dashed is later."""

    id: str
    bound: tuple[str, str]
    points: tuple[Point, ...]
    heads: tuple[bool, bool]
    groups: tuple[str, ...] = ()
    is_line: bool = False
    is_later: bool = False


@dataclass(slots=True)
class Elements:
    """`labels` is what shapes and arrows claim for their texts: text → container. `unread` counts what has no meaning
    as it is: drawings by hand, pictures."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    wires: dict[str, Wire] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unread: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        return key in self.shapes or key in self.texts or key in self.wires or key in self.unread


def parse(scene: str | Raw) -> Elements:
    """What stands in a scene, given as JSON text or as what that text says."""
    found = Elements()
    raw = _elements(scene, found.problems)
    skipped = sum(not _add(element, found) for element in raw[:MAX_ELEMENTS])
    if skipped:
        found.problems.append(Problem("", SKIPPED.format(count=skipped), UNDO, is_gentle=True))
    if len(raw) > MAX_ELEMENTS:
        found.problems.append(Problem("", TOO_LARGE, SMALLER))
    return found


def _elements(scene: str | Raw, problems: list[Problem]) -> list[Any]:
    if isinstance(scene, str) and len(scene) > MAX_TEXT:
        problems.append(Problem("", TOO_LARGE, SMALLER))
        return []
    try:
        data = json.loads(scene) if isinstance(scene, str) else scene
        elements = data["elements"] if isinstance(data, Mapping) else data
    except (ValueError, KeyError, RecursionError):
        elements = None
    if isinstance(elements, list):
        return elements
    # A board that nobody has touched is no problem.
    if scene not in ("", "{}") and scene != {}:
        problems.append(Problem("", NOTHING, UNDO))
    return []


def _add(raw: Any, found: Elements) -> bool:
    """Files an element; False for what is none, or one too many."""
    if not isinstance(raw, Mapping):
        return False
    key, form = raw.get("id"), raw.get("type")
    if not isinstance(key, str) or not isinstance(form, str) or not 0 < len(key) <= 200 or key in found:
        return False
    if raw.get("isDeleted"):
        return True
    reader = _READERS.get(form)
    return reader(raw, key, found) if reader else _unread(raw, key, found)


def _shape(raw: Raw, key: str, found: Elements) -> bool:
    if len(found.shapes) >= MAX_SHAPES:
        return False
    data = raw.get("customData")
    says = isinstance(data, Mapping) and "kind" in data
    word = data.get("kind") if isinstance(data, Mapping) else None
    kind = kind_named(word)
    found.shapes[key] = Shape(
        id=key,
        form=_FORMS.get(raw["type"]) or str(raw["type"]),
        box=_box(raw),
        groups=_groups(raw),
        frame=_word(raw.get("frameId")),
        name=tidy(_word(raw.get("name"))),
        kind=kind,
        says_kind=says and (word is None or kind is not None),
    )
    _claim(raw, key, found)
    return True


def _text(raw: Raw, key: str, found: Elements) -> bool:
    # The original is what was typed; the other one has the line breaks that made it fit.
    words = tidy(_word(raw.get("originalText")) or _word(raw.get("text")))
    if not words:
        return True
    if len(found.texts) >= MAX_TEXTS:
        return False
    container = _word(raw.get("containerId"))
    found.texts[key] = Text(key, words, _box(raw), container, _groups(raw), _word(raw.get("frameId")))
    return True


def _wire(raw: Raw, key: str, found: Elements) -> bool:
    is_line = raw["type"] == "line"
    points = _points(raw)
    if is_line and len(points) > 3 and math.dist(points[0], points[-1]) <= CLOSED:
        return _shape(raw, key, found)
    if len(found.wires) >= MAX_EDGES:
        return False
    found.wires[key] = Wire(
        id=key,
        bound=(_bound(raw.get("startBinding")), _bound(raw.get("endBinding"))),
        points=points,
        heads=(bool(raw.get("startArrowhead")), bool(raw.get("endArrowhead"))),
        groups=_groups(raw),
        is_line=is_line,
        is_later=raw.get("strokeStyle") in ("dashed", "dotted"),
    )
    _claim(raw, key, found)
    return True


def _unread(raw: Raw, key: str, found: Elements) -> bool:
    if raw["type"] != "selection":
        found.unread[key] = ("freehand drawing" if raw["type"] == "freedraw" else "other element", _groups(raw))
    return True


_FORMS: Final = {"magicframe": "frame", "line": "polygon", "iframe": "embed", "embeddable": "embed"}
_READERS: Final[dict[str, Callable[[Raw, str, Elements], bool]]] = {
    **dict.fromkeys(("rectangle", "ellipse", "diamond", "frame", "magicframe"), _shape),
    **dict.fromkeys(("image", "iframe", "embeddable"), _shape),
    **dict.fromkeys(("arrow", "line"), _wire),
    "text": _text,
}


def _claim(raw: Raw, key: str, found: Elements) -> None:
    """A shape names its text, and the text its shape; either will do."""
    bound = raw.get("boundElements")
    for one in bound[:MAX_TEXTS] if isinstance(bound, list) else ():
        if isinstance(one, Mapping) and one.get("type") == "text" and isinstance(one.get("id"), str):
            found.labels.setdefault(one["id"], key)


def _box(raw: Raw) -> Box:
    if raw["type"] == "line":
        return around(iter(_points(raw)))
    x, y, w, h = (_number(raw.get(name)) for name in ("x", "y", "width", "height"))
    return Box(min(x, x + w), min(y, y + h), abs(w), abs(h), _number(raw.get("angle")) % math.tau)


def _points(raw: Raw) -> tuple[Point, ...]:
    """Where a line goes, on the board; from corner to corner where it does not say."""
    x, y = _number(raw.get("x")), _number(raw.get("y"))
    given = raw.get("points")
    rows = given if isinstance(given, list) else []
    pairs = [row for row in rows if isinstance(row, list | tuple) and len(row) >= 2]
    if len(pairs) < 2:
        pairs = [(0, 0), (raw.get("width"), raw.get("height"))]
    kept = [*pairs[: MAX_POINTS - 1], pairs[-1]] if len(pairs) > MAX_POINTS else pairs
    points = [(x + _number(px), y + _number(py)) for px, py, *_ in kept]
    centre = around(iter(points)).centre
    angle = _number(raw.get("angle")) % math.tau
    return tuple(turned(point, centre, angle) for point in points)


def _bound(binding: object) -> str:
    return _word(binding.get("elementId")) if isinstance(binding, Mapping) else ""


def _groups(raw: Raw) -> tuple[str, ...]:
    """The groups an element is in, the innermost first."""
    given = raw.get("groupIds")
    names = [name for name in given[:MAX_GROUPS] if isinstance(name, str)] if isinstance(given, list) else []
    return tuple(dict.fromkeys(names))


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float:
    """A finite number that fits on a board; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        number = float(value)
    except OverflowError:
        return 0.0
    return max(-MAX_NUMBER, min(MAX_NUMBER, number)) if math.isfinite(number) else 0.0


def counted(words: Iterator[str]) -> str:
    """`2 freehand drawings and 1 image`."""
    counts = Counter(words)
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for word, count in sorted(counts.items())]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
