#!/bin/sh
# make-venv.sh DIR: a virtual environment of a Python that nurture runs on. Says what is missing, or installs it where it can.
set -eu
venv=$1
here=$(dirname "$0")
# shellcheck source=scripts/debian.sh
. "$here/debian.sh"

suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
complete='import venv, ensurepip'

find_python() { # prints the first interpreter that passes the check $1
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c "$1" >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

moved() { [ -e "$venv/.setup" ] && [ "$(cat "$venv/.setup")" != "$PWD" ]; } # its programs still name the old place

if ! moved && [ -x "$venv/bin/python" ] && "$venv/bin/python" -c "$suits; import pip" 2>/dev/null; then
    exit 0
fi
if ! python=$(find_python "$complete; $suits"); then
    if found=$(find_python "$suits"); then
        packages="$("$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        missing="$found has no module venv"
    else
        packages="python3 python3-venv"
        missing="there is no Python 3.11, 3.12 or 3.13 here$(command -v python3 >/dev/null && echo " (python3 is $(python3 -V 2>&1))")"
    fi
    # shellcheck disable=SC2086  # a list of packages
    install_debian $packages || true
    if ! python=$(find_python "$complete; $suits"); then
        echo "nurture needs Python 3.11 to 3.13 with venv: $missing." >&2
        echo "On Debian or Ubuntu: apt-get install $packages. Elsewhere, name one: make setup PYTHON=/path/to/python3" >&2
        exit 1
    fi
fi
echo "Making $venv with $("$python" -V) ..."
"$python" -m venv --clear "$venv"
