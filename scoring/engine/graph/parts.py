"""Which elements of a board make one part, what it is called, and which part holds which.

A part may be one box with its text, or a box, its lid and a caption that were grouped: then all of them belong to one
of them, which stands for the part. What stands inside another part makes that one a group.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Final

from scoring.engine.graph.elements import Box, Elements, Point, Shape, Text, Wire, around
from scoring.engine.graph.names import tidy

# A part holds another when most of that lies within it, and it is plainly the larger.
WITHIN: Final = 0.85
LARGER: Final = 1.3
# How near to an arrow a text must stand to be what it says.
BESIDE: Final = 14.0
# More arrows than that are not looked through for each text, and that is how much of them is looked at in all.
MAX_BARE: Final = 300
MAX_TESTS: Final = 200_000
# Where on a piece of an arrow it is measured how far off a text is.
MEASURED: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
HOLDERS: Final = frozenset(["rectangle", "ellipse", "diamond", "frame", "polygon"])
# Drawn for their own sake; others count only where they have a name or an arrow.
SOLID: Final = frozenset(["rectangle", "ellipse", "diamond"])


@dataclass(slots=True)
class Parts:
    """`shapes` are those that stand for a part, with the room that all of it takes. `owner` tells of any element
    which part it belongs to; `said` what is written beside arrows; `notes` what belongs to nothing."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def resolve(self, element: str) -> str:
        """The part that an element belongs to, "" for none."""
        key = self.owner.get(element, element)
        return key if key in self.shapes else ""

    def above(self, key: str) -> Iterator[str]:
        """The parts that hold this one, from the innermost outwards."""
        seen = {key}
        while (key := self.parent.get(key, "")) and key not in seen:
            seen.add(key)
            yield key


def gather(elements: Elements) -> Parts:
    parts = Parts(owner=_owners(elements))
    parts.shapes = dict(_united(elements, parts.owner))
    free = _bound_labels(elements, parts)
    parts.parent = _parents(parts.shapes)
    remaining = _free_texts(elements, parts, free)
    _named_groups(parts, remaining)
    parts.notes = [text.text for text in remaining.values()]
    return parts


# What was grouped to be one part


def _owners(elements: Elements) -> dict[str, str]:
    """Element → the shape that stands for its part, for all that was grouped into one."""
    owner: dict[str, str] = {}
    for members in sorted(_members(elements).values(), key=len):
        group = _Group(elements, members, owner)
        if main := group.main():
            owner |= {key: main for key, other in owner.items() if other in group.shapes}
            owner |= dict.fromkeys((*group.own(), *group.shapes), main)
    return owner


def _members(elements: Elements) -> dict[str, list[str]]:
    rows = [(key, row.groups) for key, row in elements.shapes.items()]
    rows += [(key, row.groups) for key, row in elements.texts.items()]
    rows += [(key, row.groups) for key, row in elements.wires.items()]
    rows += [(key, groups) for key, (_, groups) in elements.unread.items()]
    found: dict[str, list[str]] = {}
    for key, groups in rows:
        for group in groups:
            found.setdefault(group, []).append(key)
    return found


class _Group:
    """Elements that were grouped; `shapes` are its boxes, where smaller groups within it are one box each."""

    def __init__(self, elements: Elements, members: list[str], owner: Mapping[str, str]) -> None:
        self.elements, self.members, self.owner = elements, members, owner
        self.shapes = dict.fromkeys(self._part(key) for key in members if self._part(key) in elements.shapes)

    def _part(self, key: str) -> str:
        return self.owner.get(key, key)

    def main(self) -> str:
        """The box that stands for the whole, "" where it is more than one part."""
        boxes = [self.elements.shapes[key] for key in self.shapes]
        named = dict.fromkeys([box.id for box in boxes if box.says_kind] + list(self._named()))
        if not boxes or any(box.form == "frame" for box in boxes) or len(named) > 1 or self._is_joined_within():
            return ""
        if len(self._captions()) + len(named) > 1 and not any(box.says_kind for box in boxes):
            return ""
        return next(iter(named), max(boxes, key=lambda box: box.box.area).id)

    def own(self) -> list[str]:
        """Its members, but for arrows that lead out of it."""
        return [key for key in self.members if self._ends(key) <= {"", *self.shapes}]

    def _named(self) -> list[str]:
        holders = (self._part(_holder(self.elements, key)) for key in self.members if key in self.elements.texts)
        return [key for key in holders if key in self.shapes]

    def _captions(self) -> list[str]:
        return [key for key in self.members if key in self.elements.texts and not _holder(self.elements, key)]

    def _ends(self, key: str) -> set[str]:
        wire = self.elements.wires.get(key)
        return {self._part(end) for end in wire.bound} if wire else set()

    def _is_joined_within(self) -> bool:
        return any(len(self._ends(key) & self.shapes.keys()) > 1 for key in self.members)


