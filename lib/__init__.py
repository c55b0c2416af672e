"""Boring helpers, one topic per module. Imports nothing of ours."""
