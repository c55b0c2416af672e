"""What must not earn marks: copies of the prompt, lists of terms, denials, talk about the task, shuffled words.

Guards weaken single sentences or make a section not scorable; they never take from marks earned elsewhere.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from scoring.engine import wordorder
from scoring.engine.text import NO_PROSE, Document, Section, Sentence, Token, tokens
from scoring.engine.words import FUNCTION_WORDS, GENERIC_STEMS, REASON, STOP_WORDS, stem

Form = Literal["copied", "list", "terse", "plan", "boast", "fragment", "statement", "justified"]

MIN_WORDS: Final = 8
COPIED_SHARE: Final = 0.6
GRAM: Final = 4

_RELATION: Final = re.compile(
    r"[→⇒←=≈×÷<>≤≥{}]|->|=>|\d[\d.,]*|\b(?:because|so|since|if|when|for|to|per|not|never|then|than|from|by|via|is|are|has|have|"
    r"was|must|may|can|should|will|would|only|until|before|after|that|which|who|we|i|it|they|on)\b",
    re.IGNORECASE,
)
_SAYS_HOW: Final = re.compile(r"[→⇒=≈×÷<>≤≥]|->|=>|\b(?:because|since|so\s+that)\b", re.IGNORECASE)
# `row(a, b, c)` and `part: does this` say what a part holds or does.
_SCHEMA: Final = re.compile(r"\w\s?[({]\s?[\w ]+[,:;].*[)}]|^\W{0,3}[\w ]{2,30}:\s+\w+\s+\w+")
_JOINING: Final = frozenset("and or with plus also".split())
_SEPARATOR: Final = re.compile(r"[,;/|•·]|\s---\s|\s[–-]\s|\band\b|\n")
# What makes an item of a list a note: a verb, a number, a contrast, or what stands after a colon or an arrow.
_SAYS_SOMETHING: Final = re.compile(
    r"""[→⇒=≈×÷<>≤≥]|->|\w:\s+\w|\d | \b(?:is|are|has|have|was|must|may|can|should|will|would|only|never|not|but|over|
    than|versus|vs|instead|if|when|because|so|until|before|after|per|by|for|on|from|in|at|takes?|keeps?|breaks?|goes|go|stays?|
    holds?|lasts?|works?|fails?|dies|returns?|reads?|writes?|counts?|costs?|gets?|deletes?|checks?|alerts?|loses?|moves?|
    sends?|drops?|\w{3,}ed)\b""",
    re.IGNORECASE | re.VERBOSE,
)
SAYING_SHARE: Final = 0.34
_PLAN: Final = re.compile(
    r"""\b(?:we|i)\s+(?:(?:first|next|then|also|finally|lastly|will|would|should|must|need\s+to|have\s+to|can|could|now|do|
      want\s+to|[’']ll)\s+)*
      (?:clarify|define|discuss|consider|identify|determine|describe|compare|
      estimate|state|cover|mention|explain|analy[sz]e|explore|address|talk\s+about)\b
    | \b(?:should|must|need(?:s)?\s+to|has\s+to|have\s+to|can|could|may)\s+(?:also\s+|always\s+)?be\s+(?:considered|
      ensured|given|discussed|addressed|taken|weighed|defined|designed|implemented|
      planned|clarified|evaluated|listed|estimated|calculated|stated|described|explained|mentioned|drawn|visible|clear|
      worked\s+out|worked\s+through|said|told|solved|found|chosen|shown|identified|named)\b
    | \bin\s+this\s+(?:step|section|part)\b | \bone\s+should\s+say\b | \bthere\s+should\s+be\b
    | \bbest\s+practices?\b
    | \b(?:it\s+is|it's)\s+(?:important|essential|crucial|critical|vital)\b | \b(?:is|are)\s+(?:essential|crucial)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Promises that no system keeps, and the claims that every mentor strikes out.
_BOAST: Final = re.compile(
    r"""\bunlimited\b | \b100\s?%\s+(?:availab|uptime|reliab|consisten)\w*
    | \bzero[\s-]+(?:latency|downtime|cost)\b
    | \b(?:md5|sha-?\d*|hash(?:es|ing)?|uuids?)\b.{0,60}\b(?:never|can(?:not|[’']t)|no)\b.{0,30}
      \b(?:collid|collision|same|clash|duplicate)\w*
    | \bno\s+(?:downsides?|disadvantages?|drawbacks?)\b
    | \bexactly[\s-]once\b(?!.*(?:idempot|dedup|duplicate|at[\s-]least))
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A denial: the thing is not done, not needed, not there. "Never lost" or "302, not 301" are no denials.
_DENIED_AFTER: Final = re.compile(
    r"""(?:^|[\s(])(?:
      (?:we|i|you|they|it)\s+(?:also\s+|simply\s+)?(?:do|does|did|will|would|have|are|need|can)?\s*(?:not|n[’']t)
    | (?:we|i)\s+(?:don|won|didn|haven|wouldn|aren)[’']?t
    | (?:we|i)\s+(?:skip|omit|ignore|avoid)
    | there\s+(?:is|are|was|will\s+be)(?:\s+not|n[’']t)?\s+(?:no|any|neither)
    | there\s+(?:is|are)n?[’']?t
    | there[’']s\s+no | neither | nothing | without\s+any
    )(?=\s)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADING_NO: Final = re.compile(
    r"^\W*(?:and\s+|so\s+)?no\s+(?!longer|more\s+than|matter|later|two|one|single|\w+\s+(?:may|can|must|ever|should)\b)",
    re.IGNORECASE,
)
_DENIED_WHOLE: Final = re.compile(
    r"""\b(?:is|are|was|were|be|being)\s*(?:not|n[’']t|never)\s+(?:\w+ly\s+|even\s+|really\s+)?(?:needed|required|necessary|used|
    handled|considered|stored|supported|planned|done|computed|calculated|estimated|a\s+requirement|an?\s+issue|a\s+
    problem|set|monitored|detected|prevented|designed|built|covered|separated|tested|measured|
    checked|split|replicated|sharded|cached|limited|defined|described|discussed|drawn|listed|given|different|possible|
    planned|tracked|logged|kept|sent|returned|run|made|taken|included|provided)\b
    | \b(?:unnecessary|overkill|superfluous|needless)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SCOPE_END: Final = re.compile(r"[;:.→⇒]|\b(?:but|because|since|instead|rather|so|as|however|only)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:.→⇒]|\b(?:but|because|since|instead|however)\b", re.IGNORECASE)


class Prompts:
    """What a candidate could copy: its runs of words, and its figures."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = [[token.word for token in tokens(text)] for text in texts]
        self.grams = frozenset(gram for one in words for gram in grams(one))
        self.figures = frozenset(figure for one in words for figure in _figures(one))


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what the guards found: its form, the places of denied words, and what its words are worth."""

    sentence: Sentence
    form: Form
    denied: frozenset[int]
    worth: float
    usable: frozenset[str]
    negated: frozenset[str] = frozenset()
    permitted: frozenset[str] = frozenset()

    @property
    def is_denial(self) -> bool:
        """Most of what it names is denied: not done, not needed, not there."""
        return bool(self.denied) and 2 * len(self.usable) < len(self.sentence.stems)


class Terms:
    """The question's terms and names, to see which sentences hold little else."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_stem: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
        for text in set(texts):
            found = tokens(text)
            stems = frozenset(t.stem for t in found if t.stem)
            for stem_ in stems:
                self._by_stem.setdefault(stem_, []).append((stems, frozenset(t.word for t in found)))

    def rest(self, sentence: Sentence) -> tuple[int, tuple[str, ...]]:
        """(terms named, the other words, joining words left out)."""
        stems = sentence.stems
        named = {pair for stem_ in stems for pair in self._by_stem.get(stem_, ()) if pair[0] <= stems}
        covered = frozenset().union(*(phrase for phrase, _ in named))
        within = frozenset().union(*(words for _, words in named)) | _JOINING
        rest = (t.word for t in sentence.tokens if t.stem not in covered and t.word not in within)
        return len(named), tuple(word for word in rest if not word[0].isdigit())


NO_TERMS: Final = Terms(())
MANY_TERMS: Final = 5
REST_SHARE: Final = 0.25
FRAME_REPEATS: Final = 3
# A sentence is of one mould with others when this much of what stands between its terms stands in several of them; an
# answer is filled from a mould when this many of its sentences are. Measured: at most 0.18 of honest answers, 0.92 and
# more of terms that were put into sentences.
SAME_WORDING: Final = 0.4
FROM_A_MOULD: Final = 0.4


def judge(
    document: Document, prompts: Prompts, terms: Terms = NO_TERMS, known: Collection[wordorder.Pair] = ()
) -> dict[str, tuple[Judged, ...]]:
    """Section key → its sentences, judged. Word order is weighed over the whole answer: more words, less doubt.

    `known` are words that belong together in this order.
    """
    moulded = _moulded((s for section in document.sections.values() for s in section.sentences), terms)
    forms = {key: _forms(section, prompts, terms, moulded) for key, section in document.sections.items()}
    prose = [s for found in forms.values() for s, form in found if form != "list" and s.kind not in NO_PROSE]
    worth = wordorder.worth([s.words for s in prose], wordorder.ahead((s.tokens for s in prose), known))
    return {key: tuple(_judged(sentence, form, worth) for sentence, form in found) for key, found in forms.items()}


def _judged(sentence: Sentence, form: Form, worth: float) -> Judged:
    denied = frozenset[int]() if sentence.leaves_out else denied_places(sentence)
    usable = frozenset(t.stem for t in sentence.tokens if t.stem and t.start not in denied)
    # What is left out is said, not denied.
    negated = frozenset[str]() if sentence.leaves_out else negated_stems(sentence.text, sentence.tokens, sentence.start)
    permitted = permitted_stems(sentence.tokens)
    return Judged(sentence, form, denied, worth, usable, negated, permitted)


def _forms(
    section: Section, prompts: Prompts, terms: Terms, moulded: frozenset[tuple[str, ...]]
) -> list[tuple[Sentence, Form]]:
    framed, runs = _framed(section.sentences, terms), _list_runs(section.sentences)
    found = [
        (s, _form(s, prompts, terms, framed=index in framed or s.words in moulded, listed=index in runs))
        for index, s in enumerate(section.sentences)
    ]
    return [(s, "copied" if _is_between_copies(found, i, prompts) else form) for i, (s, form) in enumerate(found)]


def _is_between_copies(found: Sequence[tuple[Sentence, Form]], index: int, prompts: Prompts) -> bool:
    """Too short to be known by itself, without a figure of its own, and what stands before it is copied."""
    sentence = found[index][0]
    if index == 0 or len(grams(sentence.words)) >= 2 or not prompts.figures.issuperset(_figures(sentence.words)):
        return False
    before, form = found[index - 1]
    return form == "copied" and before.paragraph == sentence.paragraph


def _form(sentence: Sentence, prompts: Prompts, terms: Terms, *, framed: bool, listed: bool) -> Form:
    if is_copied(sentence.words, prompts):
        return "copied"
    if framed:
        return "list"
    if listed or is_list(sentence) or _mostly_terms(sentence, terms):
        return "terse" if _is_terse(sentence) else "list"
    if _PLAN.search(sentence.text) and not re.search(r"\d", sentence.text):
        return "plan"
    if _BOAST.search(sentence.text):
        return "boast"
    if len(sentence.stems) < 3:
        return "fragment"
    return "justified" if REASON.search(sentence.text) else "statement"


def _is_terse(sentence: Sentence) -> bool:
    """Notes rather than a list: a good part of the items says something about what it names."""
    items = [item for item in _SEPARATOR.split(sentence.text) if item.strip()]
    return sum(bool(_SAYS_SOMETHING.search(item)) for item in items) >= SAYING_SHARE * len(items)


def listed_share(judged: Iterable[Judged]) -> float:
    """The share of the words that stand in mere lists of terms, 0 to 1."""
    words = [(len(j.sentence.tokens), j.form) for j in judged]
    return sum(n for n, form in words if form == "list") / max(1, sum(n for n, _ in words))


def _mostly_terms(sentence: Sentence, terms: Terms) -> bool:
    """Many of the question's terms with next to nothing between them."""
    named, rest = terms.rest(sentence)
    if _SCHEMA.search(sentence.text):
        return False
    return named >= MANY_TERMS and len(rest) < REST_SHARE * len(sentence.tokens) and not _SAYS_HOW.search(sentence.text)


def _framed(sentences: Sequence[Sentence], terms: Terms) -> set[int]:
    """Sentences that put term after term into the same few words: "We use A and B. We use C and D." """
    frames: dict[frozenset[str], list[int]] = {}
    for index, sentence in enumerate(sentences):
        named, rest = terms.rest(sentence)
        frame = frozenset(word for word in rest if word in STOP_WORDS or stem(word) in GENERIC_STEMS)
        others = [word for word in rest if word not in frame]
        if named and frame and len(others) <= 1 and sentence.kind not in NO_PROSE:
            frames.setdefault(frame, []).append(index)
    return {i for found in frames.values() if len(found) >= FRAME_REPEATS for i in found}


def _moulded(sentences: Iterable[Sentence], terms: Terms) -> frozenset[tuple[str, ...]]:
    """The words of sentences that are the same ones again and again with other terms put in."""
    runs = {s.words: set(pairwise(terms.rest(s)[1])) for s in sentences if s.kind not in ("code", "table", "sum")}
    uses = Counter(pair for found in runs.values() for pair in found)
    several = {pair for pair, count in uses.items() if count >= FRAME_REPEATS}
    found = frozenset(words for words, own in runs.items() if own and len(own & several) >= SAME_WORDING * len(own))
    return found if len(found) >= FROM_A_MOULD * len(runs) else frozenset()


def _figures(words: Iterable[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def grams(words: Iterable[str]) -> list[tuple[str, ...]]:
    """Runs of four words; figures are left out, since they differ between variants."""
    plain = [word for word in words if not word[0].isdigit()]
    return [tuple(plain[i : i + GRAM]) for i in range(len(plain) - GRAM + 1)]


def is_copied(words: tuple[str, ...], prompts: Prompts) -> bool:
    found = grams(words)
    return len(found) >= 2 and sum(gram in prompts.grams for gram in found) / len(found) > COPIED_SHARE


def is_list(sentence: Sentence) -> bool:
    """A row of terms with nothing said about them."""
    text = sentence.text
    if sentence.kind in NO_PROSE or _SCHEMA.search(text):
        return False
    items = [item for item in _SEPARATOR.split(text) if item.strip()]
    content = [t for t in sentence.tokens if t.stem]
    if len(items) >= 5 and len(content) >= 6:
        average = len(sentence.tokens) / len(items)
        relations = len(_RELATION.findall(text))
        return average <= 3.2 and relations / len(items) < 0.34
    if len(content) >= 8:
        function = sum(t.word in FUNCTION_WORDS for t in sentence.tokens) / len(sentence.tokens)
        return function < 0.05 and not _RELATION.search(text) and ":" not in text
    return False


def _list_runs(sentences: tuple[Sentence, ...]) -> set[int]:
    """Indexes of short lines without any relation, four or more in a row."""
    runs: set[int] = set()
    run: list[int] = []
    for index, sentence in enumerate((*sentences, None)):
        if (
            sentence is not None
            and len(sentence.tokens) <= 5
            and not _RELATION.search(sentence.text)
            and ":" not in sentence.text
        ):
            run.append(index)
            continue
        if len(run) >= 4:
            runs.update(run)
        run = []
    return runs


def denied_places(sentence: Sentence) -> frozenset[int]:
    """Starts of the tokens within the scope of a denial."""
    text = sentence.text
    spans = [_clause_around(text, match.start(), match.end()) for match in _DENIED_WHOLE.finditer(text)]
    starts = [match.start() for match in _DENIED_AFTER.finditer(text)]
    if leading := _LEADING_NO.search(text):
        starts.append(leading.start())
    for start in starts:
        end = _SCOPE_END.search(text, start + 1)
        spans.append((start, end.start() if end else len(text)))
    if not spans:
        return frozenset()
    offset = sentence.start
    return frozenset(t.start for t in sentence.tokens if any(a <= t.start - offset < b for a, b in spans))


def _clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a denial; a list before it ("no X, Y and Z are used") belongs to it."""
    begin = 0
    for match in _CLAUSE.finditer(text, 0, start):
        if match[0] != ",":
            begin = match.end()
    after = _SCOPE_END.search(text, end)
    return begin, after.start() if after else len(text)


# How many words a negation reaches over; "never" and "no" reach over a phrase, "not" over the next word.
_NEGATORS: Final = {"no": 2, "never": 2, "without": 2, "not": 1, "cannot": 1, "nor": 1}
_NEGATION_ENDS: Final = frozenset(
    """but because since so until unless only more longer than matter just later if when while as before after and or
    one single two""".split()
)
# "If it has not arrived" and "why not push" deny nothing.
_OPEN_CASE: Final = re.compile(r"\b(?:if|when|whether|unless|until|why|whenever|alert|page)\b[^,;:.→]*$", re.IGNORECASE)
_MODALS: Final = frozenset("may might can could".split())
PERMISSION_REACH: Final = 3
# Nobody plans for these: to deny one is to affirm the design ("never lost", "no collisions").
_UNWANTED: Final = frozenset(
    stem(word)
    for word in """lose lost loss losing collide collision clash conflict duplicate duplicated repeat twice guess
    guessable guessed predict predictable sequential enumerate fail failure break crash die down outage error wait
    waiting block blocked blocking delay slow slower stale overload overloaded bottleneck downtime problem harm harmful
    miss missing change changed reuse reused alter need needed wrong race lock locking contention touch see
    know known exist exists""".split()
)


def negated_stems(text: str, found: Sequence[Token], offset: int = 0) -> frozenset[str]:
    """Stems of what is denied of the design: "never invalidate", "no backups", "without replicas"."""
    negated: set[str] = set()
    for index, token in enumerate(found):
        reach = 1 if token.word.endswith("n't") else _NEGATORS.get(token.word, 0)
        if not reach or _OPEN_CASE.search(text[: token.start - offset]):
            continue
        for before, after in pairwise(found[index:]):
            gap = text[before.end - offset : after.start - offset]
            if not reach or after.word in _NEGATION_ENDS or after.stem in _UNWANTED or re.search(r"[,;:.()→]", gap):
                break
            if after.stem:
                negated.add(after.stem)
                reach -= 1
    return frozenset(negated)


def permitted_stems(found: Sequence[Token]) -> frozenset[str]:
    """Stems of what is allowed: the words after "may" or "can", unless something is denied as well."""
    words = [token.word for token in found]
    if any(word in _NEGATORS or word.endswith("n't") or word in ("nobody", "nothing", "none") for word in words):
        return frozenset()
    permitted: set[str] = set()
    for index, word in enumerate(words):
        if word in _MODALS:
            permitted |= set([t.stem for t in found[index + 1 :] if t.stem][:PERMISSION_REACH])
    return frozenset(permitted)


def refusal(section: Section, judged: tuple[Judged, ...]) -> str:
    """Why a section cannot be scored, for the candidate; "" when it can."""
    if section.heard and section.word_count < MIN_WORDS:
        return "This step holds little but the words of the interviewer."
    if section.word_count == 0:
        return "This step is empty."
    if section.word_count < MIN_WORDS:
        return "This step is too short to be judged."
    live = [j for j in judged if j.form != "copied"]
    own = sum(len(j.sentence.tokens) for j in live) + sum(len(b.text.split()) for b in section.blocks)
    if judged and own < MIN_WORDS:
        return "This step repeats the words of the question."
    return ""


# Below the first share of topic words an answer is about something else; from the second on it is clearly about this.
ELSEWHERE: Final = 0.018
AT_HOME: Final = 0.032
VAGUE_WORTH: Final = 0.4
NAMELESS_WORTH: Final = 0.7


def topic_worth(sentences: Sequence[Sentence], topic: frozenset[str], subject: frozenset[str]) -> float:
    """0 for an answer about another system, 1 for one that speaks of this; in between for what would fit any."""
    share = topicality(sentences, topic)
    if share < ELSEWHERE:
        return 0.0
    named = sum(t.stem in subject for s in sentences for t in s.tokens) >= 2
    worth = VAGUE_WORTH + (1 - VAGUE_WORTH) * min(1.0, (share - ELSEWHERE) / (AT_HOME - ELSEWHERE))
    return worth if named else worth * NAMELESS_WORTH


def topicality(sentences: Iterable[Sentence], topic: frozenset[str]) -> float:
    """The share of content words that belong to this question."""
    content = [t.stem for s in sentences for t in s.tokens if t.stem and t.stem not in GENERIC_STEMS]
    return sum(stem in topic for stem in content) / len(content) if content else 0.0
