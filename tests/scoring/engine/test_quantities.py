"""Expected quantities in an answer: whose number it is, what it is worth, and what is said about a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.spec import Question
from scoring.engine import guards, matchers, numbers, quantities, text
from scoring.engine.prepare import Prepared
from tests.scoring.engine import samples

ABOUT = "A pasteboard for snippets: people paste a snippet, others read the snippet."
EXTRA = [
    ("gateway_peak_rate", "paste_rate * 4", "request/s", ["per gateway", "peak per gateway", "each gateway"], 3),
    ("index_memory", "64 B * 10M", "MB", ["index", "index memory"], 6),
    ("hot_memory", "10 KB * 400k", "GB", ["hot set", "cache"], 6),
    ("egress", "paste_rate * reads_per_paste * snippet_size", "Mbit/s", ["egress", "bandwidth", "outgoing"], 3),
    ("daily_volume", "daily_pastes * snippet_size", "GB/day", ["daily volume", "written per day", "ingest"], 3),
    ("nodes", "storage_total / (4 TB/node)", "node", ["nodes", "servers", "machines"], 3),
    ("copy_time", "4 TB / (1 Gbit/s)", "hour", ["rebuild", "copying a node"], 3),
]


@pytest.fixture(scope="module")
def wide():
    """The small question with more quantities: of data, bits, times, counts, a peak, and two sizes that overlap."""
    plain = samples.question().model_dump()
    points = plain["steps"]["estimation"]["criteria"][1]["points"]
    for key, formula, unit, cues, factor in EXTRA:
        quantity = {
            "key": key,
            "label": key,
            "formula": formula,
            "unit": unit,
            "cues": cues,
            "factor": factor,
            "why": "It.",
        }
        plain["quantities"] = (*plain["quantities"], quantity)
        points = (*points, {"key": key, "missing": f"Work out {key}.", "quantity": key})
    plain["steps"]["estimation"]["criteria"][1]["points"] = points
    return Prepared(Question.model_validate(plain))


def context(prepared, **sections):
    document = text.read({"requirements": ABOUT, **sections})
    return matchers.read(
        prepared, document, guards.judge(document, prepared.prompts, prepared.vocabulary, prepared.neighbours), 0
    )


def strength(prepared, quantity, said):
    step, point = next((s, p) for s, _, p in prepared.points() if p.quantity == quantity)
    return quantities.by_quantity(context(prepared, estimation=said), step, point).strength


RIGHT = [
    ("paste_rate", "Writes: 10M pastes a day / 86,400 s = 116 writes/s"),
    ("paste_rate", "Write QPS = 10M / 86400 = 116"),
    ("paste_rate", "- Writes\n- 10M a day\n- => 116/s"),
    ("paste_rate", "| Writes | 10M / 86,400 | 116/s |"),
    ("paste_rate", "Ten million pastes a day divided by 86.4k s are about 120 writes a second."),
    ("read_rate", "Reads: 20 × 116/s = 2.3k/s"),
    ("read_rate", "Each is read twenty times, 116 writes/s × 20 = 2,300 reads/s."),
    ("storage_total", "Storage: 10M/day × 10 KB × 365 × 2 = 73 TB"),
    ("storage_total", "10M × 10 KB is 100 GB a day; storage for 2 years = 100 GB × 730 = 73 TB."),
    ("egress", "Egress: 2.3k/s × 10 KB = 23 MB/s"),
    ("egress", "Egress: 2.3k/s × 10 KB × 8 = 185 Mbit/s"),
    ("egress", "Bandwidth is 2,300/s × 80 kbit = 184 Mbps."),
    ("daily_volume", "Daily volume: 10M × 10 KB = 100 GB"),
    ("daily_volume", "Ingest: 10M pastes × 10 KB = 100 GB/day"),
    ("nodes", "Nodes: 73 TB / 4 TB = 18"),
    ("copy_time", "Copying a node: 4 TB / 1 Gbit/s = 32,000 s = 9 h"),
    ("index_memory", "Index: 10M × 64 B = 640 MB"),
]


@pytest.mark.parametrize(("quantity", "said"), RIGHT)
def test_a_right_number_that_is_derived_counts_nearly_in_full(wide, quantity, said):
    assert strength(wide, quantity, said) >= 0.85
    assert not quantities.slips(context(wide, estimation=said))


@pytest.mark.parametrize(("quantity", "said"), RIGHT)
def test_a_number_that_decides_something_counts_a_little_more(wide, quantity, said):
    if said.startswith(("|", "-")):
        return
    decided = f"{said.rstrip('.')}, so one primary is enough."
    assert strength(wide, quantity, said) < strength(wide, quantity, decided) <= 1


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ("paste_rate", "I assume 1M pastes a day, so writes are 1M / 86,400 = 11.6 writes/s"),
        ("read_rate", "With 3 reads each: 116 writes/s × 3 = 348 reads/s"),
        ("egress", "Egress: 500 reads/s × 2 KB = 1 MB/s = 8 Mbit/s"),
    ],
)
def test_consistent_assumptions_of_ones_own_are_right(wide, quantity, said):
    assert 0.8 <= strength(wide, quantity, said) < 0.95


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ("paste_rate", "Writes: 10M pastes a day / 86,400 s = 116,000 writes/s"),
        ("egress", "Egress: 2.3k/s × 10 KB = 23 GB/s"),
        ("storage_total", "Storage: 10M × 10 KB × 365 × 2 = 73 GB"),
        ("paste_rate", "Writes: 40M per second"),
        ("copy_time", "Copying a node: 4 TB / 1 Gbit/s = 32 s"),
    ],
)
def test_a_number_that_is_wrong_by_orders_of_magnitude_earns_nothing(wide, quantity, said):
    assert strength(wide, quantity, said) < 0.15


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("460 requests/s per gateway at peak", 0.5, 1), ("116 requests/s per gateway", 0.25, 0.5)],
)
def test_an_average_earns_half_of_the_peak(wide, said, least, most):
    assert least <= strength(wide, "gateway_peak_rate", f"Load: {said}.") <= most


@pytest.mark.parametrize(
    ("quantity", "said", "least", "most"),
    [
        ("paste_rate", "Writes: 10M / 86,400 s = 116/s, a tenth of the peak elsewhere.", 0.85, 1),
        ("paste_rate", "Writes: 116/s × 3 = 348/s at the peak.", 0.3, 0.62),
        ("gateway_peak_rate", "Per gateway 116/s × 4 = 463/s, at the busiest hour.", 0.85, 1),
        ("gateway_peak_rate", "Average 116/s per gateway, peak 463/s per gateway.", 0.5, 1),
    ],
)
def test_the_words_beside_a_number_make_it_a_peak(wide, quantity, said, least, most):
    assert least <= strength(wide, quantity, said) <= most


def test_a_derived_average_earns_half_of_the_peak(wide):
    said = "Per gateway: 10M / 86,400 s = 116 requests/s."
    assert 0.4 <= strength(wide, "gateway_peak_rate", said) <= 0.5


def test_of_two_quantities_that_a_number_fits_the_nearer_named_has_it(wide):
    said = "The index takes 10M × 200 B = 2 GB, and then there is the cache."
    assert strength(wide, "index_memory", said) > 0.8
    assert strength(wide, "hot_memory", said) < 0.35
    said = "Beside the index, the cache takes 400k × 5 KB = 2 GB."
    assert strength(wide, "hot_memory", said) > 0.8
    assert strength(wide, "index_memory", said) < 0.35


def test_a_small_number_beside_other_things_is_no_count_of_nodes(wide):
    assert strength(wide, "nodes", "When two writes reach nodes at the same time, the last of the nine wins.") < 0.4


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("10M pastes / 86,400 s is about 1.2M", "10M pastes / 86,400 s is about 116 a second, not 1.2M."),
        ("Writes: 10M / 86,400 = 116k/s", "10M / 86,400 is about 116 a second, not 116k/s."),
        (
            "Egress: 2.3k/s × 80 kbit = 184 MB/s",
            "2.3k/s × 80 kbit is about 23 MB/s, not 184 MB/s. A byte has eight bits.",
        ),
        ("10M × 10 KB = 100 MB", "10M × 10 KB is about 100 GB, not 100 MB."),
        ("200 × 5 ms = 1000 s", "200 × 5 ms is about 1 s, not 1000 s."),
    ],
)
def test_a_slip_is_told_with_the_right_value(wide, said, note):
    (slip,) = quantities.slips(context(wide, estimation=said))
    assert slip.note.text.startswith(note)
    assert slip.note.evidence is not None
    assert slip.note.evidence.quote in said


@pytest.mark.parametrize(
    ("quantity", "said", "notes"),
    [
        ("paste_rate", "Writes: 40M per second.", ["From the numbers of the brief this comes to about 116 a second"]),
        ("storage_total", "Storage in total is 5 GB.", ["From the numbers of the brief this comes to about 73"]),
        ("paste_rate", "Writes: 900 per second.", []),
        ("paste_rate", "A primary handles writes: about 50k per second.", []),
        ("storage_total", "The disk of one node is 5 GB.", []),
        ("paste_rate", "Writes: 10M / 86,400 = 116/s. Writes: 40M per second.", []),
    ],
)
def test_a_bare_figure_wrong_by_hundreds_is_told_what_the_brief_gives(wide, quantity, said, notes):
    step, point = next((s, p) for s, _, p in wide.points() if p.quantity == quantity)
    told = [note.text for note in quantities.by_quantity(context(wide, estimation=said), step, point).notes]
    assert len(told) == len(notes)
    assert all(text.startswith(start) for text, start in zip(told, notes, strict=True))


@pytest.mark.parametrize(
    ("quantity", "said", "right"),
    [
        # So many a day is no number of those that are kept, and less than the whole is not of other numbers.
        ("pastes_kept", "Pastes kept: 10M pastes/day * 10 = 100M pastes/day", None),
        ("pastes_kept", "Pastes kept: 10M pastes/day * 365 days = 3.65B pastes", None),
        ("pastes_kept", "Pastes kept: 2M pastes/day * 365 days = 730M pastes", "7.3B"),
        ("read_rate", "Reads: 200M a day / 86,400 s = 2,300 reads/s", None),
        ("read_rate", "Reads: 3M pastes/day / 86,400 s * 10 = 350 reads/s", "2,315 a second"),
    ],
)
def test_a_sum_is_doubted_only_beside_what_it_is_of(wide, quantity, said, right):
    plain = wide.question.model_dump()
    kept = ("pastes_kept", "daily_pastes * retention", "paste", ["pastes kept", "kept"], 3)
    own = dict(zip(("key", "formula", "unit", "cues", "factor"), kept, strict=True), label="Kept", why="It.")
    plain["quantities"] = (*plain["quantities"], own)
    points = plain["steps"]["estimation"]["criteria"][1]["points"]
    points = (*points, {"key": "pastes_kept", "missing": "Work it out.", "quantity": "pastes_kept"})
    plain["steps"]["estimation"]["criteria"][1]["points"] = points
    prepared = Prepared(Question.model_validate(plain))
    step, point = next((s, p) for s, _, p in prepared.points() if p.quantity == quantity)
    found = quantities.by_quantity(context(prepared, estimation=said), step, point)
    told = [note.text for note in found.notes]
    assert found.strength >= quantities.RIGHT
    assert told == ([] if right is None else [quantities.FROM_OTHERS.format(right=right)])


@given(st.floats(1, 1e40))
def test_no_number_is_shown_as_a_machine_writes_it(value):
    ((count,),) = [row.numbers for row in numbers.figures(text.read_section("estimation", "Kept: 5 pastes.").sentences)]
    assert "e+" not in numbers.show(value, count)


def test_the_same_slip_is_told_once_and_what_follows_from_it_not_at_all(wide):
    said = (
        "10M × 10 KB = 100 MB. Again: 10M × 10 KB = 100 MB. Two years: 100 MB/day × 730 = 73 GB, three copies 219 GB."
    )
    assert len(quantities.slips(context(wide, estimation=said))) == 1


def test_a_slip_in_the_deep_dive_is_left_to_the_reader(wide):
    assert not quantities.slips(context(wide, deep_dive="10M × 10 KB = 100 MB."))


NEUTRAL = [
    "A team of six keeps it running.",
    "Readers are spread over three regions.",
    "The cache is warm after an hour.",
    "An index costs memory on every node.",
    "We size for the evening, at 30 % more.",
    "Snippets above 1 MB are refused.",
]


@given(row=st.sampled_from(RIGHT), more=st.sampled_from(NEUTRAL), first=st.booleans())
def test_another_sentence_never_takes_anything_away(wide, row, more, first):
    quantity, said = row
    whole = f"{more}\n\n{said}" if first else f"{said}\n\n{more}"
    assert strength(wide, quantity, whole) >= strength(wide, quantity, said) - 1e-9
