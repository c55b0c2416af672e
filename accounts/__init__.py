"""Owns people: the User, signing in, guest practice, preferences, export and erasure.

May import jobs and lib; upper apps join in through `accounts.lifecycle`.
"""
