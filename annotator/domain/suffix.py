"""How the name of a project file ends."""

SUFFIX = ".annotator"
