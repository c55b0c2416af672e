"""The scoring engine: `score(question, answer, variant) -> Result`. Pure and deterministic."""

from scoring.engine.compose import ENGINE_VERSION, score

__all__ = ["ENGINE_VERSION", "score"]
