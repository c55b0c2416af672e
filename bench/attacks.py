"""Texts that try to get marks without an answer, and changes of a strong answer that should not move its marks.

Everything is made from a question's own texts, in memory, and is the same on every run. `python bench/attacks.py`
scores it all, with the probes of the tests, and says what is beyond its bar; `--write` keeps those for the tests,
which expect them to fail.
"""

import argparse
import math
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice, permutations
from pathlib import Path
from statistics import fmean
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import marked
from catalog import answer_file, variants
from catalog.spec import Criterion, Question
from catalog.steps import ESTIMATION, HIGH_LEVEL_DESIGN, STEPS
from scoring.engine import score
from scoring.engine.concepts import Encodes
from scoring.engine.text import Section, read_section
from scoring.engine.types import Answer

Attack = Callable[[Question], Answer]
Change = Callable[[Answer], Answer]
Rewrite = Callable[[str, str], str]
# One figure of a row, and the question it belongs to, or the pair `question < whose answer`.
Figure = tuple[str, float]

TESTS: Final = Path(__file__).resolve().parent.parent / "tests" / "scoring"
PROBES: Final = TESTS / "probes"
SHORT: Final = TESTS / "short_of_the_bar.tsv"
SEED: Final = "attacks"

ANOTHER_ANSWER: Final = "another question's answer"
SHUFFLED: Final = "words shuffled, % of its score"
MOVED: Final = "moved by: "
WRONG: Final = "fluent and wrong"
DESIGNS: Final = "two designs, apart by"
PLAIN: Final = "plain words, mean mark"
ALL: Final = "all questions"
BARS: Final = {SHUFFLED: 40.0, WRONG: 40.0, DESIGNS: 8.0, PLAIN: 3.0}
BAR_OF_ATTACKS: Final = 12.0
BAR_OF_CHANGES: Final = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", action="store_true", help="without the encoder")
    parser.add_argument("--write", action="store_true", help=f"what is beyond its bar, into {SHORT.name}")
    arguments = parser.parse_args()
    questions = marked.questions({p.name for p in marked.QUESTIONS.iterdir() if (p / "question.yaml").is_file()})
    encoder = None if arguments.words else load_encoder()
    rows = {**figures(questions, encoder), **probed(questions, encoder)}
    for name, found in rows.items():
        show(name, found)
    if arguments.write:
        write(rows)


def load_encoder() -> Encodes:
    from scoring.engine.encoder import Encoder

    return Encoder()


def show(name: str, found: Sequence[Figure]) -> None:
    values = [value for _, value in found]
    print(f"{name:45} mean {sum(values) / len(values):5.1f}  highest {max(values):5.1f}  n={len(values)}")
    for slug, value in sorted(beyond(name, found).items()):
        print(f"    {slug:40} {value:6.2f}  beyond {bar(name):g}")


def write(rows: Mapping[str, Sequence[Figure]]) -> None:
    lines = [f"{name}\t{slug}\t{v:.2f}\n" for name, found in rows.items() for slug, v in beyond(name, found).items()]
    SHORT.write_text("row\tquestion\tmeasured\n" + "".join(lines), encoding="utf-8")


def bar(row: str) -> float:
    return BARS.get(row, BAR_OF_CHANGES if row.startswith(MOVED) else BAR_OF_ATTACKS)


def beyond(row: str, found: Sequence[Figure]) -> dict[str, float]:
    """Question → its figure, where that is on the wrong side of the bar."""
    return {slug: value for slug, value in found if (value < bar(row) if row == PLAIN else value > bar(row))}


def table(questions: Mapping[str, Question], encoder: Encodes | None) -> dict[str, list[float]]:
    """Row → a value for each question, or pair of questions.

    Attacks: the overall. Changes of the strong example: by how many points the overall moves. Shuffled: the share
    of the original that is left, of 100.
    """
    return {name: [value for _, value in found] for name, found in figures(questions, encoder).items()}


