"""Tags for the parts that repeat. They are builtins: templates use them without a load.

State goes into data attributes and geometry into SVG attributes, because the Content-Security-Policy forbids
every style attribute.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib import bands
from lib.svg import bandscale as scales
from lib.svg import dial
from lib.svg import profile as profiles

register = template.Library()

SOURCES = {
    "rules": ("rules", "Rules"),
    "model": ("model", "Model"),
    "mentor": ("mentor", "Mentor"),
    "self": ("pen", "Yourself"),
}
DIFFICULTIES = {"warm_up": 1, "standard": 2, "hard": 3}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing from components/_icons.html; it says nothing, so words stand beside it or on its button."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>',
        f" {css}" if css else "",
        name,
    )


@register.simple_tag
def meter(mark: float | None) -> SafeString:
    """A mark to read: the number first, four cells second. None: not scorable, never a zero."""
    if mark is None:
        return format_html(
            '<span class="meter" data-mark="none"><span class="vh">{}</span><b aria-hidden="true">–</b></span>',
            "Not scorable",
        )
    nearest = profiles.mark_text(min(max(round(float(mark) * 2) / 2, 0.0), 4.0))
    return format_html(
        '<span class="meter" data-mark="{}"><span class="vh">Mark </span><b>{}</b></span>',
        nearest,
        profiles.mark_text(mark),
    )


@register.filter
def mark(value: float | None) -> str:
    """2.5, 3, or a dash where there is no mark."""
    return profiles.mark_text(value)


@register.simple_tag
def band(key: str | None, label: str = "") -> SafeString:
    """A band as ramp and word; without a key the ramp is empty and the label says why."""
    known = key if key in bands.BY_KEY else "none"
    return format_html(
        '<span class="band" data-band="{}">{}</span>',
        known,
        label or bands.name_of(known),
    )


@register.filter
def band_name(key: str | None) -> str:
    """The word for a band, "No band" where there is none."""
    return bands.name_of(key)


@register.simple_tag
def source(key: str, label: str = "") -> SafeString:
    """Who gave a mark, by shape and word; the label may name version or person ("Rules 1")."""
    drawing, name = SOURCES.get(key, ("info", key))
    return format_html(
        '<span class="source" data-src="{}">{} {}</span>',
        key,
        icon(drawing),
        label or name,
    )


@register.simple_tag
def quoted(pieces: Iterable[Any], *, links: bool = True) -> SafeString:
    """A text with its quotes and what is wrong marked in place; pieces are those of scoring.passages.

    Built here and not in a template: between the pieces there may be no blank that the author did not type.
    Without links there is nothing to jump to, and so nothing that says why.
    """
    return format_html_join("", "{}", ((_piece(piece, links=links),) for piece in pieces))


def _piece(piece: Any, *, links: bool) -> SafeString | str:
    flags = piece.flags if links else ()
    anchor = format_html(' id="{}"', piece.anchor) if piece.anchor and links else ""
    shown: SafeString | str = str(piece.text)
    if flags:
        shown = format_html('<span class="flagged" data-kind="{}">{}</span>', flags[0].kind, shown)
    if piece.refs:
        shown = format_html('<mark class="ev" data-src="rules"{}>{}</mark>', anchor, shown)
    elif anchor:
        shown = format_html('<span class="place"{}>{}</span>', anchor, shown)
    after = [_ref(number, key, links=links) for number, key in piece.ends]
    after += [_why(flag) for flag in piece.flag_ends] if links else []
    return format_html("{}{}", shown, format_html_join("", "{}", ((one,) for one in after))) if after else shown


def _ref(number: str, key: str, *, links: bool) -> SafeString:
    if links:
        return format_html('<a class="ev-ref" href="#c-{}" aria-label="Criterion {}">{}</a>', key, number, number)
    return format_html('<span class="ev-ref">{}</span>', number)


def _why(flag: Any) -> SafeString:
    """The button behind words that something is wrong with: it opens the reason, and says it to whoever listens."""
    return format_html(
        '<button class="flag-ref" type="button" data-kind="{}" popovertarget="why-{}" aria-label="{}: {}">{}</button>',
        flag.kind,
        flag.number,
        flag.label,
        flag.text,
        icon(flag.icon),
    )


@register.simple_tag
def level(difficulty: str, label: str = "") -> SafeString:
    """Difficulty: one to three squares and its word."""
    return format_html(
        '<span class="level" data-n="{}">{}</span>',
        DIFFICULTIES.get(difficulty, 0),
        label or difficulty.replace("_", "-").capitalize(),
    )


@register.inclusion_tag("components/_ring.html")
def ring(
    segments: Iterable[Any],
    time: str = "",
    *,
    label: str = "Time left",
    seconds_left: float | None = None,
    size: str = "",
) -> dict[str, object]:
    """The clock. A segment is (minutes, state, used minutes), or a mapping or object with these names."""
    return {
        "arcs": dial.arcs(_segment(segment) for segment in segments),
        "time": time or (clock(seconds_left) if seconds_left is not None else ""),
        "label": label,
        "seconds_left": None if seconds_left is None else max(int(seconds_left), 0),
        "size": size,
    }


@register.inclusion_tag("components/_bandscale.html")
def bandscale(
    low: float | None, high: float | None, overall: float | None, band: str = "", *, names: bool = True
) -> dict[str, object]:
    """The scale with its likely range; nothing at all where there is no overall."""
    if low is None or high is None or overall is None:
        return {"scale": None}
    return {"scale": scales.scale(low, high, overall, band or ""), "names": names}


@register.inclusion_tag("components/_profile.html")
def profile(steps: Iterable[Any]) -> dict[str, object]:
    """The profile and its table twin, from steps with title, short, weight, mark, low, high and time."""
    bars = [_bar(step) for step in steps]
    return {
        "columns": profiles.draw(bars),
        "guides": profiles.guides(),
        "label": profiles.describe(bars),
        "has_time": any(bar.time for bar in bars),
    }


@register.simple_tag
def pacebar(used: float, over: float = 0) -> SafeString:
    """How much of a budget is used, in per cent; `over` is the hatched share of the bar that went past it."""
    used, over = (min(max(float(value), 0.0), 100.0) for value in (used, over))
    hatch: SafeString | str = ""
    if over:
        start = f"{100 - over:.1f}"
        hatch = format_html(
            '<rect class="under" x="{0}%" width="{1}%" height="100%"/>'
            '<line class="over" x1="{0}%" x2="100%" y1="50%" y2="50%"/>',
            start,
            f"{over:.1f}",
        )
    return format_html(
        '<svg class="pacebar" aria-hidden="true"><rect class="rest" width="100%" height="100%"/>'
        '<rect class="used" width="{}%" height="100%"/>{}</svg>',
        f"{used:.1f}",
        hatch,
    )


@register.filter
def clock(value: float | timedelta | None) -> str:
    """Seconds or a timedelta as a clock reads: 5:12, 1:05:00, and 0:00 for anything negative."""
    if value is None or value == "":
        return ""
    seconds = value.total_seconds() if isinstance(value, timedelta) else float(value)
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@register.simple_tag
def query_without(query: QueryDict, name: str, value: object = None) -> str:
    """The query string without one value of a parameter, or without the parameter; for "remove this filter" links.

    Nor does it keep the page: page 2 of another list is not where somebody was.
    """
    kept = query.copy()
    values = [] if value is None else [item for item in kept.getlist(name) if item != str(value)]
    kept.setlist(name, values)
    if not values:
        del kept[name]
    kept.pop("page", None)
    return f"?{kept.urlencode()}"


@register.simple_tag
def query_with(query: QueryDict, name: str, value: object) -> str:
    """The query string with one parameter set; for links to other pages of a list."""
    kept = query.copy()
    kept[name] = str(value)
    return f"?{kept.urlencode()}"


def _segment(given: Any) -> dial.Segment:
    if isinstance(given, dial.Segment):
        return given
    if isinstance(given, (tuple, list)):
        return dial.Segment(*given)
    return dial.Segment(
        float(_get(given, "minutes", 0)), _get(given, "state", "todo"), float(_get(given, "used", 0) or 0)
    )


def _bar(given: Any) -> profiles.Bar:
    if isinstance(given, profiles.Bar):
        return given
    title = str(_get(given, "title", ""))
    return profiles.Bar(
        title=title,
        short=str(_get(given, "short", "") or title),
        weight=float(_get(given, "weight", 0)),
        mark=_get(given, "mark", None),
        low=_get(given, "low", None),
        high=_get(given, "high", None),
        time=str(_get(given, "time", "") or ""),
    )


def _get(given: Any, name: str, default: object) -> Any:
    return given.get(name, default) if isinstance(given, Mapping) else getattr(given, name, default)
