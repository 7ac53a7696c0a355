import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPackage, linkPackages } from '../support/built-package.ts'

const strips = Boolean((process.features as { typescript?: unknown }).typescript)

/** The first example of the README, which people copy. */
const example =
  /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8'))?.[1] ?? ''

const split = example.indexOf('const router')
const [declarations, router] = [example.slice(0, split), example.slice(split)]
/** The same in two files, where the other is imported by the name that it has once it is compiled. */
const twoFiles = {
  'tables.ts': declarations
    .replaceAll('const orders', 'export const orders')
    .replaceAll('const refunds', 'export const refunds')
    .replaceAll('interface', 'export interface'),
  'handler.ts': `import { createIcebergRouter } from 'firehose-iceberg-router'
import { orders, refunds } from './tables.js'
import type { Order, Refund } from './tables.js'

${router}`,
}

let root = ''

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'typescript-'))
  await buildPackage(join(root, 'node_modules/firehose-iceberg-router'))
  linkPackages(join(root, 'node_modules'), ['avsc', 'hyparquet-writer', 'hyparquet'])
}, 120_000)

interface Project {
  readonly files: { readonly [name: string]: string }
  /** What `npm init` wrote; undefined if it wrote nothing of it. */
  readonly type: string | undefined
  readonly tsx?: boolean
}

/** Runs two orders through a project, in a folder below that of the package. */
function deliver({ files, type, tsx = !strips }: Project) {
  const folder = mkdtempSync(join(root, 'project-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', ...(type && { type }) }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  if (tsx) {
    mkdirSync(join(folder, 'node_modules'))
    linkPackages(join(folder, 'node_modules'), ['tsx'])
  }
  const order = { type: 'order', id: '1', at: '2026-01-31T09:30:00Z', lines: [] }
  const refund = { type: 'refund', id: '2', at: '2026-01-31T09:30:00Z', reason: 'torn' }
  writeFileSync(join(folder, 'events.jsonl'), [order, refund].map((event) => JSON.stringify(event)).join('\n'))
  const cli = join(root, 'node_modules/firehose-iceberg-router/dist/cli.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'run', 'events.jsonl', '--handler', 'handler.ts', '--strict'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  )
  return { status, out: stdout, err: stderr }
}

/** With Node itself from 22.18 on; with tsx before, and with it as well for what Node cannot. */
describe.each([undefined, 'commonjs', 'module'])('a handler in TypeScript, with type %s', (type) => {
  it.each<[string, Project['files']]>([
    ['the example of the README', { 'handler.ts': example }],
    ['the example in two files', twoFiles],
  ])('runs: %s', (_, files) => {
    const { status, out, err } = deliver({ files, type })
    expect({ status, out, err }).toMatchObject({ status: 0, out: expect.stringContaining('2 records: 2 delivered') })
  })

  it.each<[string, string, RegExp]>([
    [
      'an enum',
      `enum Colour { Red }\nconsole.log(Colour.Red)\n${example}`,
      /enum, a namespace or a parameter property/,
    ],
    ['no compiler', example, /does not run TypeScript; use Node 22\.18 or later, or npm install --save-dev tsx/],
  ])('says what is missing for %s, and runs with tsx', (name, content, message) => {
    const files = { 'handler.ts': content }
    expect(deliver({ files, type, tsx: true }).out).toContain('2 records: 2 delivered')
    if (name === 'no compiler' && strips) return
    const { status, err } = deliver({ files, type, tsx: false })
    expect(status).toBe(1)
    expect(err).toMatch(strips ? message : /does not run TypeScript; use Node 22\.18 or later, or npm install/)
  })
})
