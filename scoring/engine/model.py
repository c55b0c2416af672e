"""What MODEL.json says of the model beside it: its fingerprint, its files and what they must hash to.

Imports nothing of the model itself, so that the web process can ask for the fingerprint.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MODEL_DIR: Final = Path(__file__).parent.parent / "model"
RECORD: Final = "MODEL.json"
VOCABULARY: Final = "vocab.txt"

_REMEDY: Final = "Restore the folder as it was released, or set SCORING_ENCODER=none to read answers by their words."


class EncoderError(Exception):
    """The model is not there, or not the one that MODEL.json describes; says what to do about it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model on disk. `fingerprint` names its weights; `hashes` are the SHA-256 of its files by name."""

    directory: Path
    fingerprint: str
    weights: Path
    vocabulary: Path
    hashes: Mapping[str, str]


def described(directory: Path = MODEL_DIR) -> Model:
    """The model as its record describes it; the files themselves are not looked at."""
    record = directory / RECORD
    try:
        said = json.loads(record.read_text(encoding="utf-8"))
    except OSError as error:
        raise EncoderError(f"{record} cannot be read ({error.strerror}). {_REMEDY}") from error
    except ValueError as error:
        raise EncoderError(f"{record} is damaged ({error}). {_REMEDY}") from error
    match said:
        case {"fingerprint": str(fingerprint), "files": dict(hashes)} if VOCABULARY in hashes:
            weights = [name for name in hashes if name.endswith(".onnx")]
            if len(weights) == 1:
                return Model(directory, fingerprint, directory / weights[0], directory / VOCABULARY, hashes)
    raise EncoderError(f"{record} does not name a fingerprint, one .onnx file and {VOCABULARY}. {_REMEDY}")


def checked(directory: Path = MODEL_DIR) -> Model:
    """The same, once every file is there and hashes to what the record says."""
    model = described(directory)
    for name, wanted in model.hashes.items():
        try:
            found = hashlib.sha256((directory / name).read_bytes()).hexdigest()
        except OSError as error:
            raise EncoderError(f"{directory / name} cannot be read ({error.strerror}). {_REMEDY}") from error
        if found != wanted:
            raise EncoderError(f"{directory / name} is not the file that {RECORD} describes. {_REMEDY}")
    return model
