import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name)

/** Runs a command and gives what it printed; a command that fails is a failure with all that it printed. */
function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
}

const HANDLER = `
const names = defineTable({ name: 'names', columns: { name: string() } })
const handler = createIcebergRouter({ database: 'db' })
  .on({ type: 'name' }, { table: names, transform: ({ name }) => ({ name: String(name) }) })
  .handler()
`
const USE = `
handler({ invocationId: 'i', deliveryStreamArn: 'a', region: 'r', records: [
  { recordId: '1', approximateArrivalTimestamp: 0, data: btoa(JSON.stringify({ type: 'name', name: 'Ada' })) },
] }).then(({ records }) => console.log(records[0].result, isIcebergRouterError(new Error())))
`
const CORE = 'createIcebergRouter, defineTable, isIcebergRouterError, string'

let tarball = ''
/** An empty project with nothing but the package. */
let bare = ''
/** A project that has what the other entries need. */
let full = ''

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT))
  tarball = join(folder, packed.filename)
  bare = project([tarball])
  const versions = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies
  full = project([
    tarball,
    ...['avsc', 'fast-check', 'hyparquet-writer', 'zod'].map((name) => `${name}@${versions[name]}`),
  ])
})

function project(packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true }))
  run('npm', ['install', '--no-audit', '--no-fund', ...packages], folder)
  return folder
}

