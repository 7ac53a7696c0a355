import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { atOurVersions, pack, project, ROOT, run } from './packed.ts'

/** What an older project may have: versions that this package itself cannot use, or does not need. */
const OLDER = ['zod@3.25.76', 'fast-check@3.0.0', 'avsc@4.1.11', 'hyparquet-writer@0.10.1']

let tarball = ''

beforeAll(() => {
  tarball = pack()
})

/** Runs a module of a project, and returns what it printed. */
function print(folder: string, code: string): string {
  writeFileSync(join(folder, 'print.mjs'), code)
  return run(process.execPath, ['print.mjs'], folder)
}

describe('beside older versions of its optional peers, the package', () => {
  let folder = ''

  beforeAll(() => {
    // The older ones first, as in a project that adopts the package.
    folder = project(OLDER)
    run('npm', ['install', '--no-audit', '--no-fund', tarball], folder)
  })

  it('installs, and npm finds no fault with the tree', () => {
    expect(run('npm', ['ls', '--all'], folder)).toContain('firehose-iceberg-router@')
    // A clean install from the lock file checks the peers again.
    run('npm', ['ci', '--no-audit', '--no-fund'], folder)
  })

  it('routes', () => {
    const code = `import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'
const table = defineTable({ name: 'names', columns: { name: t.string() } })
const handler = createIcebergRouter({ database: 'db' }).otherwise({ table, transform: ({ name }) => ({ name }) }).handler()
const data = Buffer.from('{"name":"Ada"}').toString('base64')
const records = [{ recordId: '1', approximateArrivalTimestamp: 0, data }]
const answer = await handler({ invocationId: 'i', deliveryStreamArn: 'a', region: 'r', records })
console.log(answer.records[0].result)`
    expect(print(folder, code)).toBe('Ok\n')
  })

  it.each([
    ['ESM', (entry: string) => `await import('${entry}')`],
    ['CommonJS', (entry: string) => `(await import('node:module')).createRequire(import.meta.url)('${entry}')`],
  ])('says that its schemas need Zod 4: %s', (_, load) => {
    const code = `try { ${load('firehose-iceberg-router/ses/schemas')} } catch (error) { console.log(error.code, error.message) }`
    expect(print(folder, code)).toBe(
      'MissingDependency firehose-iceberg-router/ses/schemas needs zod 4 or later, and an earlier version is installed: npm install zod@4\n',
    )
  })

  it('makes its arbitraries with fast-check 3', () => {
    const code = `import * as fc from 'fast-check'
import * as arbitraries from 'firehose-iceberg-router/testing/arbitraries'
import { checkResponse } from 'firehose-iceberg-router/testing'
import { createSesRouter, allEvents } from 'firehose-iceberg-router/ses'
const { jsonTexts, ...others } = arbitraries
for (const make of Object.values(others)) fc.sample(make(), 50)
fc.sample(jsonTexts(arbitraries.sesEvents()), 50)
const handler = createSesRouter({ database: 'db', events: allEvents, onBatch: [] }).handler()
await fc.assert(fc.asyncProperty(arbitraries.firehoseEvents(), async (event) => checkResponse(event, await handler(event)).length === 0))
console.log(Object.keys(arbitraries).length)`
    expect(Number(print(folder, code))).toBeGreaterThan(10)
  })

  it.each([
    ['avsc', '5', ['hyparquet-writer']],
    ['hyparquet-writer', '0.17', ['avsc']],
  ])('says that the local warehouse needs a newer %s', (name, version, others) => {
    const place = project([tarball, ...OLDER.filter((older) => older.startsWith(`${name}@`)), ...atOurVersions(others)])
    writeFileSync(join(place, 'events.jsonl'), '{"name":"Ada"}\n')
    writeFileSync(
      join(place, 'handler.mjs'),
      `import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'
const table = defineTable({ name: 'names', columns: { name: t.string() } })
export const handler = createIcebergRouter({ database: 'db' }).otherwise({ table, transform: ({ name }) => ({ name }) }).handler()`,
    )
    const args = ['--no-install', 'firehose-iceberg', 'run', 'events.jsonl', '--handler', 'handler.mjs']
    const { status, stderr } = spawnSync('npx', args, { cwd: place, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining(
        `the local warehouse needs ${name} ${version} or later, and an earlier version is installed: npm install --save-dev ${name}@latest\n`,
      ),
    })
  })
})

it('every optional peer takes every version, because npm refuses to install beside another one', () => {
  const manifest: {
    readonly peerDependencies: Readonly<Record<string, string>>
    readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>
  } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const optional = Object.entries(manifest.peerDependenciesMeta).flatMap(([name, meta]) =>
    meta.optional ? [name] : [],
  )
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual(optional.sort())
  expect(new Set(Object.values(manifest.peerDependencies))).toEqual(new Set(['*']))
})
