import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPackage, linkPackages } from '../support/built-package.ts'

const ROUTER = `const table = defineTable({ name: 'names', columns: { name: t.string() } })
const handler = createIcebergRouter({ database: 'db' }).otherwise({ table, transform: ({ name }) => ({ name }) }).handler()
`
const ESM = `import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'\n${ROUTER}export { handler }\n`
const COMMON_JS = `const { createIcebergRouter, defineTable, t } = require('firehose-iceberg-router')\n${ROUTER}exports.handler = handler\n`

let root = ''

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'javascript-'))
  await buildPackage(join(root, 'node_modules/firehose-iceberg-router'))
  linkPackages(join(root, 'node_modules'), ['avsc', 'hyparquet-writer'])
}, 120_000)

/** Delivers an event through a handler, with Node as it is: no compiler that hides the format of a module. */
function deliver(name: string, code: string, type: string | undefined) {
  const folder = mkdtempSync(join(root, 'project-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', ...(type && { type }) }))
  writeFileSync(join(folder, name), code)
  writeFileSync(join(folder, 'events.jsonl'), '{"name":"Ada"}\n')
  const cli = join(root, 'node_modules/firehose-iceberg-router/dist/cli.js')
  const args = [cli, 'run', 'events.jsonl', '--handler', name]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return { status, out: stdout, err: stderr }
}

describe('a handler in JavaScript', () => {
  it.each([
    ['handler.mjs', ESM, 'commonjs'],
    ['handler.cjs', COMMON_JS, 'module'],
    ['handler.js', COMMON_JS, 'commonjs'],
    ['handler.js', COMMON_JS, undefined],
    ['handler.js', ESM, 'module'],
  ])('runs: %s', (name, code, type) => {
    expect(deliver(name, code, type)).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 record: 1 delivered'),
    })
  })

  it.each([
    ['ESM', ESM, 'commonjs', 'name it .mjs, or set "type": "module"'],
    ['ESM without an import', 'export const handler = 1\n', 'commonjs', 'name it .mjs, or set "type": "module"'],
    ['CommonJS', COMMON_JS, 'module', 'name it .cjs, or remove "type": "module"'],
    ['CommonJS without a require', 'module.exports = {}\n', 'module', 'name it .cjs, or remove "type": "module"'],
  ])('in the format that its package does not have, says so: %s', (_, code, type, remedy) => {
    expect(deliver('handler.js', code, type)).toMatchObject({
      status: 1,
      err: expect.stringMatching(`handler\\.js does not load: it .*; ${remedy.replace('.', '\\.')}\n`),
    })
  })
})
