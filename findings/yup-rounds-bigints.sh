#!/usr/bin/env bash
# Yup 1.7: `number()` takes a bigint and returns a number, rounded, without an issue, also where the bigint came from a JSON
# reader that keeps ids beyond 2^53 exact. The other validators refuse a bigint for a number. With `strict()` Yup wants to, but
# throws a TypeError while it prints the bigint for its message, so that there are no issues either. `mixed()` leaves it alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yup@1.7.1 zod@4.6.7 valibot@1.5.0 joi@18.3.2
cat >check.mjs <<'JS'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import Joi from 'joi'
import * as v from 'valibot'
import * as yup from 'yup'
import * as z from 'zod'

const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
const id = 9007199254740993n
const schemas = {
  yup: yup.object({ id: yup.number() }),
  zod: z.object({ id: z.number() }),
  valibot: v.object({ id: v.number() }),
  joi: Joi.object({ id: Joi.number() }),
}
for (const [name, schema] of Object.entries(schemas)) {
  const { value, issues } = await schema['~standard'].validate({ id })
  console.log(`${name} ${versionOf(name)}: ${id} is ${issues ? 'refused' : `accepted as ${value.id}`}`)
  assert.equal(issues === undefined, name === 'yup')
  if (name === 'yup') assert.equal(value.id, 9007199254740992)
}

const strict = yup.object({ id: yup.number().strict() })['~standard']
const thrown = await Promise.resolve().then(() => strict.validate({ id })).catch((error) => error)
console.log(`yup ${versionOf('yup')}, strict: ${thrown}`)
assert.ok(thrown instanceof TypeError)
const mixed = await yup.object({ id: yup.mixed() })['~standard'].validate({ id })
console.log(`yup ${versionOf('yup')}, mixed: accepted as ${mixed.value.id}`)
assert.equal(mixed.value.id, id)
JS
node check.mjs
