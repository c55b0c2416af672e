"""Question folders → rows. The only code that writes questions and editions."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from catalog import folder, matching, spec, variants
from catalog.folder import Problem
from catalog.models import Card, Edition, Question, Reference, Topic


def default_pack() -> Path:
    """The folder of what we ship: questions, topics, cards and reference pages."""
    return Path(settings.BASE_DIR) / "fixtures"


def default_root() -> Path:
    return default_pack() / "questions"


def questions_of(root: Path) -> Path:
    """Where the questions of a pack lie: in `questions/`, or in the folder itself."""
    return root / "questions" if (root / "questions").is_dir() else root


class Taken(ValueError):
    """A name belongs to something live that was loaded from another folder; says whose it is and what to do."""

    def __init__(self, name: str, source: str) -> None:
        super().__init__(
            f"the name “{name}” belongs to {source}: rename this one, or load that folder; "
            f"if it was moved here, load with --moved-from {source}"
        )


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
    is live. Retiring needs the folder to be gone; a broken one stays as it was. What stays, of whichever folder,
    is listed and found as this version lists and finds.
    """
    loaded, source = Loaded(), source_of(root)
    for path in folder.question_folders(root):
        reading = folder.read(path)
        if reading.question is None:
            loaded.broken.append(reading.slug)
            loaded.problems += reading.problems
            continue
        try:
            changed = publish(reading.question, source=source)
        except Taken as error:
            loaded.broken.append(reading.slug)
            loaded.problems.append(reading.problem((), str(error)))
        else:
            (loaded.published if changed else loaded.unchanged).append(reading.slug)
    handled = {*loaded.published, *loaded.unchanged}
    loaded.retired = _retire(source, {*handled, *loaded.broken}, now=now)
    _list_anew(handled)
    return loaded


@transaction.atomic
def publish(question: spec.Question, *, source: str) -> bool:
    """Make `question` live; False when exactly this content already was, listed and found as it would be now.

    Raises Taken where the slug is that of a live question of another source.
    """
    content = question.model_dump(mode="json")
    digest = content_hash(content)
    listed = _listing(question)
    row, _ = Question.objects.select_related("edition").get_or_create(
        slug=question.slug, defaults={**listed, "source": source}
    )
    if row.source != source and row.retired_at is None:
        raise Taken(row.slug, row.source)
    is_listed = row.retired_at is None and not _stale(row, listed)
    if row.edition and row.edition.content_hash == digest and is_listed:
        return False
    latest = row.editions.order_by("-number").first()
    if latest is None or latest.content_hash != digest:
        number = latest.number + 1 if latest else 1
        latest = Edition.objects.create(question=row, number=number, content_hash=digest, content=content)
    for name, value in listed.items():
        setattr(row, name, value)
    row.edition, row.source, row.retired_at = latest, source, None
    row.save()
    return True


@transaction.atomic
def move(old: Path, new: Path) -> None:
    """What was loaded from `old`, a folder or a pack that lies at `new` today, belongs to `new`."""
    pack = old.parent if old.name == "questions" else old
    sources = [source_of(path) for path in (old, pack, pack / "questions")]
    Question.objects.filter(source__in=sources).update(source=source_of(questions_of(new)))
    for model in (Topic, Reference, Card):
        model.objects.filter(source__in=sources).update(source=source_of(new))


def source_of(root: Path) -> str:
    """The folder's name in rows: relative for our own, so that moving the checkout retires nothing."""
    root = root.resolve()
    base = Path(settings.BASE_DIR).resolve()
    return str(root.relative_to(base)) if root.is_relative_to(base) else str(root)


def content_hash(content: object) -> str:
    """The same for the same JSON, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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


def _stale(row: Question, listed: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in listed.items())


def _retire(source: str, present: Collection[str], *, now: datetime) -> list[str]:
    gone = Question.objects.filter(source=source, retired_at=None).exclude(slug__in=present)
    slugs = list(gone.values_list("slug", flat=True))
    gone.update(retired_at=now)
    return slugs


def _list_anew(handled: Collection[str]) -> None:
    """Rows that this load left alone, from their edition: an upgrade may list and search by other columns."""
    for row in Question.objects.live().exclude(slug__in=handled).select_related("edition"):
        if _stale(row, listed := _listing(row.current.spec)):
            # Filtered on the edition: who publishes another meanwhile lists that.
            Question.objects.filter(pk=row.pk, edition=row.edition).update(**listed)
