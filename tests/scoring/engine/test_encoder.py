"""The committed model: its files, its vectors, and what happens when it is not the one that was committed."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from scoring.engine.encoder import WIDTH, Encoder
from scoring.engine.model import MODEL_DIR, EncoderError

SENTENCES = [
    "That is a happy person",
    "The primary takes the writes, and replicas that lag by a second answer reads.",
    "Writes: 10M × 10 KB = 100 GB/day",
    "A viral snippet is served from the CDN.",
    "",
]


def test_the_files_are_those_that_the_record_names():
    record = json.loads((MODEL_DIR / "MODEL.json").read_text())
    assert {"vocab.txt"} < set(record["files"])
    for name, wanted in record["files"].items():
        assert hashlib.sha256((MODEL_DIR / name).read_bytes()).hexdigest() == wanted
    assert {path.name for path in MODEL_DIR.glob("*.onnx")} == {n for n in record["files"] if n.endswith(".onnx")}
    assert record["licence"] == "Apache-2.0"
    assert "Apache License" in (MODEL_DIR / "LICENSE").read_text()
    assert (MODEL_DIR / "NOTICE").exists()


def test_the_fingerprint_changes_with_the_weights(model):
    record = json.loads((MODEL_DIR / "MODEL.json").read_text())
    (weights,) = (value for name, value in record["files"].items() if name.endswith(".onnx"))
    assert model.fingerprint == record["fingerprint"]
    assert record["fingerprint"].endswith(weights[:12])


def test_vectors_have_length_1(model):
    vectors = model.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), WIDTH)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert model.encode([]).shape == (0, WIDTH)


# As published with the model in full precision.
@pytest.mark.parametrize(
    ("other", "alike"),
    [("That is a very happy person", 0.94), ("That is a happy dog", 0.69), ("Today is a sunny day", 0.26)],
)
def test_meanings_are_as_alike_as_they_are_known_to_be(other, alike, model):
    one, two = model.encode(["That is a happy person", other])
    assert float(one @ two) == pytest.approx(alike, abs=0.05)


def test_vectors_come_back_in_the_order_of_the_texts(model):
    forwards = model.encode(SENTENCES, keep=False)
    backwards = model.encode(SENTENCES[::-1], keep=False)[::-1]
    assert (forwards * backwards).sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_a_text_given_twice_is_one_vector(model):
    one, two = model.encode(["A happy person."] * 2, keep=False)
    assert (one == two).all()


def test_a_vector_is_that_of_its_text_whatever_is_encoded_with_it():
    """Else marks would hang on what was scored before, for what is kept is not encoded again."""
    fresh = Encoder()
    together = fresh.encode(SENTENCES, keep=False)
    alone = np.concatenate([fresh.encode([text], keep=False) for text in SENTENCES])
    assert (together == alone).all()


def test_what_was_encoded_is_kept_and_what_is_not_to_be_kept_is_not(monkeypatch):
    fresh = Encoder()
    ran = []
    run = fresh._run

    def watched(texts):
        ran.append(list(texts))
        return run(texts)

    monkeypatch.setattr(fresh, "_run", watched)
    fresh.encode(SENTENCES[:2], keep=False)
    fresh.encode(SENTENCES[:2])
    fresh.encode(SENTENCES[:3])
    assert ran == [SENTENCES[:2], SENTENCES[:2], SENTENCES[2:3]]


@pytest.fixture
def copied(tmp_path):
    home = tmp_path / "model"
    home.mkdir()
    for name in ("MODEL.json", *json.loads((MODEL_DIR / "MODEL.json").read_text())["files"]):
        shutil.copy(MODEL_DIR / name, home / name)
    return home


def test_a_sound_copy_is_taken(copied, model):
    assert Encoder(copied).fingerprint == model.fingerprint


@pytest.mark.parametrize("name", ["minilm-l6-v2.int8.onnx", "vocab.txt"])
def test_a_damaged_file_is_refused(name, copied):
    path = copied / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(EncoderError, match=name):
        Encoder(copied)


@pytest.mark.parametrize("name", ["minilm-l6-v2.int8.onnx", "vocab.txt", "MODEL.json"])
def test_a_missing_file_is_refused(name, copied):
    (copied / name).unlink()
    with pytest.raises(EncoderError, match=name):
        Encoder(copied)


RECORD = json.loads((MODEL_DIR / "MODEL.json").read_text())
WEIGHTS = "minilm-l6-v2.int8.onnx"


@pytest.mark.parametrize(
    "record",
    [
        "",
        '{"fingerprint": "minilm',
        "[]",
        "null",
        "{}",
        {"fingerprint": "minilm"},
        {"files": RECORD["files"]},
        {"fingerprint": 6, "files": RECORD["files"]},
        {"fingerprint": "minilm", "files": list(RECORD["files"])},
        {"fingerprint": "minilm", "files": {}},
        {"fingerprint": "minilm", "files": {"vocab.txt": RECORD["files"]["vocab.txt"]}},
        {"fingerprint": "minilm", "files": {WEIGHTS: RECORD["files"][WEIGHTS]}},
        {"fingerprint": "minilm", "files": {**RECORD["files"], "another.onnx": "0"}},
        {"fingerprint": "minilm", "files": {**RECORD["files"], "merges.txt": "0"}},
        {"fingerprint": "minilm", "files": {**RECORD["files"], "vocab.txt": None}},
    ],
    ids=str,
)
def test_a_damaged_record_is_refused_with_what_to_do(record, copied):
    (copied / "MODEL.json").write_text(record if isinstance(record, str) else json.dumps(record))
    with pytest.raises(EncoderError, match=r"Restore the folder as it was released, or set SCORING_ENCODER=none"):
        Encoder(copied)


def test_a_record_that_is_no_text_is_refused(copied):
    (copied / "MODEL.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EncoderError, match=r"MODEL\.json is damaged"):
        Encoder(copied)


def test_what_a_question_brings_along_is_made_once_for_every_worker(model, tmp_path, monkeypatch):
    store = tmp_path / "vectors"
    first = Encoder(store=store).encode(SENTENCES, keep=False)
    assert np.array_equal(first, model.encode(SENTENCES, keep=False))
    second = Encoder(store=store)
    monkeypatch.setattr(second, "_run", lambda texts: pytest.fail("encoded again"))
    assert np.array_equal(second.encode(SENTENCES, keep=False), first)
    assert [path.suffix for path in store.iterdir()] == [".npy"]


@pytest.mark.parametrize("kept", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"], ids=["empty", "archive", "cut"])
def test_other_texts_and_damaged_files_are_made_anew(kept, tmp_path):
    encoder = Encoder(store=tmp_path)
    first = encoder.encode(SENTENCES[:2], keep=False)
    (path,) = tmp_path.iterdir()
    path.write_bytes(kept)
    assert np.array_equal(encoder.encode(SENTENCES[:2], keep=False), first)
    encoder.encode(SENTENCES[2:3], keep=False)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_store_that_cannot_be_written_costs_nobody_an_answer(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert len(Encoder(store=tmp_path / "file" / "vectors").encode(SENTENCES, keep=False)) == len(SENTENCES)
