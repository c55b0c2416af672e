"""What is said of a criterion: which points count, what is there, and what is asked for."""

from catalog.spec import Criterion, Point
from scoring.engine import explain
from scoring.engine.context import Finding
from scoring.engine.levels import Made, Scored
from scoring.engine.types import Evidence, PointResult

WORDS = Evidence("deep_dive", 0, 9, "Some words")


def point(key: str, design: str | None = None) -> Point:
    return Point(key=key, design=design, missing=f"Say {key}.", statements=("One two.", "Three four.", "Five six."))


def judged(strengths: dict[str, Finding], *points: Point) -> tuple[PointResult, ...]:
    criterion = Criterion(
        key="c",
        title="C",
        looks_for="c",
        anchors=dict.fromkeys(range(5), "a"),
        points=points,
        why="w",
        follow_up="f",
        study="s",
    )
    made = tuple(Made(p.key, p.weight, strengths[p.key].strength, p.design or "") for p in points)
    return explain.points(criterion, strengths, Scored("c", "deep_dive", 1.0, made))


ALTERNATIVES = (point("shared"), point("push", "push"), point("late", "push"), point("pull", "pull"))


def test_a_point_is_made_partly_made_unsure_or_missing():
    findings = {
        "a": Finding(0.5, (WORDS,)),
        "b": Finding(0.3, (WORDS,)),
        "c": Finding(0.1, others=(WORDS,), near=True),
        "d": Finding(0.1, (WORDS,)),
    }
    rows = judged(findings, *(point(key) for key in findings))
    assert [row.state for row in rows] == ["made", "partly", "unsure", "missing"]
    assert [bool(row.evidence) for row in rows] == [True, True, True, False]
    assert explain.asked(rows, "missing") == ("Say d.",)
    assert explain.asked(rows, "partly", "unsure") == ("Say b.", "Say c.")


def test_nobody_is_asked_for_the_design_they_did_not_choose():
    findings = {"shared": Finding(), "push": Finding(0.8, (WORDS,)), "late": Finding(), "pull": Finding()}
    rows = judged(findings, *ALTERNATIVES)
    assert explain.asked(rows, "missing") == ("Say shared.", "Say late.")


def test_where_no_design_is_begun_one_of_them_is_asked_for():
    rows = judged(dict.fromkeys(("shared", "push", "late", "pull"), Finding()), *ALTERNATIVES)
    assert [(row.key, row.state) for row in rows] == [("shared", "missing"), ("push", "choice"), ("pull", "choice")]
    assert explain.missing(rows) == ("Say shared.", "One of these designs. Say push. Or: Say pull.")


def test_designs_that_begin_with_the_same_leave_no_choice() -> None:
    alike = (point("push", "push"), point("pull", "pull").model_copy(update={"missing": "Say push."}))
    rows = judged(dict.fromkeys(("push", "pull"), Finding()), *alike)
    assert explain.missing(rows) == ("Say push.",)


def test_the_count_of_points_is_that_of_one_design():
    findings = {"shared": Finding(0.9), "push": Finding(0.8), "late": Finding(0.3), "pull": Finding()}
    said = explain.summary(judged(findings, *ALTERNATIVES), 3, 3.0, capped=False)
    assert said == "Two of three points are made, one in part."
