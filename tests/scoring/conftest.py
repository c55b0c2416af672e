from collections.abc import Iterator
from typing import Any

import pytest

from scoring import encoding


@pytest.fixture
def by_words(settings: Any) -> Iterator[None]:
    """No encoder: quick, and the same on every machine."""
    settings.SCORING_ENCODER = encoding.NONE
    encoding.encoder.cache_clear()
    yield
    encoding.encoder.cache_clear()
