"""Word pieces as the reference tokeniser of the model makes them."""

import pytest

from scoring.engine import wordpiece
from scoring.engine.model import MODEL_DIR

# Text → pieces, written by the `tokenizers` library from the tokenizer.json that the model was published with.
REFERENCE = [
    ("", [101, 102]),
    ("Hello, world", [101, 7592, 1010, 2088, 102]),
    ("The primary takes the writes.", [101, 1996, 3078, 3138, 1996, 7009, 1012, 102]),
    (
        "Idempotency keys de-duplicate retried charges.",
        [101, 8909, 6633, 11008, 11916, 6309, 2139, 1011, 24473, 2128, 18886, 2098, 5571, 1012, 102],
    ),
    (
        "p99 < 100 ms; 1.2k writes/s ≈ 86,400",
        [
            101,
            1052,
            2683,
            2683,
            1026,
            2531,
            5796,
            1025,
            1015,
            1012,
            1016,
            2243,
            7009,
            1013,
            1055,
            1606,
            6564,
            1010,
            4278,
            102,
        ],
    ),
    ("Café naïve résumé coöperate", [101, 7668, 15743, 13746, 17654, 102]),
    ("base62(id) → `abc123`", [101, 2918, 2575, 2475, 1006, 8909, 1007, 1585, 1036, 5925, 12521, 2509, 1036, 102]),
    ("WebSocket/long-poll fan-out", [101, 4773, 6499, 19869, 2102, 1013, 2146, 1011, 8554, 5470, 1011, 2041, 102]),
    (
        "It’s a “snippet” – don't lose it…",
        [101, 2009, 1521, 1055, 1037, 1523, 1055, 3490, 29519, 1524, 1516, 2123, 1005, 1056, 4558, 2009, 1529, 102],
    ),
    ("10M × 10 KB = 100 GB/day", [101, 2184, 2213, 1095, 2184, 21677, 1027, 2531, 16351, 1013, 2154, 102]),
    (
        "CREATE TABLE links (code CHAR(7) PRIMARY KEY)",
        [101, 3443, 2795, 6971, 1006, 3642, 25869, 1006, 1021, 1007, 3078, 3145, 1007, 102],
    ),
    ("数据库 stores 東京", [101, 100, 100, 100, 5324, 1879, 1755, 102]),
    ("tab\tand\nnew line\xa0space", [101, 21628, 1998, 2047, 2240, 2686, 102]),
    ("zero\u200bwidth\ufeff joins", [101, 5717, 9148, 11927, 2232, 9794, 102]),
    ("👩\u200d💻 writes 𝒳", [101, 100, 7009, 100, 102]),
    (
        "supercalifragilisticexpialidocious",
        [101, 3565, 9289, 10128, 29181, 24411, 4588, 10288, 19312, 21273, 10085, 6313, 102],
    ),
    (
        "A&B||C==D!=E <=> {F} ~G^H",
        [
            101,
            1037,
            1004,
            1038,
            1064,
            1064,
            1039,
            1027,
            1027,
            1040,
            999,
            1027,
            1041,
            1026,
            1027,
            1028,
            1063,
            1042,
            1065,
            1066,
            1043,
            1034,
            1044,
            102,
        ],
    ),
    ("ΑΒΓ Straße İstanbul ﬁne", [101, 1155, 29720, 29721, 2358, 27807, 9960, 1984, 2638, 102]),
    ("½ ² №5 ①", [101, 1092, 1082, 1578, 2629, 100, 102]),
    ("한국어", [101, 1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 102]),
    ("हिन्दी", [101, 1339, 29877, 29863, 29861, 29878, 102]),
    ("áé", [101, 29347, 102]),
    ("control\x00char\x07s�", [101, 2491, 7507, 2869, 102]),
    (
        "user_id:user@example.com #tag 100% $5 £3 €2",
        [
            101,
            5310,
            1035,
            8909,
            1024,
            5310,
            1030,
            2742,
            1012,
            4012,
            1001,
            6415,
            2531,
            1003,
            1002,
            1019,
            28182,
            1574,
            2475,
            102,
        ],
    ),
]


@pytest.fixture(scope="module")
def pieces():
    return wordpiece.vocabulary(MODEL_DIR / "vocab.txt")


@pytest.mark.parametrize(("text", "ids"), REFERENCE, ids=[repr(text)[:40] for text, _ in REFERENCE])
def test_pieces_are_those_of_the_reference(text, ids, pieces):
    assert wordpiece.ids(text, pieces, 512) == ids


def test_a_word_beyond_measure_is_one_unknown_piece(pieces):
    assert wordpiece.ids("x" * 101, pieces, 512) == [101, 100, 102]
    assert wordpiece.ids("x" * 100, pieces, 512)[:3] == [101, 22038, 20348]


def test_a_long_text_is_cut_and_still_framed(pieces):
    whole = wordpiece.ids("the primary takes the writes " * 50, pieces, 512)
    cut = wordpiece.ids("the primary takes the writes " * 50, pieces, 16)
    assert (len(cut), cut[:-1], cut[-1]) == (16, whole[:15], 102)


def test_marks_of_the_model_within_an_answer_are_ordinary_words(pieces):
    found = wordpiece.ids("[CLS] writes [SEP] [MASK]", pieces, 512)
    assert (found[0], found[-1]) == (101, 102)
    assert not {101, 102, 103} & set(found[1:-1])


def test_the_vocabulary_is_whole(pieces):
    assert len(pieces) == 30522
    assert [pieces[name] for name in ("[PAD]", wordpiece.UNKNOWN, wordpiece.FIRST, wordpiece.LAST)] == [
        0,
        100,
        101,
        102,
    ]
