from hypothesis import given
from hypothesis import strategies as st

from interview import splice
from interview.splice import Splice


def test_a_typed_word_is_a_small_splice() -> None:
    assert splice.between("one two", "one and two") == Splice(4, "", "and ")


def test_nothing_changed_is_an_empty_splice() -> None:
    assert splice.between("same", "same") == Splice(4, "", "")


def test_repeated_letters_do_not_overlap() -> None:
    assert splice.apply("aaa", splice.between("aaa", "aa")) == "aa"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_change_can_be_applied_and_undone(before: str, after: str) -> None:
    change = splice.between(before, after)
    assert splice.apply(before, change) == after
    assert splice.undo(after, change) == before
