#!/bin/sh
# Make .venv and install what requirements.lock names into it. Called by make when the lock changed.
set -eu

venv=$1
lock=$2
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

can_make_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The first Python that fits and can make environments; failing that, the first that fits.
find_python() {
    fallback=
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python; do
        if fits "$candidate"; then
            if can_make_environments "$candidate"; then
                echo "$candidate"
                return
            fi
            fallback=${fallback:-$candidate}
        fi
    done
    echo "$fallback"
}

python_in_venv() {
    if [ -d "$venv/Scripts" ]; then echo "$venv/Scripts/python.exe"; else echo "$venv/bin/python"; fi
}

if ! fits "$(python_in_venv)"; then
    python=$(find_python)
    if [ -z "$python" ]; then
        say "annotator needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it with make PYTHON=/path/to/python3."
        exit 1
    fi
    if ! can_make_environments "$python"; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
            say "Installing $package, which $python needs to make an environment."
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -qq </dev/null
            apt-get install -y -qq --no-install-recommends "$package" </dev/null >/dev/null
        fi
        if ! can_make_environments "$python"; then
            say "$python cannot make an environment because its modules venv and ensurepip are missing: install $package (Debian, Ubuntu) or a complete Python."
            exit 1
        fi
    fi
    say "Making $venv with $("$python" --version)."
    "$python" -m venv --clear "$venv"
fi

say "Installing what $lock names."
"$(python_in_venv)" -m pip install --quiet --require-hashes --requirement "$lock" </dev/null
