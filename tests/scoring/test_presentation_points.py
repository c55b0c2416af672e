"""The points of a criterion: what was found, what is nearly there, what is missing, and of which design."""

from typing import Any

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


def row(key: str, state: str, *evidence: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "state": state, "evidence": list(evidence)}


def test_every_point_stands_with_the_words_that_come_nearest_to_it() -> None:
    found = read(
        LIGHT,
        points=[
            row("switch", "unsure", words(20)),
            row("bulb", "made", words(0)),
            row("fuse", "partly", words(40)),
            row("cable", "missing"),
        ],
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
    (made,) = read(LIGHT, points=[row(key, "made", words(0)) for key in ("switch", "bulb")]).found
    assert made.asks == ("Say who switches.", "Say what a bulb does.")
    assert len(made.quotes) == 1


def test_quotes_of_no_single_point_stand_apart() -> None:
    found = read(LIGHT, points=[row("bulb", "made", words(0))], evidence=[words(2), words(9)])
    assert found.also == (Quote("deep_dive", 9, 14, "light"),)


def test_a_choice_of_designs_has_a_line_for_each() -> None:
    found = read(LIGHT, points=[row("cable", "missing"), row("bulb", "choice"), row("fuse", "choice")])
    assert found.missing == ("Say where the cable lies.",)
    assert found.one_of == ("Say what a bulb does.", "Say what a fuse is for.")
    assert found.open == ("Say where the cable lies.", "Say what a bulb does.")


def test_a_mark_of_an_earlier_engine_keeps_its_quotes_and_what_it_misses() -> None:
    found = read(LIGHT, evidence=[words(0)], unsure=["Say who switches."], missing=["Say what a fuse is for."])
    assert found.found == ()
    assert [p.asks for p in found.nearly] == [("Say who switches.",)]
    assert found.nearly[0].quotes == ()
    assert found.missing == ("Say what a fuse is for.",)
    assert len(found.also) == 1
