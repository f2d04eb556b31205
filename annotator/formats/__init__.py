"""Readers and writers, one module each, found through two registries."""
