"""The number beside the band, and what stands in the way where no single point lifts it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from scoring import presentation
from scoring.engine.types import Note, Result
from tests.scoring.test_presentation import judged_as, page

__all__ = ["judged_as"]

MISSING = "Say what a lamp does when it is switched on."


def standing(overall: float, band: Any, low: float, high: float) -> Any:
    """A result at this overall, with something missing from every criterion."""
    return lambda result: replace(missing(result), overall=overall, band=band, range=(low, high), lift=None)


def missing(result: Result) -> Result:
    steps = tuple(
        replace(step, criteria=tuple(replace(c, mark=2.0, points=(), missing=(MISSING,)) for c in step.criteria))
        for step in result.steps
    )
    return replace(result, steps=steps)


def nothing(result: Result) -> Result:
    """As of an answer that is about something else: no step has a mark, for one and the same reason."""
    steps = tuple(
        replace(
            step,
            mark=None,
            low=None,
            high=None,
            scorable=False,
            reason="This seems to be about another system.",
            criteria=tuple(replace(c, mark=None, evidence=(), points=()) for c in step.criteria),
        )
        for step in result.steps
    )
    return replace(result, overall=None, range=None, band=None, level=None, lift=None, steps=steps)


@pytest.mark.django_db
def test_the_overall_stands_with_its_range_below_the_band(judged_as: Any) -> None:
    html = page(judged_as(standing(62.6, "solid", 48.5, 75.1)))
    assert "<b>63</b> of 100 overall, likely 48 to 75." in html
    assert ">48–75</text>" in html
    assert "reaches into Developing and Strong:" in html
    assert html.index('id="verdict"') < html.index("of 100 overall")


@pytest.mark.django_db
def test_rounding_never_carries_the_overall_into_the_next_band(judged_as: Any) -> None:
    assert presentation.build(judged_as(standing(69.6, "solid", 60.0, 69.9))).overall_text == "69.6"


@pytest.mark.django_db
def test_where_no_single_point_lifts_the_band_the_two_that_count_most_are_named(judged_as: Any) -> None:
    view = presentation.build(judged_as(standing(30.0, "developing", 20.0, 40.0)))
    assert view.obstacle
    assert "Solid begins at 50, and this stands at 30." in view.obstacle.text
    assert [one.asks for one in view.obstacle.nearest] == [MISSING, MISSING]
    assert view.obstacle.nearest[0].worth >= view.obstacle.nearest[1].worth > 0
    html = page(view.evaluation)
    assert "What stands in the way" in html
    assert html.index("These count most:") < html.index(f"<b>{MISSING}</b>")


@pytest.mark.django_db
def test_nothing_is_said_to_count_most_where_nothing_is_open(judged_as: Any) -> None:
    view = presentation.build(judged_as(lambda result: replace(result, overall=30.0, band="developing", lift=None)))
    assert view.obstacle
    assert view.obstacle.nearest == ()
    assert "count most" not in page(view.evaluation)


@pytest.mark.django_db
def test_above_the_highest_band_there_is_nothing_to_reach(judged_as: Any) -> None:
    view = presentation.build(judged_as(standing(90.0, "exceptional", 86.0, 94.0)))
    assert view.obstacle
    assert view.obstacle.title == "Nothing above this"


@pytest.mark.django_db
def test_what_holds_the_whole_answer_down_stands_in_the_way_first(judged_as: Any) -> None:
    def capped(result: Result) -> Result:
        note = Note("guard", "No step stands above 1.")
        low: Result = standing(20.0, "not_yet", 10.0, 30.0)(result)
        return replace(low, steps=tuple(replace(step, notes=(note,)) for step in low.steps))

    view = presentation.build(judged_as(capped))
    assert view.obstacle
    assert "holds every step down" in view.obstacle.text


@pytest.mark.django_db
def test_a_wrong_claim_comes_before_what_is_missing(judged_as: Any) -> None:
    def wrong(result: Result) -> Result:
        low: Result = standing(30.0, "developing", 20.0, 40.0)(result)
        first = low.steps[0]
        rows = (replace(first.criteria[0], notes=(Note("mistake", "No."),)), *first.criteria[1:])
        return replace(low, steps=(replace(first, criteria=rows), *low.steps[1:]))

    view = presentation.build(judged_as(wrong))
    assert view.obstacle
    assert "What is marked as wrong in 1.1 holds the mark there down" in view.obstacle.text


@pytest.mark.django_db
def test_one_step_has_its_own_mark_and_names_what_counts_most(judged_as: Any) -> None:
    view = presentation.build(judged_as(missing, asked=("deep_dive",)))
    html = page(view.evaluation)
    assert view.obstacle
    assert "What counts most now" in html
    assert re.search(r'id="verdict">Deep dive <small>[\d.]+ of 4', html)
    assert html.count('<details class="criterion"') > html.count(" open>") > 0
    assert "of 100 overall" not in html


@pytest.mark.django_db
def test_where_nothing_could_be_scored_the_reason_is_said_once(judged_as: Any) -> None:
    view = presentation.build(judged_as(nothing))
    assert view.obstacle is None
    assert page(view.evaluation).count("This seems to be about another system.") == 1
