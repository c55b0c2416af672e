"""Lengths of time to scale: each bar as long as it says, and steps of a thousand between them."""

import xml.etree.ElementTree as ET

import pytest

from lib.svg import scale

SOURCE = "Memory | 100 ns\nCache | 1 ns\nFlash | 80 µs\nOcean | 150 ms\n"


def parse(svg: str | None) -> ET.Element:
    assert svg
    return ET.fromstring(svg)


def texts(svg: str | None) -> list[str]:
    return [text.text or "" for text in parse(svg).iter("text")]


def widths(svg: str | None, css: str) -> list[str]:
    return [rect.attrib["width"] for rect in parse(svg).iter("rect") if rect.attrib["class"] == css]


def test_bars_are_as_long_as_their_amounts_and_shortest_first():
    svg = scale.draw(SOURCE)
    assert widths(svg, "bar") == ["0.1%", "10%", "8%", "15%"]
    assert [text for text in texts(svg) if text in ("Memory", "Cache", "Flash", "Ocean")] == [
        *("Cache", "Memory", "Flash", "Ocean")
    ]


def test_each_step_shows_the_whole_of_the_one_before_as_a_thousandth():
    svg = scale.draw(SOURCE)
    assert widths(svg, "whole") == ["0.1%", "0.1%"]
    heads = [text for text in texts(svg) if "line is" in text or "thousand" in text]
    assert heads == [
        "The whole line is 1 µs",
        "1 ms: a thousand times the line above",
        "1 s: a thousand times the line above",
    ]


def test_a_step_between_two_is_there_though_nothing_falls_into_it():
    assert len(widths(scale.draw("A | 5 ns\nB | 5 ms"), "whole")) == 2


def test_the_drawing_is_said_in_words():
    svg = parse(scale.draw("Memory | 100 ns\nFlash | 80 us"))
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == (
        "Bars to scale, in steps of a thousand; up to 1 µs: Memory 100 ns; up to 1 ms: Flash 80 µs."
    )


def test_labels_are_text_and_nothing_is_styled_inline():
    svg = scale.draw('<script>alert("1")</script> | 1 ms')
    assert svg
    assert "<script" not in svg
    assert "style" not in svg
    assert " id=" not in svg
    assert '<script>alert("1")</script>' in texts(svg)


@pytest.mark.parametrize(
    "source",
    ["", "\n", "no amount", "a | soon", "a | 0 ms", "a | -1 ms", "a | 2000 s", "a | 1 ms\nb", "| 1 ms", "a | 1 day"],
)
def test_what_is_no_list_of_times_stays_code(source):
    assert scale.draw(source) is None


def test_a_crowd_stays_code():
    assert scale.draw("a | 1 ms\n" * (scale.MAX_BARS + 1)) is None
