import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { transform } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { startCloud } from '../local/server/support.ts'
import { atOurVersions, pack, project, ROOT, run } from './packed.ts'

const BUNDLERS = join(import.meta.dirname, 'bundlers')
const modules = (path: string): string => join(BUNDLERS, 'node_modules', path)

/** Installs the bundlers, once a lock file. */
function installBundlers(): void {
  const lock = readFileSync(join(BUNDLERS, 'package-lock.json'), 'utf8')
  if (existsSync(modules('.installed')) && readFileSync(modules('.installed'), 'utf8') === lock) return
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], BUNDLERS)
  writeFileSync(modules('.installed'), lock)
}

/** The code blocks of a page. */
function blocks(page: string, language: string): string[] {
  const found = readFileSync(join(ROOT, page), 'utf8').matchAll(
    new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'),
  )
  return [...found].map(([, code = '']) => code)
}

interface Case {
  readonly name: string
  /** What is installed beside the package: the SDK of one service, or nothing. */
  readonly sdk: readonly string[]
  readonly code: string
  readonly event: () => object
  /** How many of the records come back with a row; the others are put back onto the stream. */
  readonly hasReingested: boolean
}

/** The page's example with the client that it names, which is `client` there. */
function withClient(service: 'Firehose' | 'Kinesis'): string {
  const [example = ''] = blocks('docs/reingestion.md', 'ts')
  const code = example
    .replace(/^const client = \{[\s\S]*?^\}$/m, `const client = new ${service}Client({ maxAttempts: 1 })`)
    .replace(
      /^import \{ createFirehoseTarget.*$/m,
      "import { createFirehoseTarget } from 'firehose-iceberg-router/reingest'",
    )
    .replaceAll('createFirehoseTarget', `create${service}Target`)
  expect(code).toContain(`create${service}Target({ client`)
  expect(code).toContain(`new ${service}Client`)
  return `import { ${service}Client } from '@aws-sdk/client-${service.toLowerCase()}'\n${code}`
}

const EVENT = {
  invocationId: 'i',
  deliveryStreamArn: `arn:aws:firehose:us-east-1:111122223333:deliverystream/events`,
  region: 'us-east-1',
}

/** Eight orders of 900 kB, of which a response takes five. */
const large = Array.from({ length: 8 }, (_, id) => ({
  recordId: String(id),
  approximateArrivalTimestamp: 0,
  data: Buffer.from(JSON.stringify({ id, customer: 'x'.repeat(900_000) })).toString('base64'),
}))

const order = { type: 'order', id: '1', at: '2026-01-31T09:30:00Z', lines: [] }

const cases: readonly Case[] = [
  {
    name: 'the first example of the README',
    sdk: [],
    code: blocks('README.md', 'ts')[0] ?? '',
    event: () => ({
      ...EVENT,
      records: [{ recordId: '0', approximateArrivalTimestamp: 0, data: btoa(JSON.stringify(order)) }],
    }),
    hasReingested: false,
  },
  {
    name: 'a target for Firehose alone',
    sdk: ['@aws-sdk/client-firehose'],
    code: withClient('Firehose'),
    event: () => ({ ...EVENT, records: large }),
    hasReingested: true,
  },
  {
    name: 'a target for Kinesis alone',
    sdk: ['@aws-sdk/client-kinesis'],
    code: withClient('Kinesis'),
    event: () => ({
      ...EVENT,
      sourceKinesisStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/events',
      records: large.map((record) => ({
        ...record,
        kinesisRecordMetadata: {
          sequenceNumber: record.recordId,
          subsequenceNumber: 0,
          partitionKey: record.recordId,
          shardId: 'shardId-000000000000',
          approximateArrivalTimestamp: 0,
        },
      })),
    }),
    hasReingested: true,
  },
]

/** Builds `handler.ts`, or the same in JavaScript, into `dist`, and returns the bundle's file. */
type Build = (folder: string) => string

const node = (script: string, args: readonly string[], cwd: string): string =>
  run(process.execPath, [modules(script), ...args], cwd)

/** Each with what its manual says for Node, and no setting for this package. */
const builds: Readonly<Record<string, Build>> = {
  // The commands of the page.
  'esbuild, as documented': (folder) => documented(folder, 0),
  'esbuild, as documented for an ES module': (folder) => documented(folder, 1),
  rollup: (folder) => {
    const plugins = ['node-resolve', 'commonjs', 'json'].flatMap((name) => [
      '-p',
      modules(`@rollup/plugin-${name}/dist/cjs/index.js`),
    ])
    node(
      'rollup/dist/bin/rollup',
      ['handler.js', ...plugins, '-f', 'es', '--inlineDynamicImports', '-o', 'dist/handler.mjs'],
      folder,
    )
    return 'handler.mjs'
  },
  rolldown: (folder) => {
    node(
      'rolldown/bin/cli.mjs',
      ['handler.ts', '--platform', 'node', '-f', 'esm', '--no-code-splitting', '-o', 'dist/handler.mjs'],
      folder,
    )
    return 'handler.mjs'
  },
  webpack: (folder) => {
    const args = [
      '--mode',
      'production',
      '--target',
      'node22',
      '--entry',
      './handler.js',
      '-o',
      'dist',
      '--output-library-type',
      'commonjs2',
    ]
    node(
      'webpack-cli/bin/cli.js',
      [...args, '--output-filename', 'handler.cjs', '--output-chunk-filename', '[name].cjs'],
      folder,
    )
    return 'handler.cjs'
  },
  bun: (folder) => {
    // The package's own command is put in place by an install script.
    const [build = ''] = readdirSync(modules('@oven'))
    run(
      modules(`@oven/${build}/bin/bun`),
      ['build', 'handler.ts', '--target=node', '--format=esm', '--outfile=dist/handler.mjs'],
      folder,
    )
    return 'handler.mjs'
  },
}

function documented(folder: string, index: number): string {
  const command = blocks('docs/lambda.md', 'sh').filter((block) => block.includes('npx esbuild'))[index] ?? ''
  const [, args = '', file = ''] = /^npx esbuild (.* --outfile=dist\/(\S+))\n$/.exec(command) ?? []
  run('sh', ['-ec', `'${modules('.bin/esbuild')}' ${args} --log-level=warning`], folder)
  return file
}

const INVOKE = `
const [bundle, event] = process.argv.slice(2)
const loaded = await import('./' + bundle)
const handler = loaded.handler ?? loaded.default.handler
const { records } = await handler(JSON.parse((await import('node:fs')).readFileSync(event, 'utf8')))
console.log(JSON.stringify(records.map(({ result }) => result)))
process.exit()
`

/** Invokes a bundle where nothing is installed, with AWS on this machine, and returns the results of its records. */
async function invoke(dist: string, bundle: string, { event }: Case, endpoint: string): Promise<string[]> {
  const place = mkdtempSync(join(tmpdir(), 'bundle-'))
  cpSync(dist, place, { recursive: true })
  writeFileSync(join(place, 'invoke.mjs'), INVOKE)
  writeFileSync(join(place, 'event.json'), JSON.stringify(event()))
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    REINGEST_SECRET: 'a secret of 32 characters or more',
  }
  const child = spawn(process.execPath, ['invoke.mjs', bundle, 'event.json'], { cwd: place, env, stdio: 'pipe' })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (status !== 0) throw new Error(`the bundle ended with ${status}: ${err.slice(-2_000)}`)
  return JSON.parse(out)
}

