#!/usr/bin/env bash
# Reads tables of the local warehouse with every engine, and writes the matrix into docs/readers.md. With --foreign, lets Spark
# write to them instead, and records the fixtures of the unit tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

[ -x .engines/venv/bin/python ] || python3 -m venv .engines/venv
.engines/venv/bin/python -m pip install --quiet --disable-pip-version-check -r test/interop/engines/requirements.txt
if [ "${1:-}" = --foreign ]; then exec npx tsx test/interop/engines/foreign/main.ts; fi
exec npx tsx test/interop/engines/main.ts "$@"
