"""Everything that can befall a project, as often as wanted: ``make torture ARGS="--minutes 10"``.

The suite runs each of these a few times; here the numbers are what is wanted. A figure other than
0 in the last columns is a fault of ours.
"""