describe('the packed tarball', () => {
  it('is clean for publint', () => {
    expect(run(bin('publint'), ['--strict', tarball], ROOT)).toContain('All good')
  })

  it('has types that resolve everywhere, for attw', () => {
    expect(run(bin('attw'), [tarball, '--profile', 'node16'], ROOT)).not.toContain('❌')
  })

  it('brings nothing with it', () => {
    expect(readdirSync(join(bare, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'firehose-iceberg-router',
    ])
  })

  it.each(['js', 'cjs'])('has one class of each name, in the core: %s', (ending) => {
    const classes = readdirSync(join(ROOT, 'dist')).flatMap((name) => {
      if (!name.endsWith(`.${ending}`)) return []
      const text = readFileSync(join(ROOT, 'dist', name), 'utf8')
      return [...text.matchAll(/^var (IcebergRouterError|Refusal|RetryBatchError) = .*\bclass\b/gm)].map(
        ([, found]) => `${name} ${found}`,
      )
    })
    const names = ['IcebergRouterError', 'Refusal', 'RetryBatchError']
    expect(classes.sort()).toEqual(names.map((name) => `index.${ending} ${name}`))
  })

  it.each([
    ['ESM', 'use.mjs', `import { ${CORE} } from 'firehose-iceberg-router'\n${HANDLER}${USE}`],
    ['CommonJS', 'use.cjs', `const { ${CORE} } = require('firehose-iceberg-router')\n${HANDLER}${USE}`],
  ])('works from %s', (_, name, code) => {
    writeFileSync(join(bare, name), code)
    expect(run(process.execPath, [name], bare)).toBe('Ok false\n')
  })

  it('knows its errors from the other module format', () => {
    const code = `import { createRequire } from 'node:module'
import { isIcebergRouterError } from 'firehose-iceberg-router'
const { defineTable } = createRequire(import.meta.url)('firehose-iceberg-router')
try { defineTable({}) } catch (error) { console.log(isIcebergRouterError(error), error.code) }`
    writeFileSync(join(bare, 'both.mjs'), code)
    expect(run(process.execPath, ['both.mjs'], bare)).toBe('true InvalidTable\n')
  })

  it.each([
    ['bundler', 'ESNext', 'module'],
    ['node16', 'Node16', 'module'],
    ['node16', 'Node16', 'commonjs'],
    ['nodenext', 'NodeNext', 'module'],
  ])('type-checks with moduleResolution %s, module %s, type %s', (moduleResolution, module, type) => {
    const folder = project([tarball])
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type }))
    writeFileSync(
      join(folder, 'use.ts'),
      `import { ${CORE} } from 'firehose-iceberg-router'
import { checkResponse, createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { createFirehoseTarget, createKinesisTarget } from 'firehose-iceberg-router/reingest'
import { createSesRouter, sendLog } from 'firehose-iceberg-router/ses'
import { createLocalFirehose, createWarehouse } from 'firehose-iceberg-router/local'
export const all = [createFirehoseTarget, createKinesisTarget, createSesRouter, sendLog, createLocalFirehose, createWarehouse, isIcebergRouterError, checkResponse, createFirehoseEvent]
${HANDLER}
// @ts-expect-error the types are there: a column is missing
createIcebergRouter({ database: 'db' }).otherwise({ table: names, transform: () => ({}) })
export const promise: Promise<{ records: unknown[] }> = handler(createFirehoseEvent([{}]))`,
    )
    // With the libraries' own types checked too, and without @types/node: nobody has to have those.
    const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'ES2022']
    run(bin('tsc'), [...flags, '--moduleResolution', moduleResolution, '--module', module, 'use.ts'], folder)
  })

  it('says what to install where an entry needs more', () => {
    writeFileSync(
      join(bare, 'local.mjs'),
      `import { createLocalFirehose, createWarehouse } from 'firehose-iceberg-router/local'
import { createSesRouter } from 'firehose-iceberg-router/ses'
const handler = createSesRouter({ database: 'db' }).handler()
const tables = handler.tables.map((table) => ({ database: 'db', table }))
createLocalFirehose({ handler, tables, errors: 'errors', warehouse: createWarehouse({ folder: 'warehouse' }) })
  .then(async (firehose) => {
    await firehose.put(JSON.stringify({ eventType: 'Send', mail: { messageId: 'm', timestamp: '2026-01-31T09:30:00Z' }, send: {} }))
    await firehose.close()
  })
  .catch((error) => console.log(error.code, error.message))`,
    )
    const printed = run(process.execPath, ['local.mjs'], bare)
    expect(printed).toMatch(/MissingDependency/)
    expect(printed).toMatch(/npm install --save-dev (avsc|hyparquet-writer)/)
  })

  it.each(['artefacts', 'from-schema', 'local', 'reingest', 'ses', 'ses/schemas', 'testing', 'testing/arbitraries'])(
    'loads ./%s from ESM and CommonJS',
    (entry) => {
      const code = (load: string): string => `${load}.then((m) => console.log(Object.keys(m).length > 0))`
      expect(run(process.execPath, ['-e', code(`import('firehose-iceberg-router/${entry}')`)], full)).toBe('true\n')
      expect(
        run(process.execPath, ['-e', code(`Promise.resolve(require('firehose-iceberg-router/${entry}'))`)], full),
      ).toBe('true\n')
    },
  )

  it('has a command that delivers a file', () => {
    writeFileSync(
      join(full, 'handler.mjs'),
      `import { createSesRouter } from 'firehose-iceberg-router/ses'
export const handler = createSesRouter({ database: 'email_event' }).handler()`,
    )
    const event = { eventType: 'Send', mail: { messageId: 'm', timestamp: '2026-01-31T09:30:00Z' }, send: {} }
    writeFileSync(join(full, 'events.jsonl'), JSON.stringify(event))
    const printed = run('npx', ['firehose-iceberg', 'run', 'events.jsonl', '--handler', 'handler.mjs'], full)
    expect(printed).toContain('1 record: 1 delivered')
    expect(existsSync(join(full, 'warehouse/email_event/send_log/metadata/version-hint.text'))).toBe(true)
  })
})

describe('a Lambda bundle', () => {
  it.each([
    ['the core', `export { createIcebergRouter } from 'firehose-iceberg-router'`],
    ['the SES router', `export { createSesRouter } from 'firehose-iceberg-router/ses'`],
  ])('of %s holds nothing but this package', async (_, contents) => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: full },
      absWorkingDir: full,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
    })
    const packages = Object.keys(metafile.inputs).map(
      (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'stdin',
    )
    expect([...new Set(packages)].sort()).toEqual(['firehose-iceberg-router', 'stdin'])
    expect(Object.keys(metafile.inputs).filter((path) => /local|testing|cli/.test(path))).toEqual([])
  })

  it('of the SES router holds the event types that it uses, and no other', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `export { createSesRouter, bounce } from 'firehose-iceberg-router/ses'`,
        resolveDir: full,
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
    })
    const tables = new Set(outputFiles[0]?.text.match(/\b[a-z_]+_log\b/g))
    expect([...tables].sort()).toEqual(['bounce_log', 'click_log', 'open_log', 'send_log'])
  })
})
