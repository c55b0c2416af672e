"""What must not earn marks and what must not move them, on every question of the catalog, read by meaning.

Cases that are known to be beyond their bar stand with the figure in `short_of_the_bar.tsv`, which
`python bench/gaming.py --write` writes. They are expected to fail, and show up when they no longer do.
"""

import csv
from statistics import fmean

import pytest

from bench import attacks, changes, gaming
from tests.scoring import live
from tests.scoring.engine import own
from tests.soaking import SOAKING

# `make soak` takes every question with every row, every pair, and more than one way to shuffle.
IN_TURN = 1 if SOAKING else max(1, len(live.SLUGS) // 2)
# `manage.py own_texts` asks all of them; of those nearest to each other, test_catalog_questions.py does.
OTHERS = len(live.SLUGS) - 1 if SOAKING else 2
SEEDS = [changes.SEED, *(("1", "2", "3", "4") if SOAKING else ())]

with gaming.SHORT.open(encoding="utf-8", newline="") as lines:
    SHORT = {(row["row"], row["question"]): row["measured"] for row in csv.DictReader(lines, delimiter="\t")}


def cases(*rows, slugs=live.SLUGS):
    """Each row with each question; those known to fall short are marked."""
    return [_case(row, slug) for row in rows for slug in slugs]


def some_cases(*rows):
    """Each row with some of the questions, other ones in turn; all of them are known to `python bench/gaming.py`."""
    return [_case(row, slug) for n, row in enumerate(rows) for slug in live.SLUGS[n % IN_TURN :: IN_TURN]]


def _case(row, slug):
    reason = f"{row}: {slug} stands at {SHORT.get((row, slug))}, the bar at {gaming.bar(row):g}"
    marks = [pytest.mark.xfail(strict=False, reason=reason)] if (row, slug) in SHORT else []
    return pytest.param(row, slug, marks=marks, id=f"{slug}: {row}")


def judged(slug, answer, encoder):
    return live.scored(slug, answer, encoder)


def overall(slug, answer, encoder):
    return judged(slug, answer, encoder).overall or 0.0


def probe(name):
    """As the golden marks read it, so that it is scored once."""
    return own.answer((gaming.PROBES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def encoder():
    return live.encoder()


@pytest.fixture
def strong(slug, encoder):
    """The strong example of the question, and what that gets."""
    answer = gaming.strong_answer(live.question(slug))
    return answer, overall(slug, answer, encoder)


@pytest.mark.parametrize(("attack", "slug"), some_cases(*attacks.ATTACKS))
def test_an_attack_stays_at_the_bottom(attack, slug, encoder):
    result = judged(slug, attacks.ATTACKS[attack](live.question(slug)), encoder)
    assert (result.overall or 0.0) <= gaming.bar(attack)
    assert result.band in (None, "not_yet")


@pytest.mark.parametrize("slug", live.SLUGS)
def test_an_excellent_answer_to_another_question_is_none_to_this(slug, encoder):
    """What the others' answers get here: the other way about, each worker would prepare every question."""
    at = live.SLUGS.index(slug) + 1
    others = [*live.SLUGS[at:], *live.SLUGS][:OTHERS]
    answers = {other: gaming.model_answer(live.question(other)) for other in others}
    found = {gaming.pair(slug, other): overall(slug, answer, encoder) for other, answer in answers.items()}
    assert set(gaming.beyond(gaming.ANOTHER_ANSWER, found.items())) <= {pair for _, pair in SHORT}


@pytest.mark.parametrize(("row", "slug"), cases(gaming.WRONG))
def test_fluent_and_wrong_stays_below_the_middle(row, slug, encoder):
    assert overall(slug, probe(f"wrong/{slug}.md"), encoder) <= gaming.bar(row)


@pytest.mark.soak
@pytest.mark.parametrize(("row", "slug"), cases(gaming.SHUFFLED))
def test_shuffled_words_keep_two_fifths_at_most(row, slug, encoder, strong):
    answer, full = strong
    shares = {seed: 100 * overall(slug, changes.shuffled(answer, seed), encoder) / full for seed in SEEDS}
    assert max(shares.values()) <= gaming.bar(row), shares


@pytest.mark.parametrize(("row", "slug"), cases(gaming.TURNED))
def test_what_is_turned_round_keeps_two_fifths_at_most(row, slug, encoder, strong):
    answer, full = strong
    assert 100 * overall(slug, changes.turned_round(answer), encoder) / full <= gaming.bar(row)


@pytest.mark.parametrize(("row", "slug"), some_cases(*(gaming.MOVED + change for change in changes.CHANGES)))
def test_what_changes_nothing_moves_nothing(row, slug, encoder, strong):
    answer, before = strong
    after = overall(slug, changes.CHANGES[row.removeprefix(gaming.MOVED)](answer), encoder)
    assert abs(after - before) <= gaming.bar(row), (before, after)


@pytest.mark.parametrize(
    ("row", "slug"), cases(gaming.DESIGNS, slugs=[slug for slug in live.SLUGS if gaming.designs_of(slug)])
)
def test_two_good_designs_stand_side_by_side(row, slug, encoder):
    found = {name: overall(slug, probe(f"designs/{name}"), encoder) for name in gaming.designs_of(slug)}
    assert len(found) == 2
    assert max(found.values()) - min(found.values()) <= gaming.bar(row), found


@pytest.mark.gathers
@pytest.mark.parametrize(("row", "slug"), cases(gaming.PLAIN, slugs=[gaming.ALL]))
def test_plain_words_are_worth_as_much_as_terms(row, slug, encoder):
    texts = {slug: probe(f"plain/{slug}.md") for slug in live.SLUGS}
    marks = {slug: fmean(step.mark or 0.0 for step in judged(slug, texts[slug], encoder).steps) for slug in texts}
    assert fmean(marks.values()) >= gaming.bar(row), marks
