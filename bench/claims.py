"""Who is accused of a wrong claim: `python bench/claims.py [FOLDER…]`, folders as in `bench/marked.py`.

Prints how many sentences are surely accused and how many doubted, in our own texts by kind and in marked answers by
the overall that people gave. What is accused in good texts is quoted, since most of it is accused wrongly.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import marked
from bench.gaming import PROBES, model_answer
from catalog import answer_file
from catalog.spec import Question
from scoring.engine import compose
from scoring.engine.types import Answer

GOOD, POOR = 50, 35


@dataclass
class Count:
    texts: int = 0
    sentences: int = 0
    accused: int = 0
    doubted: int = 0


def own_texts(question: Question) -> Iterator[tuple[str, Answer]]:
    yield "own, strong", model_answer(question)
    for example in question.examples:
        kind = "own, strong" if example.kind == "strong" else "own, middling and weak"
        yield kind, Answer(answer_file.steps_of(example.text))
    for path in sorted(PROBES.glob(f"*/{question.slug}*.md")):
        kind = "own, wrong on purpose" if path.parent.name == "wrong" else "own, strong"
        yield kind, Answer(answer_file.steps_of(path.read_text(encoding="utf-8")))


def marked_texts(path: Path) -> Iterator[tuple[str, str, Answer]]:
    for answer in marked.read(path):
        part = "good" if answer.overall >= GOOD else "poor" if answer.overall < POOR else "middling"
        yield answer.question, f"{path.name}, {part}", answer.answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args().folders
    encoder = marked.load_encoder()
    questions = marked.questions(marked.slugs())
    texts = [(slug, kind, answer) for slug, q in questions.items() for kind, answer in own_texts(q)]
    texts += [row for path in folders for row in marked_texts(path)]
    counts: defaultdict[str, Count] = defaultdict(Count)
    for slug, kind, answer in texts:
        found = compose.measure(questions[slug], answer, encoder=encoder)
        count = counts[kind]
        count.texts += 1
        count.sentences += len(found.context.readings)
        for claimed in found.claimed:
            count.accused += claimed.sure
            count.doubted += not claimed.sure
            if claimed.sure and kind.endswith(("strong", "good")):
                print(f"  {kind}, {slug}: “{claimed.evidence.quote}” ({claimed.charge.key})")
    print(f"{'':24} {'texts':>6} {'sentences':>10} {'accused':>8} {'doubted':>8}")
    for kind, c in sorted(counts.items()):
        print(f"{kind:24} {c.texts:6} {c.sentences:10} {c.accused:8} {c.doubted:8}")


if __name__ == "__main__":
    main()
