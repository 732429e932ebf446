#!/bin/sh
# Finds a Python that the wheels are made for and hands over to install.py, which does the work.
for version in @PYTHONS@; do
    if command -v "python$version" >/dev/null 2>&1; then
        exec "python$version" "$(dirname "$0")/install.py" "$@"
    fi
done
exec python3 "$(dirname "$0")/install.py" "$@"
