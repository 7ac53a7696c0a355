import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLocalFirehose, createWarehouse } from 'firehose-iceberg-router/local'
import { spreadOf } from '../statistics.ts'
import { percentile, printVerdict, sampleBytes } from './flat.ts'
import { createSoakRouter, DATABASE, invocationOf, payloadOf, TABLES } from './router.ts'

// `npm run soak [-- --events 3000000] [--delivered 1000000] [--commits 2000]`: does one thing for a long time, and shows
// whether memory and cost stay the same. 0 leaves a part out. Exit status 1 if one does not: `flat.ts` has the rule for
// memory; a commit at the end may take half as long again as one of the second hundred.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '3000000' },
    delivered: { type: 'string', default: '1000000' },
    commits: { type: 'string', default: '2000' },
  },
})

const BATCH = 500
const SAMPLES = 40
const MAX_COMMIT_RATIO = 1.5

const folder = mkdtempSync(join(tmpdir(), 'soak-'))
const results: boolean[] = []
try {
  const [events, delivered, commits] = [
    wholeNumber('events', values.events, BATCH * SAMPLES),
    wholeNumber('delivered', values.delivered, SAMPLES),
    wholeNumber('commits', values.commits, 300),
  ]
  if (events > 0) results.push(await soakHandler(events))
  if (delivered > 0) results.push(await soakDelivery(delivered))
  if (commits > 0) results.push(await soakCommits(commits))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = results.every(Boolean) ? 0 : 1

/** Events through one handler, as one Lambda environment that lives long. */
async function soakHandler(count: number): Promise<boolean> {
  const handler = createSoakRouter().handler()
  const batches = Math.floor(count / BATCH)
  const times = new Float64Array(batches)
  const samples: number[] = []
  let rows = 0
  for (let batch = 0; batch < batches; batch++) {
    const invocation = invocationOf(batch * BATCH, BATCH)
    const startedAt = performance.now()
    const { records } = await handler(invocation)
    times[batch] = performance.now() - startedAt
    for (const { result } of records) if (result === 'Ok') rows++
    if (isSampled(batch, batches)) samples.push(sampleBytes())
  }
  times.sort()
  const [p50, p999, max] = [percentile(times, 0.5), percentile(times, 0.999), percentile(times, 1)]
  const figures = [p50, p999, max].map((ms) => ms.toFixed(1))
  console.log(`handler: ${batches * BATCH} events in batches of ${BATCH}, ${rows} rows`)
  console.log(`handler: a batch takes ${figures[0]} ms (p50), ${figures[1]} ms (p99.9), ${figures[2]} ms (max)`)
  return printVerdict('handler', samples)
}

/** Events through the local Firehose, into tables on disk. */
async function soakDelivery(count: number): Promise<boolean> {
  const firehose = await createLocalFirehose({
    handler: createSoakRouter().handler(),
    warehouse: createWarehouse({ folder: join(folder, 'warehouse') }),
    tables: TABLES.map((table) => ({ database: DATABASE, table })),
    errors: join(folder, 'errors'),
    // The least: what waits for a commit is no leak, but it makes memory go up and down.
    delivery: { sizeInMBs: 1 },
  })
  const samples: number[] = []
  const startedAt = performance.now()
  for (let number = 0; number < count; number++) {
    await firehose.put(payloadOf(number))
    if (isSampled(number, count)) samples.push(sampleBytes())
  }
  const { recordsIn, delivered } = await firehose.close()
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`delivery: ${recordsIn} records in ${seconds.toFixed(0)} s, rows: ${JSON.stringify(delivered)}`)
  return printVerdict('delivery', samples)
}

/** Commits of one row to one table. */
async function soakCommits(count: number): Promise<boolean> {
  const [table] = TABLES
  if (table === undefined) return false
  const opened = await createWarehouse({ folder: join(folder, 'commits') }).openTable(DATABASE, table)
  const times: number[] = []
  for (let number = 0; number < count; number++) {
    const text = JSON.stringify({ id: `id-${number}`, at: '2026-05-13T10:00:00.000000', amount: number, note: null })
    const { row } = opened.check(text, 'insert')
    if (row === undefined) throw new Error('the row does not fit its table')
    const startedAt = performance.now()
    await opened.commit([{ operation: 'insert', row }])
    times.push(performance.now() - startedAt)
  }
  const [early, late] = [spreadOf(times.slice(100, 200)).median, spreadOf(times.slice(-100)).median]
  const isSame = late <= early * MAX_COMMIT_RATIO
  const figures = `${early.toFixed(1)} ms after 100, ${late.toFixed(1)} ms after ${count - 100}`
  console.log(`commits: a commit takes ${figures}: ${isSame ? 'the same' : 'NOT THE SAME'}`)
  return isSame
}

function isSampled(index: number, count: number): boolean {
  const every = Math.floor(count / SAMPLES)
  return index % every === every - 1
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number === 0 || number >= least) return number
  console.error(`--${name}: expected 0 or a whole number of at least ${least}, got ${text}`)
  process.exit(2)
}
