"""Pairing of marks between annotators, and the coefficients.

A ``Document`` (module ``units``) is one article with the marks of everybody who is done with it.
A ``Measure`` (module ``measure``) says how a document is counted and what a sum of such counts is
worth; ``assess`` pools the counts of many documents and, if asked, draws intervals. ``table``
names the measures that go together. Nothing here depends on the order of documents, annotators
or marks, and offsets of different documents never meet.
"""