let tarball = ''

beforeAll(() => {
  installBundlers()
  tarball = pack()
})

describe.each(cases)('a bundle of $name', (one) => {
  let folder = ''

  beforeAll(async () => {
    folder = project([tarball, ...atOurVersions(one.sdk)], { type: 'module' })
    writeFileSync(join(folder, 'handler.ts'), one.code)
    // Rollup and webpack read TypeScript only with a plugin.
    const { code } = await transform(one.code, { loader: 'ts', target: 'node20' })
    writeFileSync(join(folder, 'handler.js'), code)
  })

  it.each(Object.keys(builds))('of %s starts, and delivers', async (name) => {
    const place = mkdtempSync(join(folder, 'build-'))
    for (const file of ['handler.ts', 'handler.js', 'package.json']) cpSync(join(folder, file), join(place, file))
    const bundle = builds[name]?.(place) ?? ''
    const { endpoint, taken } = await startCloud()
    const results = await invoke(join(place, 'dist'), bundle, one, endpoint)
    const dropped = results.filter((result) => result === 'Dropped').length
    expect(results).toEqual(expect.arrayContaining(['Ok']))
    expect(results).not.toContain('ProcessingFailed')
    expect(taken).toHaveLength(dropped)
    expect(dropped > 0).toBe(one.hasReingested)
  })
})
