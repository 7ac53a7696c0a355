#!/usr/bin/env bash
# Reads tables of the local warehouse with DuckDB and PyIceberg, in a new virtual environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r test/interop/requirements.txt
exec npx vitest run --config test/interop/vitest.config.ts "$@"
