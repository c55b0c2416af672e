import pytest

from scoring.engine.prepare import prepare
from tests.scoring.engine import own, samples


@pytest.fixture(scope="session")
def question():
    return samples.question()


@pytest.fixture(scope="session")
def prepared(question):
    return prepare(question)


@pytest.fixture(scope="session", params=["words", "meaning"])
def encoder(request):
    """Both ways to read an answer: by its words alone, and with the model."""
    return own.encoder() if request.param == "meaning" else None


@pytest.fixture(scope="session")
def model():
    return own.encoder()
