"""Write `impossible.npz`, what the shared wrong claims mean: `python scoring/model/vectors.py` after changing them.

Without a file that fits the texts and the model, every worker works them out when it scores for the first time.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import numpy as np

from scoring.engine import bank
from scoring.engine.encoder import Encoder


def main() -> None:
    encoder = Encoder()
    claims, corrections = bank.shared_texts()
    made = bank.make(encoder, claims, corrections)
    np.savez(
        bank.VECTORS,
        digest=np.array(bank.digest(encoder, claims, corrections)),
        claims=made[0].astype(np.float16),
        corrections=made[1].astype(np.float16),
    )
    print(f"{bank.VECTORS.name}: {len(claims)} claims, {len(corrections)} corrections")


if __name__ == "__main__":
    main()
