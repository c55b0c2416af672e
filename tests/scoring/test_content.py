import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog import loader, rules
from catalog.spec import Question
from scoring import content, encoding
from scoring.engine.types import Result
from tests.catalog.factories import make_spec
from tests.scoring import live
from tests.scoring.engine import own


@pytest.mark.usefixtures("by_words")
def test_a_model_answer_that_says_nothing_is_named_step_by_step() -> None:
    found = [message for path, message in content.own_texts_score(make_spec()) if path == ("model_answer",)]
    assert len(found) == 5
    assert all("3.5 is needed" in message for message in found)


@pytest.mark.usefixtures("by_words")
def test_an_example_out_of_its_band_and_a_criterion_that_nothing_reaches_are_named() -> None:
    found = dict(content.own_texts_score(make_spec()))
    assert "a strong example lies between 80 and 100" in found["examples", "strong"]
    assert ("examples", "weak") not in found
    assert "reached by no text" in found["steps", "deep_dive", "criteria", 0]


def test_a_thorough_check_of_a_question_asks_for_it() -> None:
    assert content.own_texts_score in rules.registered


@pytest.mark.parametrize("slug", live.SLUGS)
def test_our_own_texts_get_what_they_are_there_to_show(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(question: Question, text: str) -> Result:
        """Scored once for all tests of the question; `check_catalog` scores it anew."""
        return live.scored(slug, own.answer(text), live.encoder())

    monkeypatch.setattr(content, "judge", judge)
    assert list(content.own_texts_score(live.question(slug))) == []


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for slug in ("rate-limiter", "typeahead"):
        shutil.copytree(loader.default_root() / slug, tmp_path / "questions" / slug)
    return tmp_path


def test_the_table_of_own_texts_passes_where_each_is_in_its_band(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoding, "encoder", live.encoder)
    call_command("own_texts", str(pack))
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["question", "model", "strong", "middling", "weak", "another's"]
    assert [row.split()[0] for row in rows] == ["rate-limiter", "typeahead"]
    for row in rows:
        _, model, strong, middling, weak, another, whose = row.split()
        assert float(model) >= 3.5
        assert float(strong) >= 80 > float(middling) > float(weak)
        assert float(another) <= 10
        assert whose in ("rate-limiter", "typeahead")


@pytest.mark.usefixtures("by_words")
def test_the_table_fails_on_a_text_out_of_its_band_and_on_what_cannot_be_read(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "questions" / "typeahead" / "model-answer.md").unlink()
    examples = pack / "questions" / "rate-limiter" / "examples"
    weak = (examples / "weak.md").read_text(encoding="utf-8")
    (examples / "strong.md").write_text(weak.replace("weak", "strong"), encoding="utf-8")
    with pytest.raises(CommandError, match="1 beyond a bar, 1 not readable, of 2"):
        call_command("own_texts", str(pack), "--own")
    captured = capsys.readouterr()
    assert "not asked" in captured.out
    assert "model-answer.md:1" in captured.err
