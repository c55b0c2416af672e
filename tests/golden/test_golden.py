"""No mark changes unnoticed: a change that is meant raises a version, and the golden files are written anew.

`python -m tests.golden.write` writes them, with `--check` it compares all of them. Here one text in three of a question
is read by meaning and one in two by words, and all of them in a soak.
"""

from functools import cache
from typing import Any

import pytest

from scoring.engine.encoder import Encoder
from tests.golden import marks
from tests.scoring.engine import own
from tests.soaking import one_in

# Integer kernels differ between CPUs, so with the encoder a few marks may lie half a mark beside.
MOST_MOVED = 0.02
MOST_BY = 0.5
# A step, and the overall, as a share of its range.
MOST_OF_ALL = 0.03

RAISE = "raise ENGINE_VERSION or the calibration's VERSION, then: python -m tests.golden.write"
WRITE = "write the golden files anew: python -m tests.golden.write"
BOTH = (marks.WORDS, marks.MEANING)
EVERY = {marks.WORDS: 2, marks.MEANING: 3}
EACH = pytest.mark.parametrize("slug", own.SLUGS)


@cache
def golden(by: str) -> dict[str, Any]:
    return marks.written(by)


@cache
def now(slug: str, by: str) -> marks.Marks:
    return marks.of_question(slug, _encoder(by), only=chosen(slug, by))


def chosen(slug: str, by: str) -> frozenset[str]:
    """The texts that are scored: of each question other ones."""
    names = [name for name, _ in own.texts(slug)]
    return frozenset(one_in(EVERY[by], names, turn=own.SLUGS.index(slug)))


def then(slug: str, by: str) -> dict[str, dict[str, float | None]]:
    """The marks that were written down; skips where the file is of other versions or another rubric."""
    found = golden(by)
    if found["versions"] != marks.versions(_encoder(by)) or found["questions"].get(slug) != marks.digests()[slug]:
        pytest.skip("of another version or rubric, which has a test of its own")
    return {name: found["marks"][f"{slug}/{name}"] for name in chosen(slug, by)}


def _encoder(by: str) -> Encoder | None:
    return own.encoder() if by == marks.MEANING else None


@pytest.mark.parametrize("by", BOTH)
def test_the_golden_files_are_those_of_these_versions(by: str) -> None:
    assert golden(by)["versions"] == marks.versions(_encoder(by)), WRITE


@pytest.mark.parametrize("by", BOTH)
def test_the_golden_files_are_those_of_these_rubrics_and_texts(by: str) -> None:
    assert golden(by)["questions"] == marks.digests(), WRITE
    assert set(golden(by)["marks"]) == {f"{slug}/{name}" for slug in own.SLUGS for name, _ in own.texts(slug)}


@EACH
@pytest.mark.soak
def test_no_mark_by_words_has_changed(slug: str) -> None:
    changed = marks.differences(then(slug, marks.WORDS), now(slug, marks.WORDS))
    assert not changed, "\n".join([RAISE, *changed])


@EACH
@pytest.mark.soak
def test_no_mark_by_meaning_has_moved_by_more_than_kernels_do(slug: str) -> None:
    before, after = then(slug, marks.MEANING), now(slug, marks.MEANING)
    changed = marks.differences(before, after)
    assert max(marks.moved(before, after)) <= MOST_BY, "\n".join([RAISE, *changed])
    for name, row in after.items():
        for key in marks.AS_A_WHOLE:
            top = 100 if key == "overall" else 4
            assert abs((row[key] or 0) - (before[name][key] or 0)) <= MOST_OF_ALL * top, (name, key)


@pytest.mark.gathers
@pytest.mark.soak
def test_nearly_no_mark_by_meaning_has_moved_at_all() -> None:
    found = [gap for s in own.SLUGS for gap in marks.moved(then(s, marks.MEANING), now(s, marks.MEANING))]
    assert sum(gap > 0 for gap in found) <= MOST_MOVED * len(found), RAISE


def test_a_changed_mark_is_explained_by_a_version_or_a_rubric_and_by_nothing_else() -> None:
    before = {
        "versions": {"engine": "1"},
        "questions": {"a": "x", "b": "x"},
        "marks": {"a/t": {"k": 1}, "b/t": {"k": 1}},
    }
    after = {**before, "marks": {"a/t": {"k": 2}, "b/t": {"k": 2}}}
    assert marks.unexplained(before, after) == ["a/t: k 1 → 2", "b/t: k 1 → 2"]
    assert marks.unexplained(before, {**after, "questions": {"a": "y", "b": "x"}}) == ["b/t: k 1 → 2"]
    assert marks.unexplained(before, {**after, "versions": {"engine": "2"}}) == []
    assert marks.unexplained(before, before) == []


def test_any_difference_is_named() -> None:
    before: marks.Marks = {"a": {"x": 1.0, "y": 2.0, "z": None}, "gone": {"x": 1.0}}
    after: marks.Marks = {"a": {"x": 1.0, "y": 2.5, "z": 0.0}, "new": {"x": None}}
    assert marks.differences(before, after) == [
        "a: y 2 → 2.5",
        "a: z not scorable → 0",
        "gone: x 1 → absent",
        "new: x absent → not scorable",
    ]
    assert sorted(marks.moved(before, after)) == [0.0, 0.5, 99.0, 99.0, 99.0]
    assert list(marks.moved(before, before)) == [0.0] * 4
