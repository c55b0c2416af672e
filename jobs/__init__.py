"""Owns how anything gets done later: the outbox, the relay, the embedded worker, dead work, mail.

May import lib only. Upper apps call `jobs.outbox.enqueue` in the transaction that makes the work, and register
their handlers (`jobs.outbox.register`, `jobs.periodic.register`) in `AppConfig.ready()`.
"""
