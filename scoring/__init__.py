"""HOW an answer is judged: the pure engine, submissions, evaluations, and the job that scores them.

May import catalog, accounts, jobs and lib. `engine` is pure Python: no Django, no clock, no randomness.
"""
