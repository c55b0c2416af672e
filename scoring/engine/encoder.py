"""Sentences → vectors whose product says how alike their meanings are: all-MiniLM-L6-v2 in 8-bit integers.

Imported by the worker alone, and only when the model is there; the engine scores by words without it.
`scoring/model/MODEL.json` says where the model is from and what its files must hash to.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime  # type: ignore[import-untyped, unused-ignore]

from scoring.engine import wordpiece

MODEL_DIR: Final = Path(__file__).parent.parent / "model"
WIDTH: Final = 384
# A sentence of an answer has some 20 pieces; what is longer says its subject early.
MAX_PIECES: Final = 96
KEPT: Final = 8192

Vectors = np.ndarray


class EncoderError(Exception):
    """The model is not there, or not the one that MODEL.json describes."""


class Encoder:
    """One model in memory. `fingerprint` names its weights; marks made with another are not comparable."""

    def __init__(self, directory: Path = MODEL_DIR) -> None:
        model, vocabulary, self.fingerprint = _checked(directory)
        self._pieces = wordpiece.vocabulary(vocabulary)
        options = onnxruntime.SessionOptions()
        # One thread: workers are scaled by their number, and sums come out in the same order.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._kept: OrderedDict[bytes, np.ndarray] = OrderedDict()

    def encode(self, texts: Sequence[str], *, keep: bool = True) -> Vectors:
        """(len(texts), 384), float32, rows of length 1. What was encoded lately is not encoded again."""
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        made = dict(zip(fresh, self._run(list(fresh.values())), strict=True))
        found = np.empty((len(texts), WIDTH), dtype=np.float32)
        for row, key in enumerate(keys):
            found[row] = made[key] if key in made else self._kept[key]
        if keep:
            self._kept.update(made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def _run(self, texts: Sequence[str]) -> Iterator[np.ndarray]:
        """One text at a time: activations are quantised per batch, and a vector must not depend on its neighbours."""
        for text in texts:
            ids = np.array([wordpiece.ids(text, self._pieces, MAX_PIECES)], dtype=np.int64)
            yield self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]


def _checked(directory: Path) -> tuple[Path, Path, str]:
    """The model, its vocabulary and its fingerprint, once their hashes agree with MODEL.json."""
    try:
        record = json.loads((directory / "MODEL.json").read_text(encoding="utf-8"))
        files = record["files"]
        for name, wanted in files.items():
            if hashlib.sha256((directory / name).read_bytes()).hexdigest() != wanted:
                raise EncoderError(f"{name} in {directory} is not the file that MODEL.json describes.")
    except OSError as error:
        raise EncoderError(f"The model cannot be read: {error}") from error
    model = next(name for name in files if name.endswith(".onnx"))
    return directory / model, directory / "vocab.txt", record["fingerprint"]
