#!/bin/sh
# Print the path of a Python 3.12 or newer, or say in one sentence what to install.
set -u

older=""
for name in python3.14 python3.13 python3.12 python3 python; do
    found=$(command -v "$name" 2>/dev/null) || continue
    version=$("$found" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$found" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
        if "$found" -c 'import ensurepip, venv' 2>/dev/null; then
            "$found" -c 'import sys; print(sys.executable)'
            exit 0
        fi
        older="; Python $version is here, but without its venv module"
    else
        older="${older:-; only Python $version is here}"
    fi
done

if uv python find --system --no-python-downloads '>=3.12' 2>/dev/null; then
    exit 0
fi

echo "Python 3.12 or newer with its venv module is needed: install it" \
    "(on Debian 13 or Ubuntu 24.04: sudo apt install python3 python3-venv)" \
    "and run the same command again$older." >&2
exit 1