def figures(questions: Mapping[str, Question], encoder: Encodes | None) -> dict[str, list[Figure]]:
    every = list(questions.values())
    rows = {name: [(q.slug, overall(q, attack(q), encoder)) for q in every] for name, attack in ATTACKS.items()}
    rows[ANOTHER_ANSWER] = [
        (pair(q.slug, o.slug), overall(q, model_answer(o), encoder)) for q, o in permutations(every, 2)
    ]
    strong = {q.slug: strong_answer(q) for q in every}
    before = {q.slug: overall(q, strong[q.slug], encoder) for q in every}
    after = {q.slug: overall(q, shuffled(strong[q.slug]), encoder) for q in every}
    rows[SHUFFLED] = [(slug, 100 * after[slug] / before[slug] if before[slug] else 0.0) for slug in before]
    for name, change in CHANGES.items():
        changed = {q.slug: overall(q, change(strong[q.slug]), encoder) for q in every}
        rows[MOVED + name] = [(slug, abs(changed[slug] - before[slug])) for slug in changed]
    return rows


def probed(questions: Mapping[str, Question], encoder: Encodes | None) -> dict[str, list[Figure]]:
    """The same of the probes: the overall of what is wrong, how far two good designs stand apart, plain words."""
    marks = [fmean(step_marks(question, probe(f"plain/{slug}.md"), encoder)) for slug, question in questions.items()]
    rows: dict[str, list[Figure]] = {WRONG: [], DESIGNS: [], PLAIN: [(ALL, fmean(marks))]}
    for slug, question in questions.items():
        rows[WRONG].append((slug, overall(question, probe(f"wrong/{slug}.md"), encoder)))
        designs = [overall(question, probe(f"designs/{name}"), encoder) for name in designs_of(slug)]
        if designs:
            rows[DESIGNS].append((slug, max(designs) - min(designs)))
    return rows


def probe(name: str) -> Answer:
    return Answer(answer_file.steps_of((PROBES / name).read_text(encoding="utf-8")))


def designs_of(slug: str) -> list[str]:
    return sorted(path.name for path in (PROBES / "designs").glob(f"{slug}.*.md"))


def overall(question: Question, answer: Answer, encoder: Encodes | None) -> float:
    """0 to 100; an answer that cannot be scored gets nothing."""
    return score(question, answer, encoder=encoder).overall or 0.0


def step_marks(question: Question, answer: Answer, encoder: Encodes | None) -> list[float]:
    return [step.mark or 0.0 for step in score(question, answer, encoder=encoder).steps]


def pair(question: str, other: str) -> str:
    return f"{question} < {other}"


def model_answer(question: Question) -> Answer:
    return Answer(answer_file.steps_of(question.model_answer))


def strong_answer(question: Question) -> Answer:
    """The marked strong example: better than most, and not so good that marks have nowhere to go."""
    return Answer(answer_file.steps_of(next(e.text for e in question.examples if e.kind == "strong")))


# Attacks: terms


def terms(question: Question, step: str) -> list[str]:
    """What the rubric of a step calls things, each once; for the design the names of its parts as well."""
    points = [p for s, c in question.criteria() if s == step for p in c.points]
    found = [term for point in points for term in point.terms]
    if step == ESTIMATION:
        found += [text for q in question.quantities for text in (q.label, *q.cues)]
    if step == HIGH_LEVEL_DESIGN:
        found += [name for component in question.components for name in component.names]
    return list(dict.fromkeys(found))


def _with_terms(write: Callable[[Sequence[str]], str]) -> Attack:
    return lambda question: Answer({step.key: write(terms(question, step.key)) for step in STEPS})


_FRAMES: Final = (
    "The system relies on {} together with {}, while {} works with {}.",
    "For this design we choose {} and {}, supported by {} and {}.",
    "Because of the load there is {}, then {}, and {} next to {}.",
    "Our solution combines {} with {} so that {} and {} are covered.",
    "Using {} we get {}, which means {} is handled by {}.",
)


