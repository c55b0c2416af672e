import pytest

from scoring.engine.prepare import Prepared
from tests.scoring.engine import samples


@pytest.fixture(scope="session")
def question():
    return samples.question()


@pytest.fixture(scope="session")
def prepared(question):
    return Prepared(question)
