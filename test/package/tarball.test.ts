import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { atOurVersions, pack, project, ROOT, run } from './packed.ts'

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name)
/** The compiler of most projects; `.bin/tsc` may be the newer one that checks this project. */
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')

const HANDLER = `
const names = defineTable({ name: 'names', columns: { name: t.string() } })
const handler = createIcebergRouter({ database: 'db' })
  .on({ type: 'name' }, { table: names, transform: ({ name }) => ({ name: String(name) }) })
  .handler()
`
const USE = `
handler({ invocationId: 'i', deliveryStreamArn: 'a', region: 'r', records: [
  { recordId: '1', approximateArrivalTimestamp: 0, data: btoa(JSON.stringify({ type: 'name', name: 'Ada' })) },
] }).then(({ records }) => console.log(records[0].result, isIcebergRouterError(new Error())))
`
/** What goes back onto the stream comes in again, and goes to the route that it would have gone to at first. */
const PARTS = `
const names = tableFromSchema({ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }, { name: 'names' })
const others = defineTable({ name: 'others', columns: { name: t.string() } })
const selected = select({ name: 'name' })
const { possible } = toJq(createIcebergRouter({ database: 'db' }).on({ type: 'name' }, { table: names, transform: selected }).otherwise({ table: others, transform: selected }))
const back = []
const reingest = reingestTarget({
  put: async (items) => items.map(({ data }) => {
    back.push(Buffer.from(data).toString('base64'))
    return { accepted: true }
  }),
})
const padding = 'x'.repeat(400)
const transform = ({ type, name, count = 1 }) => Array.from({ length: count }, () => ({ name: name + padding }))
const handler = createIcebergRouter({ database: 'db', reingest, overflow: 'reingest', responseBudgetBytes: 1200, onBatch: [] })
  .on((event) => event.type === 'name', { table: names, transform })
  .otherwise({ table: others, transform })
  .handler()
const deliver = async (data) => {
  const event = { invocationId: 'i', deliveryStreamArn: 'arn:aws:firehose:us-east-1:1:deliverystream/d', region: 'r' }
  const { records } = await handler({ ...event, records: data.map((data, at) => ({ recordId: String(at), approximateArrivalTimestamp: 0, data })) })
  return records.flatMap(({ result, metadata }) => (result === 'Ok' ? [metadata.otfMetadata.destinationTableName] : []))
}
const encode = (event) => btoa(JSON.stringify(event))
const drain = async (data) => {
  const tables = await deliver(data)
  while (back.length > 0) tables.push(...(await deliver([back.shift()])))
  return tables.sort()
}
const main = async () => {
  const sent = await drain([encode({ type: 'name', name: 'a' }), encode({ type: 'other', name: 'b' })])
  const further = await drain([encode({ type: 'name', name: 'c', count: 2 })])
  let refused
  try { tableFromSchema({ type: 'object', properties: {} }, { name: 'Not A Name' }) } catch (error) { refused = isIcebergRouterError(error) && error.code }
  console.log(JSON.stringify({ jq: possible, sent, further, refused }))
}
main()
`
const CORE = 'createIcebergRouter, defineTable, isIcebergRouterError, t'

let tarball = ''
/** An empty project with nothing but the package. */
let bare = ''
/** A project that has what the other entries need. */
let full = ''

