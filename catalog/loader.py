"""Question folders → rows. The only code that writes questions and editions."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from catalog import folder, matching, spec, variants
from catalog.folder import Problem
from catalog.models import Edition, Question


def default_pack() -> Path:
    """The folder of what we ship: questions, topics, cards and reference pages."""
    return Path(settings.BASE_DIR) / "fixtures"


def default_root() -> Path:
    return default_pack() / "questions"


def questions_of(root: Path) -> Path:
    """Where the questions of a pack lie: in `questions/`, or in the folder itself."""
    return root / "questions" if (root / "questions").is_dir() else root


@dataclass(slots=True)
class Loaded:
    """What one load changed, by slug."""

    published: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(root: Path, *, now: datetime) -> Loaded:
    """Publish what is new under `root`, retire what is gone from it, and leave alone what is broken.

    Each question is its own transaction: one broken file never holds back the others, and never changes what
    is live. Retiring needs the folder to be gone; a broken one stays as it was.
    """
    loaded, source = Loaded(), source_of(root)
    for path in folder.question_folders(root):
        reading = folder.read(path)
        if reading.question is None:
            loaded.broken.append(reading.slug)
            loaded.problems += reading.problems
        elif publish(reading.question, source=source):
            loaded.published.append(reading.slug)
        else:
            loaded.unchanged.append(reading.slug)
    present = {*loaded.published, *loaded.unchanged, *loaded.broken}
    loaded.retired = _retire(source, present, now=now)
    return loaded


@transaction.atomic
def publish(question: spec.Question, *, source: str) -> bool:
    """Make `question` live; False when exactly this content already was, listed and found as it would be now."""
    content = question.model_dump(mode="json")
    content_hash = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    listed = _listing(question)
    row, _ = Question.objects.select_related("edition").get_or_create(
        slug=question.slug, defaults={**listed, "source": source}
    )
    is_listed = row.retired_at is None and all(getattr(row, name) == value for name, value in listed.items())
    if row.edition and row.edition.content_hash == content_hash and is_listed:
        return False
    latest = row.editions.order_by("-number").first()
    if latest is None or latest.content_hash != content_hash:
        number = latest.number + 1 if latest else 1
        latest = Edition.objects.create(question=row, number=number, content_hash=content_hash, content=content)
    for name, value in listed.items():
        setattr(row, name, value)
    row.edition, row.source, row.retired_at = latest, source, None
    row.save()
    return True


def _listing(question: spec.Question) -> dict[str, object]:
    summary = variants.fill(question.summary, question, 0)
    return {
        "kind": question.kind,
        "difficulty": question.difficulty,
        "title": question.title,
        "summary": summary,
        "challenge": question.challenge,
        "tags": list(question.tags),
        "topics": sorted({criterion.study for _, criterion in question.criteria()}),
        "search_text": matching.index(
            title=question.title,
            also=(*question.also, *question.tags, question.challenge, question.slug),
            summary=summary,
            body=variants.fill(question.brief, question, 0),
        ),
    }


def _retire(source: str, present: Iterable[str], *, now: datetime) -> list[str]:
    gone = Question.objects.filter(source=source, retired_at=None).exclude(slug__in=present)
    slugs = list(gone.values_list("slug", flat=True))
    gone.update(retired_at=now)
    return slugs


def source_of(root: Path) -> str:
    """The folder's name in rows: relative for our own, so that moving the checkout retires nothing."""
    root = root.resolve()
    base = Path(settings.BASE_DIR).resolve()
    return str(root.relative_to(base)) if root.is_relative_to(base) else str(root)
