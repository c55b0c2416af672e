"""What is read in C is what Python would have read: the data, the lines, and the words for what is wrong."""

import pytest
import yaml

from catalog import loader, yaml_lines

QUESTION = (loader.default_root() / "url-shortener" / "question.yaml").read_text(encoding="utf-8")
BROKEN = (
    "a: [1, 2",
    "a: {b: 1\nc: 2",
    "a: 'open\nb: 1",
    "a: 1\n b: 2",
    "a: \tb",
    "a: two\twords",
    "a: *nobody",
    "a: 1\n---\nb: 2",
    "a: \x01",
    "a: 2026-02-30",
    "a: 1\nb: 2\na: 3",
    "a: &a [*a]",
    "[" * 50_000,
    "- " * 50_000 + "a",
    "",
)


def said(text: str) -> object:
    try:
        return yaml_lines.load(text)
    except yaml_lines.YamlError as error:
        return error.line, str(error)


def in_python(text: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(yaml_lines, "_Quick", yaml.SafeLoader)
        return said(text)


def test_a_question_is_the_same_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert yaml_lines._Quick is not yaml.SafeLoader
    assert said(QUESTION) == in_python(QUESTION, monkeypatch)


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:12].encode("unicode_escape").decode())
def test_what_is_wrong_is_said_in_the_same_words(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = said(text)
    assert isinstance(found, tuple)
    assert isinstance(found[1], str)
    assert found == in_python(text, monkeypatch)