beforeAll(() => {
  tarball = pack()
  bare = project([tarball])
  full = project([tarball, ...atOurVersions(['avsc', 'fast-check', 'hyparquet-writer', 'zod'])])
})

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
    const modules = ['src/error.ts', 'src/table/row-issue.ts', 'src/outcome/retry-error.ts']
    const holders = readdirSync(join(ROOT, 'dist'), { recursive: true }).flatMap((name) => {
      if (typeof name !== 'string' || !name.endsWith(`.${ending}.map`)) return []
      const { sources } = JSON.parse(readFileSync(join(ROOT, 'dist', name), 'utf8')) as { sources: readonly string[] }
      const held = modules.filter((module) =>
        sources.some((source) => /^[./]+/.test(source) && source.endsWith(module)),
      )
      return held.map((module) => `${name} ${module}`)
    })
    expect(holders.sort()).toEqual(modules.map((module) => `index.${ending}.map ${module}`).sort())
  })

  it.each([
    ['ESM', 'use.mjs', `import { ${CORE} } from 'firehose-iceberg-router'\n${HANDLER}${USE}`],
    ['CommonJS', 'use.cjs', `const { ${CORE} } = require('firehose-iceberg-router')\n${HANDLER}${USE}`],
  ])('works from %s', (_, name, code) => {
    writeFileSync(join(bare, name), code)
    expect(run(process.execPath, [name], bare)).toBe('Ok false\n')
  })

  it.each([
    [
      'ESM',
      'parts.mjs',
      (name: string, entry: string) => `import { ${name} } from 'firehose-iceberg-router${entry}'\n`,
    ],
    [
      'CommonJS',
      'parts.cjs',
      (name: string, entry: string) => `const { ${name} } = require('firehose-iceberg-router${entry}')\n`,
    ],
  ])('has entries that work on the routers of the core: %s', (_, name, load) => {
    writeFileSync(
      join(bare, name),
      `${load(`${CORE}, select`, '')}${load('toJq', '/artefacts')}${load('tableFromSchema', '/from-schema')}${load('reingestTarget', '/reingest')}${PARTS}`,
    )
    const printed = { jq: true, sent: ['names', 'others'], further: ['names', 'names'], refused: 'InvalidTable' }
    expect(JSON.parse(run(process.execPath, [name], bare))).toEqual(printed)
  })

  it('knows its errors from the other module format', () => {
    const code = `import { createRequire } from 'node:module'
import { isIcebergRouterError } from 'firehose-iceberg-router'
const { defineTable } = createRequire(import.meta.url)('firehose-iceberg-router')
try { defineTable({}) } catch (error) { console.log(isIcebergRouterError(error), error.code) }`
    writeFileSync(join(bare, 'both.mjs'), code)
    expect(run(process.execPath, ['both.mjs'], bare)).toBe('true InvalidTable\n')
  })

  it('prints its errors with their names, although it is minified', () => {
    const code = `import { defineTable, RetryBatchError } from 'firehose-iceberg-router'
try { defineTable({}) } catch (error) { console.log(error) }
console.log(new RetryBatchError('later'))`
    writeFileSync(join(bare, 'print.mjs'), code)
    const printed = run(process.execPath, ['print.mjs'], bare)
    expect(printed).toMatch(/^IcebergRouterError: .*name: expected/s)
    expect(printed).toMatch(/^RetryBatchError: later$/m)
  })

  it('fails a single record if the table is of the other module format', () => {
    const code = `import { createRequire } from 'node:module'
import { createIcebergRouter } from 'firehose-iceberg-router'
const { defineTable, t } = createRequire(import.meta.url)('firehose-iceberg-router')
const table = defineTable({ name: 'points', columns: { n: t.int() } })
const router = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise({ table, transform: (row) => row })
const records = [{ n: 1 }, { n: 'x' }].map((row, index) => ({
  recordId: String(index), approximateArrivalTimestamp: 0, data: Buffer.from(JSON.stringify(row)).toString('base64'),
}))
const { outcomes } = await router.runBatch({ invocationId: '1', deliveryStreamArn: 'arn', region: 'r', records })
console.log(JSON.stringify(outcomes.map(({ status, failure }) => failure?.code ?? status)))`
    writeFileSync(join(bare, 'other-table.mjs'), code)
    expect(JSON.parse(run(process.execPath, ['other-table.mjs'], bare))).toEqual(['delivered', 'WrongType'])
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
import { toJq } from 'firehose-iceberg-router/artefacts'
import * as columns from 'firehose-iceberg-router/t'
import * as sources from 'firehose-iceberg-router/s'
import { tableFromSchema } from 'firehose-iceberg-router/from-schema'
export const all = [columns.string, sources.firstOf, toJq, tableFromSchema, createFirehoseTarget, createKinesisTarget, createSesRouter, sendLog, createLocalFirehose, createWarehouse, isIcebergRouterError, checkResponse, createFirehoseEvent]
${HANDLER}
// @ts-expect-error the types are there: a column is missing
createIcebergRouter({ database: 'db' }).otherwise({ table: names, transform: () => ({}) })
export const promise: Promise<{ records: unknown[] }> = handler(createFirehoseEvent([{}]))`,
    )
    // With the libraries' own types checked too, and without @types/node: users do not need to have them.
    const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'ES2022']
    run(process.execPath, [tsc, ...flags, '--moduleResolution', moduleResolution, '--module', module, 'use.ts'], folder)
  })

  it('has declarations that a library of its user can name', () => {
    writeFileSync(
      join(bare, 'library.mts'),
      `import { createIcebergRouter, deadLetterTable, defineTable, rowTo, s, select, t } from 'firehose-iceberg-router'
import * as columns from 'firehose-iceberg-router/t'
interface Sale { type: 'sale'; id: string; at: string; note?: string }
interface Visit { type: 'visit'; page: string }
export const at = t.timestamp()
export const parts = [t.day('at'), columns.bucket(4, 'id')]
export const sales = defineTable({ name: 'sales', columns: { id: t.string(), at, raw: t.json(), tags: t.map(t.string(), t.decimal(9, 2)) }, partitionBy: [t.day('at')], uniqueKeys: ['id'] })
export const visits = defineTable({ name: 'visits', columns: { page: columns.string(), on: columns.time() } })
export const first = s.firstOf('note', 'id')
export const row = rowTo(visits, { page: '/', on: 0 })
export const dead = deadLetterTable()
export const router = createIcebergRouter<Sale | Visit>({ database: 'shop', deadLetter: dead })
export const withSales = router.on({ type: 'sale' }, { table: sales, transform: select({ id: first, at: 'at', raw: 'note', tags: s.path('none') } as never) })
export const all = withSales.on({ type: 'visit' }, { table: visits, transform: ({ page }) => ({ page, on: 1 }) })
export const finished = all.exhaustive()
export const loose = createIcebergRouter({ database: 'shop' }).on({ detail: { type: ['a', 'b'] } }, 'drop')
export const handler = finished.handler()
`,
    )
    const flags = ['--declaration', '--strict', '--target', 'ES2022', '--module', 'nodenext', '--outDir', 'out']
    run(bin('tsc'), [...flags, 'library.mts'], bare)
    // The declarations are good alone: what they name is exported.
    run(bin('tsc'), ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'ES2022', 'out/library.d.mts'], bare)
  })

  it('has column types that a bundler leaves out if they are not used', async () => {
    const bundle = async (names: string): Promise<string> => {
      const contents = `import * as t from 'firehose-iceberg-router/t'\nexport const columns = [${names}]`
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: bare },
        bundle: true,
        write: false,
        platform: 'node',
        format: 'esm',
      })
      return outputFiles[0]?.text ?? ''
    }
    expect(await bundle('t.uuid()')).toContain('InvalidUuid')
    expect(await bundle('t.string()')).not.toMatch(/InvalidUuid|InvalidTimestamp|DuplicateKey/)
  })

  it('keeps its inner modules to itself', () => {
    const inner = 'firehose-iceberg-router/dist/types/router/batch'
    writeFileSync(join(bare, 'inner.mjs'), `import('${inner}.js').catch(({ code }) => console.log(code))`)
    expect(run(process.execPath, ['inner.mjs'], bare)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
    const types = [`${inner}.js`, `${inner}.cjs`, inner].map((path) => `// @ts-expect-error\nimport '${path}'`)
    writeFileSync(join(bare, 'inner.mts'), ["import 'firehose-iceberg-router'", ...types].join('\n'))
    const flags = ['--noEmit', '--skipLibCheck', '--noUncheckedSideEffectImports']
    run(process.execPath, [tsc, ...flags, '--module', 'nodenext', 'inner.mts'], bare)
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

  it.each([
    't',
    's',
    'artefacts',
    'from-schema',
    'local',
    'reingest',
    'ses',
    'ses/schemas',
    'testing',
    'testing/arbitraries',
  ])('loads ./%s from ESM and CommonJS', (entry) => {
    const code = (load: string): string => `${load}.then((m) => console.log(Object.keys(m).length > 0))`
    expect(run(process.execPath, ['-e', code(`import('firehose-iceberg-router/${entry}')`)], full)).toBe('true\n')
    expect(
      run(process.execPath, ['-e', code(`Promise.resolve(require('firehose-iceberg-router/${entry}'))`)], full),
    ).toBe('true\n')
  })

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
    const shown = run('npx', ['firehose-iceberg', 'show', 'email_event.send_log', '--json'], full)
    expect(JSON.parse(shown)).toMatchObject({ total: 1, rows: [{ message_id: 'm' }] })
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
