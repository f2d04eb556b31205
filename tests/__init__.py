"""The tests of annotator; the folders repeat the rooms of the package one to one."""
