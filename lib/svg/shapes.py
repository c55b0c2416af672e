"""The boxes of a diagram. Each kind of part has a shape of its own; colour only repeats it."""

from collections.abc import Callable

KINDS = {
    **dict.fromkeys(("client", "user", "browser", "mobile", "app"), "client"),
    **dict.fromkeys(("external", "third_party", "provider"), "external"),
    **dict.fromkeys(("gateway", "load_balancer", "balancer", "lb", "proxy", "router", "coordinator"), "gateway"),
    **dict.fromkeys(
        ("database", "db", "store", "sql", "nosql", "replica", "search", "index", "search_index"), "database"
    ),
    **dict.fromkeys(("storage", "object_store", "object_storage", "blob", "bucket"), "storage"),
    **dict.fromkeys(("cache", "cdn", "edge"), "cache"),
    **dict.fromkeys(("queue", "stream", "broker", "topic", "log", "bus"), "queue"),
    **dict.fromkeys(("worker", "job", "cron", "batch"), "worker"),
}


def kind_of(word: str) -> str:
    """The kind that is drawn for a word; what is not known is a service."""
    return KINDS.get(word.strip().lower().replace("-", "_").replace(" ", "_"), "service")


def shape(kind: str, x: float, y: float, w: float, h: float) -> str:
    """The outline of a part whose upper left corner is at x, y."""
    return SHAPES.get(kind, _service)(x, y, w, h)


def n(value: float) -> str:
    """A coordinate: one decimal, and none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")


def _rect(x: float, y: float, w: float, h: float, radius: float, css: str = "part") -> str:
    return f'<rect class="{css}" x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(radius)}"/>'


def _path(d: str, css: str = "part") -> str:
    return f'<path class="{css}" d="{d}"/>'


def _service(x: float, y: float, w: float, h: float) -> str:
    return _rect(x, y, w, h, 5)


def _client(x: float, y: float, w: float, h: float) -> str:
    return _rect(x, y, w, h, h / 2)


def _external(x: float, y: float, w: float, h: float) -> str:
    return _rect(x, y, w, h, 0)


def _gateway(x: float, y: float, w: float, h: float) -> str:
    cut = 10.0
    return _path(
        f"M{n(x + cut)} {n(y)}H{n(x + w - cut)}L{n(x + w)} {n(y + h / 2)}L{n(x + w - cut)} {n(y + h)}"
        f"H{n(x + cut)}L{n(x)} {n(y + h / 2)}Z"
    )


def _database(x: float, y: float, w: float, h: float) -> str:
    lid = 6.0
    arc = f"A{n(w / 2)} {n(lid)} 0 0"
    body = f"M{n(x)} {n(y + lid)}{arc} 1 {n(x + w)} {n(y + lid)}V{n(y + h - lid)}{arc} 1 {n(x)} {n(y + h - lid)}Z"
    return _path(body) + _path(f"M{n(x)} {n(y + lid)}{arc} 0 {n(x + w)} {n(y + lid)}", "inner")


def _storage(x: float, y: float, w: float, h: float) -> str:
    lean = 7.0
    return _path(f"M{n(x)} {n(y)}H{n(x + w)}L{n(x + w - lean)} {n(y + h)}H{n(x + lean)}Z") + _path(
        f"M{n(x + 1.5)} {n(y + 6)}H{n(x + w - 1.5)}", "inner"
    )


def _cache(x: float, y: float, w: float, h: float) -> str:
    return _rect(x, y, w, h, 8) + _rect(x + 3, y + 3, w - 6, h - 6, 5.5, "inner")


def _queue(x: float, y: float, w: float, h: float) -> str:
    bars = "".join(f"M{n(x + w - at)} {n(y)}V{n(y + h)}" for at in (7, 14))
    return _rect(x, y, w, h, 2) + _path(bars, "inner")


def _worker(x: float, y: float, w: float, h: float) -> str:
    return _rect(x, y, w, h, 3) + _path(f"M{n(x + 6)} {n(y)}v{n(h)}M{n(x + w - 6)} {n(y)}v{n(h)}", "inner")


SHAPES: dict[str, Callable[[float, float, float, float], str]] = {
    "client": _client,
    "external": _external,
    "gateway": _gateway,
    "database": _database,
    "storage": _storage,
    "cache": _cache,
    "queue": _queue,
    "worker": _worker,
    "service": _service,
}
