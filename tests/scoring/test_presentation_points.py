"""The points of a criterion: what was found, what is nearly there, what is missing, and of which design."""

from typing import Any

import pytest

from catalog import spec
from scoring import points
from scoring.models import CriterionMark
from scoring.quotes import Quote
from tests.catalog.factories import criterion as written

STATEMENTS = ["A lamp shines.", "A bulb glows.", "There is light."]


def point(key: str, missing: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, "missing": missing, "statements": STATEMENTS, **fields}


def words(start: int, text: str = "light") -> dict[str, Any]:
    return {"section": "deep_dive", "start": start, "end": start + len(text), "quote": text, "kind": "text"}


def criterion(*rows: dict[str, Any]) -> spec.Criterion:
    return spec.Criterion.model_validate(written("light", points=rows))


def read(of: spec.Criterion, *, mark: float | None = 2.0, **fields: Any) -> points.Points:
    return points.read(CriterionMark(mark=mark, confidence=0.5, **fields), of)


LIGHT = criterion(
    point("bulb", "Say what a bulb does."),
    point("switch", "Say who switches.", weight=2),
    point("fuse", "Say what a fuse is for."),
    point("cable", "Say where the cable lies."),
)
DESIGNS = criterion(
    point("shared", "Say when it gets dark."),
    point("gas", "Light it with gas.", design="gas"),
    point("gas_price", "Say what gas costs.", design="gas"),
    point("wire", "Light it by wire.", design="wire", weight=2),
    point("wire_price", "Say what wire costs.", design="wire"),
)


def test_every_point_stands_with_the_words_that_come_nearest_to_it() -> None:
    found = read(
        LIGHT,
        points=[
            {"key": "bulb", "state": "made", "evidence": [words(0)]},
            {"key": "switch", "state": "unsure", "evidence": [words(20)]},
            {"key": "fuse", "state": "partly", "evidence": [words(40)]},
        ],
        unsure=["Say who switches.", "Say what a fuse is for."],
        missing=["Say where the cable lies."],
        evidence=[words(0)],
    )
    (made,) = found.found
    assert (made.asks, made.label, made.quotes[0].anchor) == (("Say what a bulb does.",), "Found", "w-deep_dive-0")
    assert [(p.label, p.asks, p.quotes[0].start) for p in found.nearly] == [
        ("In part", ("Say what a fuse is for.",), 40),
        ("Perhaps there", ("Say who switches.",), 20),
    ]
    assert found.missing == ("Say where the cable lies.",)
    assert found.also == ()
    assert found.open[0] == "Say where the cable lies."


def test_words_that_serve_two_points_are_quoted_once_for_both() -> None:
    rows = [{"key": key, "state": "made", "evidence": [words(0)]} for key in ("bulb", "switch")]
    (made,) = read(LIGHT, points=rows).found
    assert made.asks == ("Say who switches.", "Say what a bulb does.")
    assert len(made.quotes) == 1


def test_quotes_of_no_single_point_stand_apart() -> None:
    found = read(
        LIGHT, points=[{"key": "bulb", "state": "made", "evidence": [words(0)]}], evidence=[words(2), words(9)]
    )
    assert found.also == (Quote("deep_dive", 9, 14, "light"),)


def test_a_mark_of_an_earlier_engine_keeps_its_quotes_and_what_it_misses() -> None:
    found = read(LIGHT, evidence=[words(0)], unsure=["Say who switches."], missing=["Say what a fuse is for."])
    assert found.found == ()
    assert [p.asks for p in found.nearly] == [("Say who switches.",)]
    assert found.nearly[0].quotes == ()
    assert found.missing == ("Say what a fuse is for.",)
    assert len(found.also) == 1


def test_of_several_designs_only_the_one_that_is_begun_misses_anything() -> None:
    found = read(DESIGNS, missing=["Say what wire costs.", "Light it with gas.", "Say what gas costs."])
    assert found.missing == ("Say what wire costs.",)
    assert found.one_of == ()


@pytest.mark.parametrize("mark", [0.0, None])
def test_where_no_design_is_begun_the_first_point_of_each_is_one_of_these(mark: float | None) -> None:
    found = read(DESIGNS, mark=mark, missing=[point.missing for point in DESIGNS.points])
    assert found.missing == ("Say when it gets dark.",)
    assert found.one_of == ("Light it by wire.", "Light it with gas.")


def test_what_the_engine_asks_of_several_designs_in_one_breath_has_a_line_for_each() -> None:
    found = read(DESIGNS, missing=["One of these designs. Light it by wire. Or: Light it with gas."])
    assert found.missing == ()
    assert set(found.one_of) == {"Light it by wire.", "Light it with gas."}


def test_designs_that_ask_for_the_same_ask_for_it_once() -> None:
    alike = criterion(
        point("gas", "Say how it is lit.", design="gas"),
        point("wire", "Say how it is lit.", design="wire"),
    )
    for missing in (
        ["Say how it is lit.", "Say how it is lit."],
        ["One of: Say how it is lit. Or: Say how it is lit."],
    ):
        found = read(alike, mark=0.0, missing=missing)
        assert (found.missing, found.one_of) == (("Say how it is lit.",), ())
