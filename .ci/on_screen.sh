#!/bin/sh
# Run a command where its windows are real: on a virtual screen if there is one, else offscreen.
if command -v xvfb-run >/dev/null 2>&1; then
    exec xvfb-run -a -s "-screen 0 1920x1200x24" "$@"
fi
QT_QPA_PLATFORM=offscreen exec "$@"
