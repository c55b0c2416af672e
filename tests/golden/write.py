"""Write the golden marks anew, after a change that was meant and a version that was raised:

    .venv/bin/python -m tests.golden.write            both files, and what changed
    .venv/bin/python -m tests.golden.write --check    only what would change

Marks that changed under the same versions, the same rubric and the same texts are refused; `--anyway` writes them
while a version is still in the making.
"""

import argparse
import json
import os
import sys
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the golden marks of all own texts.")
    parser.add_argument("--check", action="store_true", help="say what would change and write nothing")
    parser.add_argument("--anyway", action="store_true", help="write marks that changed without a raised version")
    parser.add_argument("--by", choices=["words", "meaning"], action="append", help="only this file (default both)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    refused = [by for by in options.by or ["words", "meaning"] if not _renew(by, options)]
    if refused:
        sys.exit("Not written: raise ENGINE_VERSION or the calibration's VERSION first, or add --anyway.")


def _renew(by: str, options: argparse.Namespace) -> bool:
    """Say what changed and write it down; False where it must not be written."""
    from tests.golden import marks
    from tests.scoring.engine import own

    after = marks.record(own.encoder() if by == marks.MEANING else None)
    before: dict[str, Any] = marks.written(by) if marks.path(by).exists() else {"marks": {}}
    lines = marks.differences(before["marks"], after["marks"])
    print(f"{by}: {sum(map(len, after['marks'].values()))} marks of {len(after['marks'])} texts, {len(lines)} changed")
    print("".join(f"  {line}\n" for line in lines[:200]), end="")
    if options.check:
        return True
    if before["marks"] and not options.anyway and marks.unexplained(before, after):
        return False
    marks.path(by).write_text(json.dumps(after, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return True


if __name__ == "__main__":
    main()
