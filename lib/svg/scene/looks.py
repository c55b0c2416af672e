"""How an element looks: its colours as names that a page has in light and dark, its stroke as attributes."""

import colorsys
import re
from typing import Final

from lib.svg.scene.values import Raw, number, word
from lib.svg.shapes import n

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\Z")
# Up to which hue, in degrees, a colour is called what; beyond the last it is red again.
_HUES: Final = (
    (14, "red"),
    (42, "orange"),
    (65, "yellow"),
    (158, "green"),
    (192, "teal"),
    (232, "blue"),
    (284, "violet"),
    (346, "pink"),
)
# The few that people write by name.
_NAMED: Final = {
    "black": "#000000",
    "white": "#ffffff",
    "gray": "#868e96",
    "grey": "#868e96",
    "red": "#e03131",
    "orange": "#f08c00",
    "yellow": "#fcc419",
    "green": "#2f9e44",
    "blue": "#1971c2",
    "purple": "#6741d9",
    "pink": "#e64980",
    "transparent": "",
}
# Below it a colour is grey to the eye.
_PLAIN: Final = 0.12
_WHITE: Final = frozenset(("#fff", "#ffff", "#ffffff", "#ffffffff"))
_STROKE: Final = 2.0
MAX_WIDTH: Final = 16.0


def hue(colour: object) -> str:
    """The name of a colour, "grey" for one without a hue, "" for one that cannot be seen or read."""
    text = word(colour).strip().lower()
    text = _NAMED.get(text, text)
    if not _HEX.match(text):
        return ""
    digits = text[1:]
    if len(digits) < 5:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue, opaque = (int((digits + "ff")[at : at + 2], 16) for at in (0, 2, 4, 6))
    if opaque < 8:
        return ""
    shade, _, _ = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if max(red, green, blue) - min(red, green, blue) < 255 * _PLAIN:
        return "grey"
    return next((name for end, name in _HUES if shade * 360 < end), "red")


def line(raw: Raw) -> str:
    """What a line is drawn in: black, white and grey as the page writes, nothing where nothing is drawn."""
    colour = raw.get("strokeColor", "#1e1e1e")
    if word(colour).strip().lower() == "transparent":
        return ' data-hue="none"'
    return hued(colour)


def hued(colour: object) -> str:
    found = hue(colour)
    return f' data-hue="{found}"' if found not in ("", "grey") else ""


def fill(raw: Raw) -> str:
    """What a form is filled with, nothing for what one looks through. White is the page, not a grey."""
    colour = word(raw.get("backgroundColor")).strip().lower()
    found = hue(colour)
    if not found:
        return ""
    if found == "grey" and _NAMED.get(colour, colour) in _WHITE:
        found = "page"
    # What is only hatched lets through what is under it.
    hatched = "" if raw.get("fillStyle", "solid") == "solid" else ' fill-opacity="0.5"'
    return f' data-fill="{found}"{hatched}'


def width(raw: Raw) -> float:
    return number(raw.get("strokeWidth"), _STROKE, low=0.5, high=MAX_WIDTH)


def dash(raw: Raw) -> str:
    wide = width(raw)
    found = {"dashed": f"8 {n(8 + wide)}", "dotted": f"1.5 {n(6 + wide)}"}.get(word(raw.get("strokeStyle")))
    return f' stroke-dasharray="{found}"' if found else ""


def opacity(raw: Raw) -> float:
    return number(raw.get("opacity"), 100.0, low=0.0, high=100.0) / 100