def _holder(elements: Elements, text: str) -> str:
    """The shape or arrow that a text is bound to, as either of them says."""
    for key in (elements.texts[text].container, elements.labels.get(text, "")):
        if key in elements.shapes or key in elements.wires:
            return key
    return ""


def _united(elements: Elements, owner: Mapping[str, str]) -> Iterator[tuple[str, Shape]]:
    boxes: dict[str, list[Box]] = {}
    for key, shape in elements.shapes.items():
        boxes.setdefault(owner.get(key, key), []).append(shape.box)
    for key, own in boxes.items():
        shape = elements.shapes[key]
        yield key, shape if len(own) == 1 else replace(shape, box=_around(own))


def _around(boxes: Iterable[Box]) -> Box:
    flat = [box.upright() for box in boxes]
    return around(point for box in flat for point in ((box.x, box.y), (box.x + box.w, box.y + box.h)))


# What it is called


def _bound_labels(elements: Elements, parts: Parts) -> dict[str, Text]:
    """Gives parts and arrows the texts that are bound to them; returns the others."""
    free = {}
    parts.labels = {key: shape.name for key, shape in parts.shapes.items() if shape.name}
    for key, text in elements.texts.items():
        holder = _holder(elements, key)
        part = parts.resolve(holder) or parts.resolve(key)
        if holder in elements.wires:
            parts.said.setdefault(holder, text.text)
        elif part:
            parts.owner[key] = part
            parts.labels[part] = tidy(f"{parts.labels.get(part, '')} {text.text}")
        else:
            free[key] = text
    return free


def _parents(shapes: Mapping[str, Shape]) -> dict[str, str]:
    """Part → the smallest one that holds it, or the frame that it was put in."""
    found = {}
    holders = sorted((shape for shape in shapes.values() if shape.form in HOLDERS), key=lambda shape: shape.box.area)
    for key, shape in shapes.items():
        holds = next((other.id for other in holders if _holds(other, shape)), "")
        framed = shape.frame if shape.form != "frame" and shape.frame in shapes else ""
        # Of two that are in each other the frame wins.
        if holds and framed and shapes[holds].box.area > shapes[framed].box.area:
            holds = framed
        if holds or framed:
            found[key] = holds or framed
    return {key: parent for key, parent in found.items() if not _turns_back(found, key)}


def _holds(other: Shape, shape: Shape) -> bool:
    if other.id == shape.id or other.box.area < LARGER * shape.box.area:
        return False
    return other.box.distance(shape.box.centre) == 0 and shape.box.share_within(other.box) >= WITHIN


def _turns_back(parent: Mapping[str, str], key: str) -> bool:
    seen: set[str] = set()
    at = key
    while at := parent.get(at, ""):
        if at == key:
            return True
        if at in seen:
            return False
        seen.add(at)
    return False


def _free_texts(elements: Elements, parts: Parts, free: Mapping[str, Text]) -> dict[str, Text]:
    """Texts that stand on a box or beside an arrow without a name give it one; one that an arrow ends at is a part of
    its own. Returns what is left."""
    ends = {end for wire in elements.wires.values() for end in wire.bound}
    holders = set(parts.parent.values())
    bare = _Bare(wire for key, wire in elements.wires.items() if _is_bare(key, wire, parts))
    hosts = sorted((s for s in parts.shapes.values() if s.form in HOLDERS - {"frame"}), key=lambda s: s.box.area)
    on: dict[str, list[Text]] = {}
    left: dict[str, Text] = {}
    for key, text in free.items():
        host = next((shape.id for shape in hosts if shape.box.distance(text.box.centre) == 0), "")
        is_in_the_open = not host or host in holders or host in parts.labels
        if key not in ends and is_in_the_open and (beside := bare.beside(text.box, parts.said)):
            parts.said[beside] = text.text
        elif host and host not in parts.labels:
            on.setdefault(host, []).append(text)
        elif key in ends:
            parts.shapes[key] = Shape(key, "text", text.box, text.groups, text.frame)
            parts.labels[key] = text.text
        else:
            left[key] = text
    for host, texts in on.items():
        left |= _named_by(parts, host, texts, is_holder=host in holders)
    parts.parent |= {key: up for key, up in _parents(parts.shapes).items() if parts.shapes[key].form == "text"}
    return left


