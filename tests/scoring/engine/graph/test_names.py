"""What a label means: a component, a kind; and which labels can be stored at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.graph import names


def test_a_longer_name_hides_the_shorter_one(prepared):
    assert prepared.namer.components("metadata table") == {"table"}
    assert prepared.namer.components("app server cache") == {"api"}


@pytest.mark.parametrize(
    ("label", "shape", "kind"),
    [
        ("Redis cluster", "[", "cache"),
        ("Orders (Postgres)", "[(", "database"),
        ("Orders", "[[", "queue"),
        ("Orders", "[", "service"),
        ("Orders", "(", None),
        ("Load balancer: nginx", "[", "load_balancer"),
    ],
)
def test_words_decide_before_the_shape_does(label, shape, kind):
    assert names.kind_of(label, shape) == kind


def test_only_the_very_name_of_a_kind_is_one():
    assert names.kind_named("object_store") == "object_store"
    assert {names.kind_named(word) for word in ("Object store", "", None, 7)} == {None}


@settings(deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=400))
def test_any_label_can_be_stored_and_stands_on_one_line(label):
    kept = names.tidy(label)
    kept.encode()
    assert "\0" not in kept
    assert len(kept.splitlines()) <= 1
    assert len(kept) <= names.MAX_LABEL
    assert names.tidy(kept) == kept
