"""Pairing of marks between annotators, and the coefficients."""
