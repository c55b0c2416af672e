"""Where the boxes of a directed graph stand: layers by fast_sugiyama, extents and spacing ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fast_sugiyama import from_edges

Point = tuple[float, float]
Pair = tuple[int, int]

CROSS_GAP = 28.0
SPACING = 1000.0


@dataclass(frozen=True, slots=True)
class Extent:
    """A box as the layout sees it: along the flow, and across it."""

    along: float
    across: float


@dataclass(slots=True)
class Placed:
    """Centres of the boxes, and for every pair the points its wire passes between them (along, across)."""

    centres: dict[int, Point] = field(default_factory=dict)
    bends: dict[Pair, list[Point]] = field(default_factory=dict)
    along: float = 0.0
    across: float = 0.0


def place(extents: Sequence[Extent], pairs: Iterable[Pair], gaps: dict[Pair, float]) -> Placed:
    """Lays out boxes 0…n-1. A pair may stand in any direction; `gaps` says how much room its label needs."""
    placed = Placed()
    for component, links in _components(len(extents), sorted(set(pairs))):
        _add(placed, _place_connected(component, links, extents, gaps) if links else _place_one(component, extents))
    return placed


def acyclic(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs, with those turned round that close a circle, without repeats and self-loops.

    fast_sugiyama ends the process on a circle that it does not expect, so it never gets to see one.
    """
    after: dict[int, list[int]] = {}
    for start, end in pairs:
        if start != end:
            after.setdefault(start, []).append(end)
    position = {node: place for place, node in enumerate(reversed(_finished(after)))}
    turned = {
        (start, end) if position[start] < position[end] else (end, start) for start in after for end in after[start]
    }
    return sorted(turned)


def _finished(after: dict[int, list[int]]) -> list[int]:
    """Nodes in the order in which a depth-first walk leaves them; without recursion, so depth is no limit."""
    done: list[int] = []
    seen: set[int] = set()
    for root in after:
        stack: list[tuple[int, int]] = [] if root in seen else [(root, 0)]
        seen.add(root)
        while stack:
            node, index = stack.pop()
            following = after.get(node, [])
            if index == len(following):
                done.append(node)
                continue
            stack.append((node, index + 1))
            if following[index] not in seen:
                seen.add(following[index])
                stack.append((following[index], 0))
    return done


def _components(count: int, pairs: list[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """Connected parts, largest first, then in the order of their first box."""
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for start, end in pairs:
        root[find(start)] = find(end)
    members: dict[int, list[int]] = {}
    for node in range(count):
        members.setdefault(find(node), []).append(node)
    groups = [(nodes, [pair for pair in pairs if find(pair[0]) == key]) for key, nodes in members.items()]
    return sorted(groups, key=lambda group: (-len(group[0]), group[0][0]))


def _place_one(component: list[int], extents: Sequence[Extent]) -> Placed:
    extent = extents[component[0]]
    centre = (extent.along / 2, extent.across / 2)
    return Placed({component[0]: centre}, {}, extent.along, extent.across)


def _place_connected(
    component: list[int], pairs: list[Pair], extents: Sequence[Extent], gaps: dict[Pair, float]
) -> Placed:
    names = {node: index for index, node in enumerate(component)}
    forward = acyclic((names[start], names[end]) for start, end in pairs)
    layouts = from_edges(
        forward, vertex_spacing=SPACING, dummy_vertices=True, dummy_size=SPACING / 2, check_layout=False
    )
    positions = {int(node): xy for node, xy in layouts.flatten_positions()}
    links = [(int(start), int(end)) for layout in layouts for start, end in layout[3] or ()]
    top = max(y for _, y in positions.values())
    layer = {node: round((top - y) / SPACING) for node, (_, y) in positions.items()}
    across = {node: x for node, (x, _) in positions.items()}

    sizes = [extents[node] for node in component]
    step = max(size.across for size in sizes) + CROSS_GAP
    left = min(across.values())
    middles = _layer_middles(layer, sizes, _gap_after(layer, names, gaps))
    centres = {
        node: (middles[layer[node]], (across[node] - left) / SPACING * step + (step - CROSS_GAP) / 2)
        for node in positions
    }
    placed = Placed({node: centres[names[node]] for node in component})
    chains = _chains(links, len(component))
    back = dict(enumerate(component))
    for (start, end), dummies in chains.items():
        placed.bends[back[start], back[end]] = [centres[dummy] for dummy in dummies]
    placed.along = max(centres[names[n]][0] + extents[n].along / 2 for n in component)
    placed.across = max(y for _, y in centres.values()) + (step - CROSS_GAP) / 2
    return placed


def _gap_after(layer: dict[int, int], names: dict[int, int], gaps: dict[Pair, float]) -> dict[int, float]:
    """How far each layer must keep from the next one, so that the labels between them fit."""
    needed: dict[int, float] = {}
    for (start, end), gap in gaps.items():
        if start in names and end in names:
            first, last = sorted((layer[names[start]], layer[names[end]]))
            # A wire over several layers may carry its label in any of them: the first one makes the room.
            needed[first] = max(needed.get(first, 0.0), gap) if last > first else needed.get(first, 0.0)
    return needed


def _layer_middles(layer: dict[int, int], sizes: Sequence[Extent], gap_after: dict[int, float]) -> list[float]:
    count = max(layer.values()) + 1
    widths = [0.0] * count
    for node, size in enumerate(sizes):
        widths[layer[node]] = max(widths[layer[node]], size.along)
    middles: list[float] = []
    at = 0.0
    for index, width in enumerate(widths):
        middles.append(at + width / 2)
        at += width + gap_after.get(index, 48.0)
    return middles


def _chains(links: list[Pair], real: int) -> dict[Pair, list[int]]:
    """Each pair of boxes with the dummies between them: a dummy has exactly one way on."""
    onward = {start: end for start, end in links if start >= real}
    chains: dict[Pair, list[int]] = {}
    for start, end in links:
        if start >= real:
            continue
        dummies: list[int] = []
        at = end
        while at >= real:
            dummies.append(at)
            at = onward[at]
        chains[start, at] = dummies
    return chains


def _add(whole: Placed, part: Placed) -> None:
    """Puts a part below what is there already."""
    shift = whole.across + CROSS_GAP if whole.centres else 0.0
    for node, (along, across) in part.centres.items():
        whole.centres[node] = (along, across + shift)
    for pair, points in part.bends.items():
        whole.bends[pair] = [(along, across + shift) for along, across in points]
    whole.along = max(whole.along, part.along)
    whole.across = shift + part.across
