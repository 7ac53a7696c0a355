#!/usr/bin/env bash
# hyparquet 1.33: a TIMESTAMP(MICROS) column, the only kind that Iceberg v2 has, is read as Date objects, so two events of one
# millisecond have the same time, and the last microsecond before 1970 is read as 1970 itself. Nothing warns. `parsers` with
# timestampFromMicroseconds keeps the digits; pyarrow keeps them by default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.33.0 hyparquet-writer@0.17.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==21.0.0
cat >check.mjs <<'JS'
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'

const micros = [1747173825423627n, 1747173825423001n, -1n]
const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' }
const file = parquetWriteBuffer({
  columnData: [{ name: 'at', data: micros }],
  schema: [
    { name: 'root', num_children: 1 },
    { name: 'at', type: 'INT64', repetition_type: 'REQUIRED', logical_type },
  ],
})
writeFileSync('times.parquet', Buffer.from(file))

const read = (await parquetReadObjects({ file })).map(({ at }) => at)
console.log('hyparquet:', read.map((at) => at.toISOString()).join(' '))
assert.deepEqual(
  read.map((at) => at.toISOString()),
  ['2025-05-13T22:03:45.423Z', '2025-05-13T22:03:45.423Z', '1970-01-01T00:00:00.000Z'],
)

const { DEFAULT_PARSERS } = await import('hyparquet/src/convert.js').catch(() => ({ DEFAULT_PARSERS: {} }))
const parsers = { ...DEFAULT_PARSERS, timestampFromMicroseconds: (value) => value }
const exact = (await parquetReadObjects({ file, parsers })).map(({ at }) => at)
console.log('hyparquet with a parser:', exact.join(' '))
assert.deepEqual(exact, micros)
JS
node check.mjs
venv/bin/python - <<'PY'
import pyarrow as pa
import pyarrow.parquet as pq

read = pq.read_table("times.parquet")["at"].cast(pa.int64()).to_pylist()
print("pyarrow", pa.__version__ + ":", *read)
assert read == [1747173825423627, 1747173825423001, -1]
PY
