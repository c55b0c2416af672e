"""`score_answer` keeps its contract; the sample is really scored."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog import answer_file, folder, loader
from catalog.steps import BY_KEY, STEPS
from scoring import encoding, sample
from scoring.models import Evaluation
from tests.scoring.engine import own
from tests.scoring.factories import score_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_words")]
QUESTIONS = loader.default_root()
BANDS = {"not_yet", "developing", "solid", "strong", "exceptional"}


def score(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    call_command("score_answer", *arguments, "--json")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_object_per_file_in_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(QUESTIONS / "chat" / "examples" / f"{kind}.md") for kind in ("strong", "weak")]
    records = score("--question", "chat", *files, capsys=capsys)
    assert [record["file"] for record in records] == files
    for record, file in zip(records, files, strict=True):
        assert set(record) == {
            *("file", "question", "edition", "variant", "engine", "encoder", "calibration"),
            *("overall", "range", "band", "level", "ask_mentor", "steps"),
        }
        assert (record["question"], record["variant"], record["encoder"]) == ("chat", 0, "words")
        assert 0 <= record["range"][0] <= record["overall"] <= record["range"][1] <= 100
        assert record["band"] in BANDS
        assert [step["step"] for step in record["steps"]] == list(BY_KEY)
        text = Path(file).read_text()
        for step in record["steps"]:
            assert set(step) == {"step", "mark", "scorable", "confidence", "criteria"}
            for criterion in step["criteria"]:
                assert set(criterion) == {"key", "mark", "confidence", "evidence", "missing"}
                for evidence in criterion["evidence"]:
                    assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


SLUGS = [path.name for path in folder.question_folders(QUESTIONS)]


def test_it_says_what_the_engine_finds(capsys: pytest.CaptureFixture[str]) -> None:
    """What that is for each question, `test_catalog_questions` asks."""
    examples = own.question("typeahead").examples
    files = [str(QUESTIONS / "typeahead" / "examples" / f"{example.key}.md") for example in examples]
    records = score("--question", "typeahead", *files, capsys=capsys)
    found = [own.scored("typeahead", own.answer(example.text), None).overall for example in examples]
    assert [record["overall"] for record in records] == found


def test_a_text_without_headings_is_one_body(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = (QUESTIONS / "chat" / "model-answer.md").read_text()
    body = "\n\n".join(section.text for section in answer_file.split(model))
    file = tmp_path / "body.md"
    file.write_text(body)
    (record,) = score("--question", "chat", str(file), capsys=capsys)
    assert record["overall"] > 50
    quotes = [e for s in record["steps"] for c in s["criteria"] for e in c["evidence"]]
    assert quotes
    assert all(body[e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_offsets_are_those_of_the_file_whatever_its_line_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dos.md"
    text = (QUESTIONS / "chat" / "examples" / "strong.md").read_text().replace("\n", "\r\n")
    file.write_bytes(text.encode())
    (record,) = score("--question", "chat", str(file), capsys=capsys)
    quotes = [e for s in record["steps"] for c in s["criteria"] for e in c["evidence"]]
    assert quotes
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in quotes)


@pytest.mark.parametrize("text", ["", "   \n", "## Requirements\n\n## Estimation\n\n## Deep dive\n"])
def test_nothing_is_not_scorable(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty.md"
    file.write_text(text)
    (record,) = score("--question", "chat", str(file), capsys=capsys)
    assert (record["overall"], record["range"], record["band"], record["level"]) == (None, None, None, None)
    assert {step["mark"] for step in record["steps"]} == {None}
    assert {step["scorable"] for step in record["steps"]} == {False}


def test_an_unknown_question_is_named_with_those_that_exist() -> None:
    with pytest.raises(CommandError, match=f"no question “nope”; known: {', '.join(SLUGS)}"):
        call_command("score_answer", "--question", "nope", "x.md")


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(QUESTIONS / "chat" / "examples" / "weak.md")
    with pytest.raises(CommandError, match=r"missing\.md"):
        call_command("score_answer", "--question", "chat", str(tmp_path / "missing.md"), good, "--json")
    assert json.loads(capsys.readouterr().out)["file"] == good


def test_the_model_is_named_where_it_scored(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.SCORING_ENCODER = "minilm"
    encoding.encoder.cache_clear()
    (record,) = score("--question", "chat", str(QUESTIONS / "chat" / "examples" / "weak.md"), capsys=capsys)
    assert record["encoder"] == encoding.fingerprint() != "words"


def test_the_sample_is_queued_once_per_edition_and_shown_when_scored(client: Client) -> None:
    page = reverse("scoring:sample")
    loader.load(QUESTIONS, now=timezone.now())
    assert sample.load(now=timezone.now())
    assert not sample.load(now=timezone.now())
    assert "still being scored" in client.get(page).content.decode()
    assert sample.excerpt() is None
    score_now(Evaluation.objects.get(submission__is_sample=True))
    text = client.get(page).content.decode()
    assert "still being scored" not in text
    assert 'class="ev"' in text
    assert all(step.title in text for step in STEPS)
    assert "scored by the rules" in client.get(reverse("landing")).content.decode()


def test_a_file_that_answers_one_step_is_scored_as_that_step_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = answer_file.steps_of((QUESTIONS / "chat" / "examples" / "strong.md").read_text())
    file = tmp_path / "drill.md"
    file.write_text("## Deep dive (20 min)\n\n" + texts["deep_dive"])
    (record,) = score("--question", "chat", "--step", "deep_dive", str(file), capsys=capsys)
    assert (record["overall"], record["band"], record["level"]) == (None, None, None)
    (step,) = record["steps"]
    assert step["step"] == "deep_dive"
    assert step["mark"] >= 2
    quotes = [e for c in step["criteria"] for e in c["evidence"]]
    assert all(file.read_text()[e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_a_file_with_few_headings_is_read_as_one_text_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "drill.md"
    file.write_text("## Deep dive\n\nEach message gets a sequence number per conversation.\n")
    call_command("score_answer", "--question", "chat", str(file))
    assert "only Deep dive is headed as a step" in capsys.readouterr().err
