"""Sentences → vectors whose product says how alike their meanings are: all-MiniLM-L6-v2 in 8-bit integers.

Imported by the worker alone, and only when the model is there; the engine scores by words without it.
`scoring/model/MODEL.json` says where the model is from; `model` holds its files against it.
"""

import hashlib
import tempfile
import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime  # type: ignore[import-untyped, unused-ignore]

from scoring.engine import wordpiece
from scoring.engine.model import MODEL_DIR, checked

WIDTH: Final = 384
# A sentence of an answer has some 20 pieces; what is longer says its subject early.
MAX_PIECES: Final = 96
KEPT: Final = 8192

Vectors = np.ndarray


class Encoder:
    """One model in memory. `fingerprint` names its weights; marks made with another are not comparable.

    `store` is a folder for the vectors of what a question brings along: seconds to make, the same for every worker, and
    free to be deleted.
    """

    def __init__(self, directory: Path = MODEL_DIR, store: Path | None = None) -> None:
        model = checked(directory)
        self.fingerprint = model.fingerprint
        self._pieces = wordpiece.vocabulary(model.vocabulary)
        options = onnxruntime.SessionOptions()
        # One thread: workers are scaled by their number, and sums come out in the same order.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model.weights), options, providers=["CPUExecutionProvider"])
        self._store = store
        self._kept: OrderedDict[bytes, np.ndarray] = OrderedDict()

    def encode(self, texts: Sequence[str], *, keep: bool = True) -> Vectors:
        """(len(texts), 384), float32, rows of length 1. What was encoded lately is not encoded again.

        `keep=False` for what a question brings along: not kept here, but in the store.
        """
        return self._encode(texts, keep=keep) if keep or not self._store else self._stored(texts, self._store)

    def _stored(self, texts: Sequence[str], store: Path) -> Vectors:
        name = hashlib.sha256("\n".join([self.fingerprint, *texts]).encode()).hexdigest()
        path = store / f"{name}.npy"
        try:
            with path.open("rb") as kept:
                found: Vectors = np.load(kept, allow_pickle=False)
            if found.shape == (len(texts), WIDTH):
                return found
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            # Absent, or cut short when the power went: it is made anew.
            pass
        found = self._encode(texts, keep=False)
        # A disk that is full or read-only costs the next worker some seconds, and nobody an answer.
        with suppress(OSError):
            store.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=store, suffix=".part", delete=False) as file:
                np.save(file, found)
            Path(file.name).replace(path)
        return found

    def _encode(self, texts: Sequence[str], *, keep: bool) -> Vectors:
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
