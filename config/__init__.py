"""Wiring: settings, URLs, Celery, WSGI. Imports every app; no app imports it."""
