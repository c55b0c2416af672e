from datetime import datetime

import pytest

from accounts.models import User
from interview.models import Session
from tests.accounts.factories import make_user
from tests.interview.factories import NOON, make_session


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def alice(db: None) -> User:
    return make_user("alice@example.com")


@pytest.fixture
def stranger(db: None) -> User:
    return make_user("stranger@example.com")


@pytest.fixture
def session(alice: User) -> Session:
    return make_session(alice)
