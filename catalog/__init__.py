"""WHAT is asked: questions and rubrics, loaded from files as immutable editions.

May import accounts, jobs and lib. `spec`, `steps` and `answer_file` are pure: no Django.
"""
