"""The marks of all own texts as they are now, and as they were written down."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from catalog.steps import STEPS
from scoring.engine import ENGINE_VERSION, calibration
from scoring.engine.encoder import Encoder
from tests.scoring.engine import own

HOME = Path(__file__).parent
AS_A_WHOLE = frozenset(["overall", *(step.key for step in STEPS)])
WORDS = "words"
MEANING = "meaning"

# Text → criterion → mark; no mark where a step cannot be scored. Steps and `overall` stand among the criteria.
Marks = dict[str, dict[str, float | None]]


def now(encoder: Encoder | None) -> Marks:
    """Every model answer, example and probe, scored by the engine as it is."""
    return {f"{slug}/{name}": marks for slug in own.SLUGS for name, marks in of_question(slug, encoder).items()}


def of_question(slug: str, encoder: Encoder | None, only: Collection[str] | None = None) -> Marks:
    texts = ((name, text) for name, text in own.texts(slug) if only is None or name in only)
    return {name: dict(_of_text(slug, text, encoder)) for name, text in texts}


def _of_text(slug: str, text: str, encoder: Encoder | None) -> Iterator[tuple[str, float | None]]:
    result = own.scored(slug, own.answer(text), encoder)
    yield "overall", result.overall
    for step in result.steps:
        yield step.step, step.mark
        yield from ((criterion.key, criterion.mark) for criterion in step.criteria)


def versions(encoder: Encoder | None) -> dict[str, str]:
    """What a mark hangs on besides the answer: with any of these changed, another golden file is due."""
    return {
        "engine": ENGINE_VERSION,
        "calibration": calibration.VERSION,
        "encoder": encoder.fingerprint if encoder else WORDS,
    }


@cache
def digests() -> dict[str, str]:
    """Question → what its rubric and its texts hash to: other words may get other marks from the same engine."""
    return {slug: hashlib.sha256(_content(slug).encode()).hexdigest()[:16] for slug in own.SLUGS}


def _content(slug: str) -> str:
    return json.dumps([own.question(slug).model_dump(mode="json"), list(own.texts(slug))], sort_keys=True)


def record(encoder: Encoder | None) -> dict[str, Any]:
    """What a golden file holds."""
    return {"versions": versions(encoder), "questions": digests(), "marks": now(encoder)}


def unexplained(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Changes of marks that neither a raised version nor another rubric or text accounts for."""
    if before["versions"] != after["versions"]:
        return []
    same = {slug for slug, digest in after["questions"].items() if before["questions"].get(slug) == digest}
    old, new = ({n: row for n, row in r["marks"].items() if n.split("/", 1)[0] in same} for r in (before, after))
    return differences(old, new)


def path(by: str) -> Path:
    return HOME / f"{by}.json"


def written(by: str) -> dict[str, Any]:
    """A record as it was written down."""
    found: dict[str, Any] = json.loads(path(by).read_text(encoding="utf-8"))
    return found


def differences(before: Mapping[str, Mapping[str, float | None]], after: Marks) -> list[str]:
    """One line for each mark that is another, for each text or criterion that is gone or new."""
    lines = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        lines += [f"{name}: {key} {_show(old, key)} → {_show(new, key)}" for key in _changed(old, new)]
    return lines


def _changed(old: Mapping[str, float | None], new: Mapping[str, float | None]) -> list[str]:
    return [key for key in {**old, **new} if key not in old or key not in new or old[key] != new[key]]


def _show(marks: Mapping[str, float | None], key: str) -> str:
    if key not in marks:
        return "absent"
    return "not scorable" if (mark := marks[key]) is None else f"{mark:g}"


def moved(before: Mapping[str, Mapping[str, float | None]], after: Marks) -> Iterator[float]:
    """By how much each criterion's mark differs; without end where it is there on one side only."""
    for name in {*before, *after}:
        old, new = before.get(name, {}), after.get(name, {})
        for key in {*old, *new} - AS_A_WHOLE:
            a, b = old.get(key), new.get(key)
            yield (
                abs(a - b) if a is not None and b is not None else 0.0 if key in old and key in new and a == b else 99.0
            )
