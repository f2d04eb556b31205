"""What other programs make of our files; run by ``make interop``, for it installs them.

Each of them lives in an environment of its own below ``.peers`` and is asked by a script in
``sides``, which knows nothing of annotator. Where one does not install, its tests are
skipped, and say so.
"""
