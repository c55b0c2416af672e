import pytest

from catalog import rules


@pytest.fixture(autouse=True)
def only_the_catalogs_own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small question of these tests has no model answer worth the name; scoring tests its rule itself."""
    monkeypatch.setattr(rules, "registered", {})
