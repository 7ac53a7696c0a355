#!/usr/bin/env bash
# Effect 4: `~standard.jsonSchema.output` of a schema describes JSON that its value would be encoded to, not the value that
# `~standard.validate` of the same schema returns. A date and bytes are "strings", a number is "a number or one of three
# strings". Whoever makes a table or a type of it gets columns that no validated value fits. Joi 18 does so for binary().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund effect@4.1.0 joi@18.3.2
cat >check.mjs <<'JS'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Schema } from 'effect'
import Joi from 'joi'

const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
const typesOf = (schema) => schema['~standard'].jsonSchema.output({ target: 'draft-2020-12' }).properties
const valueOf = (schema, input) => schema['~standard'].validate(input).value

const struct = Schema.Struct({ at: Schema.DateFromString, n: Schema.Number })
const effect = Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(struct))
const value = valueOf(effect, { at: '2026-01-31T09:30:00Z', n: 1 })
console.log(`effect ${versionOf('effect')}: at is ${JSON.stringify(typesOf(effect).at)}, the value a ${value.at.constructor.name}`)
console.log(`effect ${versionOf('effect')}: n is ${JSON.stringify(typesOf(effect).n)}, the value a ${typeof value.n}`)
assert.equal(typesOf(effect).at.type, 'string')
assert.ok(value.at instanceof Date)
assert.deepEqual(typesOf(effect).n.anyOf[1], { type: 'string', enum: ['Infinity', '-Infinity', 'NaN'] })

const joi = Joi.object({ bytes: Joi.binary() })
const { bytes } = valueOf(joi, { bytes: 'a' })
console.log(`joi ${versionOf('joi')}: bytes is ${JSON.stringify(typesOf(joi).bytes)}, the value a ${bytes.constructor.name}`)
assert.equal(typesOf(joi).bytes.type, 'string')
assert.ok(Buffer.isBuffer(bytes))
JS
node check.mjs