_LONG_FRAMES: Final = (
    "When many people use the product at the same moment, {} is what keeps it quick for all of them.",
    "After a careful look at the numbers the team would choose {}, because it fits this kind of load best.",
    "One part of the answer is {}, which every engineer who has built something like this would expect to see.",
    "It is worth the effort to have {} from the first day, since adding it later costs much more.",
    "Behind the main service stands {}, so that nothing bad happens when a machine is slow or goes away.",
    "If somebody asks why {} is there: it makes the whole thing safer and easier to change.",
    "Our customers never see {}, yet without it they would soon notice that something is missing.",
)


def _framed(found: Sequence[str]) -> str:
    """Four terms to a sentence, the sentences in turn."""
    groups = [list(islice(cycle(found), i, i + 4)) for i in range(0, len(found), 4)]
    return " ".join(frame.format(*group) for frame, group in zip(cycle(_FRAMES), groups, strict=False))


def _wrapped(found: Sequence[str]) -> str:
    """One term to a long sentence that reads well and says nothing; the first sixteen terms."""
    return " ".join(frame.format(term) for frame, term in zip(cycle(_LONG_FRAMES), found[:16], strict=False))


def _spread(found: Sequence[str]) -> str:
    """Two terms to a long sentence, from all over the step: what somebody remembers who has read about it."""
    chosen = found[:: max(1, len(found) // 24)]
    pairs = zip(cycle(_LONG_FRAMES), chosen[::2], chosen[1::2], strict=False)
    return " ".join(frame.format(f"{a} with {b}") for frame, a, b in pairs)


def _glued(found: Sequence[str]) -> str:
    return " ".join(f"We use {a} and {b}." for a, b in zip(found[::2], [*found[1::2], "more"], strict=False))


_DENIALS: Final = ("There is no {}.", "{} is not needed.", "We leave out {} and do without it.", "No {} here.")


def _denied_in_turns(found: Sequence[str]) -> str:
    said = [denial.format(term) for denial, term in zip(cycle(_DENIALS), found, strict=False)]
    return " ".join(text[0].upper() + text[1:] for text in said)


# Attacks: what anybody could write


def prompt(question: Question, *, promise: str = "") -> Answer:
    """What a candidate has before their eyes: the brief, and what each step asks for and looks for."""
    brief = variants.fill(question.brief, question, 0)
    return Answer({s.key: f"{brief}\n\n{s.prompt}\n{_lines(s.looks_for)}\n\n{promise}".strip() for s in STEPS})


def told(question: Question) -> Answer:
    """What the interviewer answers, in every step."""
    answers = _lines([variants.fill(c.answer, question, 0) for c in question.clarifications])
    return Answer({step.key: answers for step in STEPS})


def rubric(question: Question) -> Answer:
    """What a first try is answered with: what the criteria of each step look for, and what was missing."""
    rows = [(step, text) for step, c in question.criteria() for text in (c.looks_for, c.anchors[4], *_missing(c))]
    return Answer({step.key: " ".join(text for key, text in rows if key == step.key) for step in STEPS})


def _missing(criterion: Criterion) -> list[str]:
    return [point.missing for point in criterion.points]


def boilerplate(question: Question) -> Answer:
    """Two hundred words that fit every question."""
    return Answer(dict(zip((step.key for step in STEPS), _BOILERPLATE, strict=True)))


def boilerplate_and_brief(question: Question) -> Answer:
    """The same after a copy of the brief, so that it speaks of the right things."""
    brief = variants.fill(question.brief, question, 0)
    return Answer({key: f"{brief}\n\n{text}" for key, text in boilerplate(question).sections.items()})


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


_BOILERPLATE: Final = (
    "The system should be scalable, reliable, highly available and secure. It must give users a smooth experience "
    "with low latency at all times. Both functional and non-functional requirements matter, and we balance them "
    "according to the priorities of the business.",
    "We expect a large number of users and a lot of traffic, and it will grow over time. Storage and bandwidth "
    "needs are considerable, so we provision enough capacity in the cloud and let auto-scaling add servers whenever "
    "they are needed.",
    "We use a modern microservice architecture in the cloud. Clients talk to a load balancer, which passes requests "
    "on to stateless services. The services use a cache for speed and a database for persistence, and a message "
    "queue decouples the components from each other.",
    "The database is sharded and replicated, so that it scales and has no single point of failure. Caching reduces "
    "the load and improves performance. Failures are handled with retries and failover. Asynchronous processing "
    "makes everything robust and efficient under heavy load.",
    "Every design has trade-offs, and ours strikes a good balance between cost, complexity and performance. We "
    "monitor the system with dashboards and alerts, deploy with modern pipelines, and improve it continuously. In "
    "future it can easily be extended to serve more users.",
)

ATTACKS: Final[Mapping[str, Attack]] = {
    "terms, with commas": _with_terms(lambda found: ", ".join(found) + "."),
    "terms, one per line": _with_terms("\n".join),
    "terms, one per bullet": _with_terms(_lines),
    "terms, glued into sentences": _with_terms(_glued),
    "terms, four per sentence": _with_terms(_framed),
    "terms, one per long sentence": _with_terms(_wrapped),
    "terms, two per long sentence": _with_terms(_spread),
    "prompt copied": prompt,
    "prompt copied and promised": lambda q: prompt(q, promise="We will do all of this, as described above."),
    "interviewer's answers copied": told,
    "rubric copied": rubric,
    "boilerplate": boilerplate,
    "boilerplate after the brief": boilerplate_and_brief,
    "everything denied": _with_terms(lambda found: " ".join(f"We do not need {term}." for term in found)),
    "everything denied, in turns": _with_terms(_denied_in_turns),
}


# Changes of an answer


def _each(rewrite: Rewrite) -> Change:
    return lambda answer: Answer({key: rewrite(key, text) for key, text in answer.sections.items()})


def shuffled(answer: Answer, seed: str = SEED) -> Answer:
    """The words of each sentence, and of each line of a drawing, in random order."""

    def rewrite(key: str, text: str) -> str:
        draw = random.Random(f"{seed}:{key}")
        for start, end in reversed(_spans(read_section(key, text))):
            words = text[start:end].split()
            text = text[:start] + " ".join(draw.sample(words, len(words))) + text[end:]
        return text

    return _each(rewrite)(answer)


def _spans(section: Section) -> list[tuple[int, int]]:
    """Sentences, and the lines of blocks that are not read as sentences, in order."""
    found = {(s.start, s.end) for s in section.sentences}
    starts = {start for start, _ in found}
    for block in section.blocks:
        position = block.start
        for line in block.text.splitlines(keepends=True):
            begin = position + len(line) - len(line.lstrip())
            if line.strip() and begin not in starts:
                found.add((begin, begin + len(line.strip())))
            position += len(line)
    return sorted(found)


def padded(answer: Answer) -> Answer:
    """300 words about baking bread, a part after each step."""
    return Answer({key: f"{text}\n\n{more}" for (key, text), more in zip(answer.sections.items(), _BREAD, strict=True)})


def padded_at_the_end(answer: Answer) -> Answer:
    last = STEPS[-1].key
    return Answer({**answer.sections, last: "\n\n".join((answer.sections[last], *_BREAD))})


_BREAD: Final = (
    "Good bread begins the evening before, with flour, water and a spoonful of old dough. My grandmother kept hers in "
    "a blue jar beside the stove and fed it every Sunday after church. She never weighed anything. She felt the "
    "stickiness with two fingers, looked at the clouds, and added a little more flour when rain was coming.",
    "Rye drinks more than wheat, and wholemeal more than white, which is why recipes from other countries so often "
    "disappoint. A baker from the village told me to trust the bowl instead of the book. When the dough comes away "
    "from the sides in one smooth lump, it has had enough, whatever the page may say about it.",
    "Then comes the waiting. In summer the dough rises before lunch, in winter it sulks until the afternoon. Children "
    "poke it and watch the dent slowly fill. We fold it like a letter, turn it over, dust the basket with flour, and "
    "cover it with the linen cloth that came with my aunt from Moravia after the war.",
    "The oven should be far hotter than seems sensible. A bowl of boiling water on the lowest shelf makes the steam "
    "that lets the crust stretch and shine. For the first quarter of an hour nobody opens the door, however good it "
    "smells. The cat sits in front of the glass and follows the loaf as it grows and cracks.",
    "When it sounds hollow under the knuckles, it is done. It must cool on a rack by the window, and that is the "
    "hardest part, since everybody wants the heel with salted butter. By evening half of it has gone. What is left "
    "becomes toast on Monday, soup on Tuesday, and crumbs for the sparrows on the sill by Wednesday.",
)


def pasted_twice(answer: Answer) -> Answer:
    return _each(lambda _, text: f"{text}\n\n{text}")(answer)


def reordered(answer: Answer, seed: str = SEED) -> Answer:
    """The paragraphs of each step in another order; what introduces a paragraph stays with it."""

    def rewrite(key: str, text: str) -> str:
        found = list(_paragraphs(text))
        random.Random(f"{seed}:{key}").shuffle(found)
        return "\n\n".join(found)

    return _each(rewrite)(answer)


_FENCED: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_INTRODUCES: Final = re.compile(r"(?:^#{1,6} [^\n]+|^\*\*[^*\n]+\*\*[:.]?|:)\s*\Z", re.MULTILINE)


def _paragraphs(text: str) -> Iterator[str]:
    kept = ""
    for block in _blocks(text):
        kept = f"{kept}\n\n{block}" if kept else block
        if not _INTRODUCES.search(block):
            yield kept
            kept = ""
    if kept:
        yield kept


def _blocks(text: str) -> Iterator[str]:
    """Stretches between blank lines; what is fenced is one, blank lines or not."""
    position = 0
    for match in _FENCED.finditer(text):
        yield from _stretches(text[position : match.start()])
        yield match[0]
        position = match.end()
    yield from _stretches(text[position:])


def _stretches(text: str) -> Iterator[str]:
    return (part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip())


def bulleted(answer: Answer) -> Answer:
    """Each sentence of the prose as an item of a list."""

    def rewrite(key: str, text: str) -> str:
        rows = [s for s in read_section(key, text).sentences if s.kind == "prose" and s.text[-1] in ".!?:;)"]
        for sentence in reversed(rows):
            before, after = text[: sentence.start].rstrip(" "), text[sentence.end :].lstrip(" ")
            before = before if not before or before.endswith("\n") else before + "\n"
            after = after if not after or after.startswith("\n") else "\n" + after
            text = f"{before}- {' '.join(sentence.text.split())}{after}"
        return text

    return _each(rewrite)(answer)


def _typo(word: str, place: int, draw: random.Random) -> str:
    """Two letters swapped, one left out, one doubled or another hit."""
    a, letter, b = word[:place], word[place], word[place + 1 :]
    made = (a + b[:1] + letter + b[1:], a + b, a + letter + letter + b, a + draw.choice("etaoinsr") + b)
    return made[draw.randrange(len(made))]


def typos_in_letters(answer: Answer, seed: str = SEED) -> Answer:
    """Two letters of a hundred are wrong: about every tenth word."""
    return _typos(answer, seed, lambda word, draw: [i for i in range(len(word)) if draw.random() < TYPOS])


def typos_in_words(answer: Answer, seed: str = SEED) -> Answer:
    """Two words of a hundred have a letter wrong."""
    return _typos(answer, seed, lambda word, draw: [draw.randrange(len(word))] if draw.random() < TYPOS else [])


TYPOS: Final = 0.02
_WORD: Final = re.compile(r"[A-Za-z]{3,}")


def _typos(answer: Answer, seed: str, places: Callable[[str, random.Random], list[int]]) -> Answer:
    """Drawings and code are left as they are."""

    def mistype(word: str, draw: random.Random) -> str:
        for place in reversed(places(word, draw)):
            word = _typo(word, place, draw)
        return word

    def rewrite(key: str, text: str) -> str:
        draw = random.Random(f"{seed}:{key}")
        return _outside_fences(text, lambda part: _WORD.sub(lambda match: mistype(match[0], draw), part))

    return _each(rewrite)(answer)


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    parts, position = [], 0
    for match in _FENCED.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])


