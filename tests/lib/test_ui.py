"""The tags that every page is made of."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.template import Context, Template

from lib import bands
from lib.svg import bandscale, dial
from lib.svg import profile as profiles


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


def test_an_icon_says_nothing_by_itself():
    assert render('{% icon "check" %}') == (
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-check"/></svg>'
    )
    assert 'class="icon chev"' in render('{% icon "right" "chev" %}')


@pytest.mark.parametrize(
    ("mark", "data", "text"),
    [(0, "0", "0"), (0.5, "0.5", "0.5"), (2.5, "2.5", "2.5"), (4.0, "4", "4"), (2.74, "2.5", "2.74"), (7, "4", "7")],
)
def test_a_meter_prints_its_mark_and_snaps_its_cells_to_halves(mark, data, text):
    html = render("{% meter mark %}", mark=mark)
    assert f'data-mark="{data}"' in html
    assert f"<b>{text}</b>" in html


def test_a_missing_mark_is_never_a_zero():
    html = render("{% meter mark %}", mark=None)
    assert 'data-mark="none"' in html
    assert "Not scorable" in html
    assert "0" not in html
    assert render("{{ mark|mark }}", mark=None) == "–"


@pytest.mark.parametrize(
    ("key", "label", "data", "word"),
    [
        ("strong", "", "strong", "Strong"),
        ("not_yet", "", "not_yet", "Not yet"),
        (None, "Not tried", "none", "Not tried"),
        ("", "", "none", "No band"),
        ("nonsense", "", "none", "No band"),
    ],
)
def test_a_band_has_its_word(key, label, data, word):
    assert (
        render("{% band key label %}", key=key, label=label) == f'<span class="band" data-band="{data}">{word}</span>'
    )


def test_a_source_has_shape_and_word():
    assert "#i-rules" in render('{% source "rules" %}')
    assert "Rules 1.4" in render('{% source "rules" "Rules 1.4" %}')
    assert "#i-mentor" in render('{% source "mentor" %}')


@pytest.mark.parametrize(("difficulty", "squares"), [("warm_up", 1), ("standard", 2), ("hard", 3)])
def test_difficulty_has_one_to_three_squares(difficulty, squares):
    assert f'data-n="{squares}"' in render("{% level d %}", d=difficulty)


def test_labels_are_escaped():
    for source in ('{% band "solid" x %}', '{% source "rules" x %}', '{% level "hard" x %}', "{% icon x %}"):
        assert "<script" not in render(source, x="<script>")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (312, "5:12"),
        (0, "0:00"),
        (59.9, "0:59"),
        (-5, "0:00"),
        (3900, "1:05:00"),
        (timedelta(minutes=45), "45:00"),
        (None, ""),
    ],
)
def test_a_duration_reads_like_a_clock(value, text):
    assert render("{{ value|clock }}", value=value) == text


def test_one_filter_is_taken_out_and_the_others_stay():
    query = QueryDict("difficulty=hard&difficulty=standard&q=a+b")
    html = render("{% query_without query 'difficulty' 'hard' %}", query=query)
    assert html == "?difficulty=standard&amp;q=a+b"
    assert render("{% query_without query 'q' %}", query=query) == "?difficulty=hard&amp;difficulty=standard"
    assert render("{% query_without query 'tag' 'x' %}", query=QueryDict("")) == "?"


def test_a_filter_less_is_another_list_so_its_first_page():
    query = QueryDict("difficulty=hard&page=2")
    assert render("{% query_without query 'difficulty' 'hard' %}", query=query) == "?"
    assert render("{% query_without query 'q' %}", query=query) == "?difficulty=hard"


# --- the clock


def dashes(arcs: list[dial.Arc]) -> list[tuple[str, float, float]]:
    return [(arc.css, float(arc.dash.split()[0]), -float(arc.offset)) for arc in arcs]


def test_segments_follow_each_other_with_a_gap():
    first, second = dashes(dial.arcs([dial.Segment(5, "done"), dial.Segment(3)]))
    assert (first[0], second[0]) == ("done", "")
    assert first[1:] == pytest.approx((4.45, 0.275), abs=0.01)
    assert second[1:] == pytest.approx((2.45, 5.275), abs=0.01)


def test_the_running_segment_is_drawn_over_its_budget_and_never_beyond():
    drawn = dashes(dial.arcs([dial.Segment(20, "now", used=99)]))
    assert [css for css, _, _ in drawn] == ["", "now"]
    assert drawn[0][1] == drawn[1][1]


def test_a_stretched_clock_still_fits_the_dial():
    drawn = dashes(dial.arcs([dial.Segment(100, "done"), dial.Segment(100)]))
    assert sum(length for _, length, _ in drawn) < dial.USED_MINUTES


def test_a_ring_takes_tuples_and_objects_and_tells_the_script_the_seconds():
    html = render(
        "{% ring segments seconds_left=1028.7 label='Time left' %}",
        segments=[(1, "done", 1), {"minutes": 5, "state": "now", "used": 2}, dial.Segment(3)],
    )
    svg = ET.fromstring(html)
    assert svg.attrib["data-seconds-left"] == "1028"
    assert svg.attrib["role"] == "timer"
    assert svg.findtext("time") == "17:08"
    assert len(list(svg.iter("circle"))) == 4


# --- the band scale


@pytest.mark.parametrize(
    ("overall", "key"),
    [
        (0, "not_yet"),
        (24.9, "not_yet"),
        (25, "developing"),
        (50, "solid"),
        (70, "strong"),
        (85, "exceptional"),
        (100, "exceptional"),
    ],
)
def test_a_band_begins_where_the_guide_says(overall, key):
    assert bands.band_of(overall).key == key
    assert [cell.key for cell in bandscale.scale(overall, overall, overall).cells if cell.current] == [key]


def test_the_range_is_the_headline():
    html = render("{% bandscale 62 74 68.75 'solid' %}")
    assert "62–74" in html
    assert 'aria-label="Solid: overall 69 of 100, likely between 62 and 74"' in html
    assert 'x="62.00%"' in html
    assert 'width="12.00%"' in html


def test_a_range_of_one_number_is_still_visible():
    scale = bandscale.scale(0, 0, 0)
    assert scale.range_text == "0"
    assert float(scale.width) > 0


def test_without_an_overall_there_is_no_scale():
    assert render("{% bandscale None None None None %}") == ""


# --- the profile

STEPS = [
    {
        "title": "Requirements",
        "short": "Requirements",
        "weight": 15,
        "mark": 3.5,
        "low": 3,
        "high": 4,
        "time": "5:12 of 5",
    },
    {"title": "Estimation", "short": "Estimation", "weight": 10, "mark": 3, "low": 3, "high": 3},
    {"title": "Deep dive", "short": "Deep dive", "weight": 35, "mark": None},
]


def test_widths_are_weights_and_heights_are_marks():
    first, second, third = profiles.draw(
        [profiles.Bar("A", "A", 15, 3.5), profiles.Bar("B", "B", 10, 3), profiles.Bar("C", "C", 35, None)]
    )
    assert float(first.width) / float(second.width) == pytest.approx(1.5, rel=0.01)
    assert float(first.height) / float(second.height) == pytest.approx(3.5 / 3, rel=0.01)
    assert float(third.x) + float(third.width) <= profiles.RIGHT


def test_the_chart_has_a_sentence_and_a_table_with_the_same_figures():
    html = render("{% profile steps %}", steps=STEPS)
    assert 'aria-label="Marks by step: Requirements 3.5, Estimation 3, Deep dive not scorable"' in html
    root = ET.fromstring(html)
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in root.iter("tr")]
    assert rows[1] == ["Requirements", "Mark 3.5", "3–4", "15", "5:12 of 5"]
    assert rows[3][1:3] == ["Not scorable–", "–"]


def test_a_step_without_a_mark_has_no_area():
    root = ET.fromstring(render("{% profile steps %}", steps=STEPS))
    assert len(root.findall(".//rect[@class='fill']")) == 2
    assert len(root.findall(".//rect[@class='none']")) == 1


def test_a_certain_mark_has_no_whisker():
    root = ET.fromstring(render("{% profile steps %}", steps=STEPS))
    assert len(root.findall(".//path[@class='whisker']")) == 1


# --- pace


def test_a_pace_bar_shows_use_and_overrun():
    assert 'class="used" width="44.0%"' in render("{% pacebar 44 %}")
    over = render("{% pacebar 100 4 %}")
    assert 'class="over" x1="96.0%"' in over
    assert 'class="over"' not in render("{% pacebar 120 %}")
