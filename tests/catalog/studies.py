"""Steps for the small question, by the topic that its criteria study."""

from tests.catalog.factories import content, criterion


def studies(topic: str) -> dict[str, object]:
    """The steps of a question all of whose criteria study one topic."""
    keys = {step: (f"{step}_one", f"{step}_two") for step in content()["steps"]}
    return {step: {"criteria": [criterion(key, study=topic) for key in both]} for step, both in keys.items()}