_NUMBER: Final = r"(?<![\w.,^/–-])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
_SIZE: Final = re.compile(rf"{_NUMBER} ?(?P<unit>[KMGTP]B)\b")
_LAST_SIZE: Final = re.compile(rf"{_SIZE.pattern}(?=[^\d\n]*$)", re.MULTILINE)
_MILLISECONDS: Final = re.compile(rf"{_NUMBER} ?ms\b")
_PER_SECOND: Final = re.compile(
    rf"{_NUMBER}(?P<scale> ?[kMG]| thousand| million)?(?P<what> [a-z]+)? ?(?:/ ?s|(?:per|a) second)\b"
)
# Active users of a month are not thirty times those of a day.
_PER_DAY: Final = re.compile(
    rf"{_NUMBER}(?P<scale> ?[kMG]B?| thousand| million| billion)?"
    r"(?P<what> (?!active|daily|users|people)[a-z]+)? ?(?:/ ?day|(?:per|a) day)\b"
)
_ARITHMETIC: Final = re.compile(r"[=≈×÷→*]|\d ?/ ?\d")
_SMALLER: Final = {"KB": "B", "MB": "KB", "GB": "MB", "TB": "GB", "PB": "TB"}


def in_other_units(answer: Answer) -> Answer:
    """The same quantities in other units: 1,000 GB for 1 TB, 0.2 s for 200 ms, by the minute, by the month.

    In a line of arithmetic only the size that comes last, so that the rest still comes out.
    """
    return _each(lambda _, text: _outside_fences(text, lambda part: "".join(map(_converted, part.splitlines(True)))))(
        answer
    )


