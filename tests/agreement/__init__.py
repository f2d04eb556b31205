"""Tests of agreement: worked examples of the literature, independent programs, and laws."""
