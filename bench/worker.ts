import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { FirehoseTransformationEvent } from 'firehose-iceberg-router'
import type { Contender, ContenderSpec, Handler } from './contender.ts'

// Runs in a fresh process of its own, for one contender: `worker.js <mode> <contender.js> <event.json> <spec.json> [out]`.

const WARM_MS = 500
const MEASURE_MS = 700
const MIN_BATCHES = 5
const COLD_INVOCATIONS = 10

/** What a process prints, as one line of JSON. */
export interface Measured {
  /** The median batch, in nanoseconds a record. */
  readonly nsPerRecord?: number
  /** The import and the first ten invocations, in milliseconds. */
  readonly coldMs?: number
  readonly importMs?: number
  readonly maxRssKb: number
}

async function main([mode = '', module = '', eventPath = '', spec = '{}', out = '']: string[]): Promise<void> {
  const request = readFileSync(eventPath, 'utf8')
  const event = JSON.parse(request) as FirehoseTransformationEvent
  const start = process.cpuUsage()
  const { create } = (await import(pathToFileURL(module).href)) as Contender
  const handler = create(JSON.parse(spec) as ContenderSpec)
  const importMs = processorNs(start) / 1e6
  if (mode === 'answers') return writeFileSync(out, JSON.stringify(await handler(event)))
  const result =
    mode === 'cold' ? await cold(handler, event) : await time(handler, event, mode === 'whole' ? request : '')
  const measured: Measured = { ...result, importMs, maxRssKb: process.resourceUsage().maxRSS }
  console.log(JSON.stringify(measured))
}

/** The first invocations, before any compiler has had its time. */
async function cold(handler: Handler, event: FirehoseTransformationEvent): Promise<Partial<Measured>> {
  const start = process.cpuUsage()
  for (let index = 0; index < COLD_INVOCATIONS; index++) await handler(event)
  return { coldMs: processorNs(start) / 1e6 }
}

/** Time of the processor, in all threads, since a reading: what else the machine does is not in it. */
function processorNs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) * 1000
}

/** The median batch of a process that is warm; with a request's text, parsing it and printing the response count too. */
async function time(handler: Handler, event: FirehoseTransformationEvent, request: string): Promise<Partial<Measured>> {
  const run = async (): Promise<number> => {
    const start = process.cpuUsage()
    if (request === '') await handler(event)
    else JSON.stringify(await handler(JSON.parse(request)))
    return processorNs(start)
  }
  for (const end = performance.now() + WARM_MS; performance.now() < end; ) await run()
  const batches: number[] = []
  for (const end = performance.now() + MEASURE_MS; performance.now() < end || batches.length < MIN_BATCHES; )
    batches.push(await run())
  batches.sort((a, b) => a - b)
  return { nsPerRecord: (batches[batches.length >> 1] ?? 0) / event.records.length }
}

await main(process.argv.slice(2))
