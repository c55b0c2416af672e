"""WHEN and in which order: the timed session, drafts, the clock.

May import scoring, catalog, accounts, jobs and lib. `clock` and `splice` are pure: no Django.
"""
