#!/bin/sh
# Make .venv as the lock says, with uv if it is here and else with pip. Quick when nothing changed.
set -eu

cd "$(dirname "$0")/../.."
stamp=.venv/.made-from
locked=$(cat uv.lock requirements-dev.txt | cksum)

is_fit() {
    .venv/bin/python -c "import sys; sys.exit(sys.version_info < (3, 12))" 2>/dev/null
}

with_uv() {
    uv --version >/dev/null 2>&1 || return 1
    is_fit || uv venv --quiet --clear --python "$python" .venv || return 1
    uv sync --quiet --frozen
}

with_pip() {
    is_fit && .venv/bin/python -c "import pip" 2>/dev/null || "$python" -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
}

if is_fit && [ "$(cat "$stamp" 2>/dev/null)" = "$locked" ]; then
    exit 0
fi
if is_fit; then
    python=$(.venv/bin/python -c "import sys; print(sys._base_executable)")
else
    python=$(sh config/deploy/python.sh)
fi
echo "Making the environment in .venv with $python: once, a minute or two." >&2
with_uv || with_pip
echo "$locked" >"$stamp"
