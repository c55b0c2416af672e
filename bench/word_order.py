"""Print the affinity table of scoring/engine/wordorder.py, learned from the catalog's own texts."""

import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scoring.engine import text, wordorder  # noqa: E402


def texts() -> list[str]:
    found = []
    for folder in sorted((ROOT / "fixtures" / "questions").iterdir()):
        if not (folder / "question.yaml").is_file():
            continue
        found.append((folder / "model-answer.md").read_text(encoding="utf-8"))
        question = yaml.safe_load((folder / "question.yaml").read_text(encoding="utf-8"))
        for rubric in question["steps"].values():
            for criterion in rubric["criteria"]:
                found += [statement for point in criterion["points"] for statement in point.get("statements", ())]
    return found


def main() -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    for body in texts():
        for sentence in text.read_section("body", body).sentences:
            classes = ["edge", *(wordorder.word_class(word) for word in sentence.words), "edge"]
            pairs.update(pairwise(classes))
    total = sum(pairs.values())
    left = {a: sum(n for (x, _), n in pairs.items() if x == a) for a in wordorder.CLASSES}
    right = {b: sum(n for (_, y), n in pairs.items() if y == b) for b in wordorder.CLASSES}
    print("_AFFINITY: Final = (")
    for a in wordorder.CLASSES:
        row = []
        for b in wordorder.CLASSES:
            expected = left[a] * right[b] / total
            row.append(max(-2.0, min(2.0, math.log((pairs[a, b] + 3) / (expected + 3)))))
        print(f"    ({', '.join(f'{value:.2f}' for value in row)}),  # {a}")
    print(")")


if __name__ == "__main__":
    main()