def _converted(line: str) -> str:
    size = _LAST_SIZE if _ARITHMETIC.search(line) else _SIZE
    if size is _SIZE:
        line = _PER_DAY.sub(lambda m: f"{_times(m, 30)}{m['scale'] or ''}{m['what'] or ''} per month", line)
        line = _PER_SECOND.sub(lambda m: f"{_times(m, 60)}{m['scale'] or ''}{m['what'] or ''} per minute", line)
        line = _MILLISECONDS.sub(lambda m: f"{_times(m, 0.001)} s", line)
    return size.sub(lambda m: f"{_times(m, 1000)} {_SMALLER[m['unit']]}", line)


def _times(match: re.Match[str], factor: float) -> str:
    value = float(match["number"].replace(",", "")) * factor
    digits = max(0, 3 - math.floor(math.log10(value)) - 1) if 0 < value < 100 else 0
    shown = f"{value:,.{min(digits, 6)}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


CHANGES: Final[Mapping[str, Change]] = {
    "300 words about bread": padded,
    "300 words about bread at the end": padded_at_the_end,
    "pasted twice": pasted_twice,
    "paragraphs in another order": reordered,
    "bullets for prose": bulleted,
    "a typo in 2 % of the words": typos_in_words,
    "a typo in 2 % of the letters": typos_in_letters,
    "other units": in_other_units,
}


if __name__ == "__main__":
    main()