def _is_bare(key: str, wire: Wire, parts: Parts) -> bool:
    return not wire.is_line and key not in parts.said and key not in parts.owner


def _named_by(parts: Parts, host: str, texts: list[Text], *, is_holder: bool) -> dict[str, Text]:
    """All that stands on a box is its name; of what stands in a frame only the uppermost. Returns the others."""
    rows = sorted(texts, key=lambda text: (text.box.y, text.box.x))
    own = rows[:1] if is_holder else rows
    parts.labels[host] = tidy(" ".join(text.text for text in own))
    parts.owner |= {text.id: host for text in own}
    return {text.id: text for text in rows[len(own) :]}


class _Bare:
    """Arrows that say nothing yet. There may be so many texts and pieces of arrows that not all of them can be
    compared: once `left` is used up, no text is beside anything."""

    def __init__(self, wires: Iterable[Wire]) -> None:
        self.reaches = [(around(iter(wire.points)), wire) for wire in islice(wires, MAX_BARE)]
        self.left = MAX_TESTS

    def beside(self, text: Box, taken: Mapping[str, str]) -> str:
        """The arrow that a text stands beside, the nearest one of those that nothing is said of."""
        found, near, flat = "", BESIDE, text.upright()
        for reach, wire in self.reaches:
            if self.left <= 0 or near == 0:
                break
            if wire.id not in taken and _touch(flat, reach):
                far = self._far(text, flat, wire)
                if far < near:
                    near, found = far, wire.id
        return found

    def _far(self, text: Box, flat: Box, wire: Wire) -> float:
        """How far a text is from an arrow, as long as that is near."""
        far = BESIDE
        west, east = flat.x - BESIDE, flat.x + flat.w + BESIDE
        north, south = flat.y - BESIDE, flat.y + flat.h + BESIDE
        for (ax, ay), (bx, by) in pairwise(wire.points):
            self.left -= 1
            if max(ax, bx) < west or min(ax, bx) > east or max(ay, by) < north or min(ay, by) > south:
                continue
            self.left -= len(MEASURED)
            far = min(far, _from_segment(text, (ax, ay), (bx, by)))
        return far


def _touch(a: Box, b: Box) -> bool:
    across = a.x - BESIDE <= b.x + b.w and b.x - BESIDE <= a.x + a.w
    return across and a.y - BESIDE <= b.y + b.h and b.y - BESIDE <= a.y + a.h


def _from_segment(box: Box, a: Point, b: Point) -> float:
    """How far a box is from a straight piece of a line, looked at in a few places of it."""
    return min(box.distance((a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1]))) for s in MEASURED)


# Boxes that were grouped under a heading


def _named_groups(parts: Parts, free: dict[str, Text]) -> None:
    """Several parts that were grouped with one text are a group of that name."""
    members: dict[str, list[str]] = {}
    for key, shape in parts.shapes.items():
        for group in shape.groups:
            members.setdefault(group, []).append(key)
    for group, keys in sorted(members.items(), key=lambda item: -len(item[1])):
        headings = [text for text in free.values() if group in text.groups]
        if len(keys) < 2 or len(headings) != 1 or group in parts.shapes:
            continue
        outer = {parts.parent.get(key, "") for key in keys if parts.parent.get(key, "") not in keys}
        parts.shapes[group] = Shape(group, "frame", _around(parts.shapes[key].box for key in keys))
        parts.labels[group] = headings[0].text
        if len(outer) == 1:
            parts.parent[group] = outer.pop()
        parts.parent |= {key: group for key in keys if parts.parent.get(key, "") not in keys}
        del free[headings[0].id]
