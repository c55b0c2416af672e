"""Graphs of all sorts, for what must hold of any."""

from hypothesis import strategies as st

from scoring.engine.graph.names import KINDS, tidy
from scoring.engine.graph.types import Edge, Graph, Node

# Signs that mean something in a flowchart, names of parts, and what people write besides.
SNIPPETS = ["end", "subgraph", "-->", "|", "%%", ";", '"', "`", "#quot;", "#35;", "&amp;", "<br/>", *"[](){}"]
NAMES = ["Redis", "Load balancer", "API", "Queue", "DB (EU)", "日本", "Größe", "👩‍💻", "x", "o", "n1", ":::cache"]

pieces = st.one_of(st.sampled_from(SNIPPETS), st.sampled_from(NAMES), st.text(max_size=12))
labels = st.lists(pieces, max_size=4).map(lambda parts: tidy(" ".join(parts)))
named = labels.map(lambda label: label or "Part")
kinds = st.one_of(st.none(), st.sampled_from(KINDS))


@st.composite
def graphs(draw: st.DrawFn, max_nodes: int = 9) -> Graph:
    """Parts in up to four groups, none of them empty, and edges between any two things, both ways and to themselves."""
    count = draw(st.integers(1, max_nodes))
    groups = _groups(draw, draw(st.integers(0, min(4, count))))
    homes = list(groups)
    nodes = {}
    for number in range(count):
        # The first ones fill the groups.
        home = homes[number] if number < len(homes) else draw(st.sampled_from(["", *homes]))
        nodes[f"e{number}"] = Node(draw(named), kind=draw(kinds), group=home)
    ends = st.sampled_from([*nodes, *groups])
    edges = st.builds(Edge, ends, ends, loose=st.booleans(), label=labels, later=st.booleans())
    return Graph(nodes=nodes, edges=draw(st.lists(edges, max_size=12)), groups=groups)


def _groups(draw: st.DrawFn, count: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for number in range(count):
        found[f"f{number}"] = Node(draw(named), group=draw(st.sampled_from(["", *found])))
    return found
