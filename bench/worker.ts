import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FirehoseTransformationEvent } from 'firehose-iceberg-router'
import type { Contender, ContenderSpec, Handler } from './contender.ts'

// Runs in a new process, for one contender: `worker.js <mode> <contender.js> <event.json> <spec.json> [out]`.

/** Time of the processor, because contenders take turns on one core. */
const WARM_NS = 500e6
const MEASURE_NS = 700e6
/** Batches until memory is stable: V8 enlarges the space of young objects in steps, over a hundred batches and more. */
const STEADY_NS = 2000e6
const MIN_BATCHES = 5
const COLD_INVOCATIONS = 10

/** What a process prints, as one line of JSON. */
export interface Measured {
  /** The mean of all batches, in nanoseconds a record. */
  readonly nsPerRecord?: number
  /** The first ten invocations, in milliseconds. */
  readonly coldMs?: number
  /** Until the handler is there: the import and the declaration, in milliseconds. */
  readonly startMs: number
  readonly maxRssKb: number
}

async function main([mode = '', module = '', eventPath = '', spec = '{}', out = '']: string[]): Promise<void> {
  const request = readFileSync(eventPath, 'utf8')
  const event = JSON.parse(request) as FirehoseTransformationEvent
  collectGarbage()
  const start = process.cpuUsage()
  const { create } = (await import(pathToFileURL(module).href)) as Contender
  const handler = create(JSON.parse(spec) as ContenderSpec)
  const startMs = processorNs(start) / 1e6
  if (mode === 'answers') return writeFileSync(out, JSON.stringify(await handler(event)))
  const result = mode === 'cold' ? await cold(handler, event) : await time(handler, event, mode, request)
  const measured: Measured = { ...result, startMs, maxRssKb: process.resourceUsage().maxRSS }
  console.log(JSON.stringify(measured))
}

/** What reading the event has left behind is not the contender's, nor is it for the contender to move the event about. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
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

/** The mean of a process that is warm. Of a `whole` request, parsing it and printing the response count too. */
async function time(
  handler: Handler,
  event: FirehoseTransformationEvent,
  mode: string,
  request: string,
): Promise<Partial<Measured>> {
  const run = async (): Promise<void> => {
    if (mode !== 'whole') await handler(event)
    else JSON.stringify(await handler(JSON.parse(request)))
  }
  const measureNs = mode === 'steady' ? STEADY_NS : MEASURE_NS
  for (const start = process.cpuUsage(); processorNs(start) < WARM_NS; ) await run()
  const start = process.cpuUsage()
  let batches = 0
  for (; processorNs(start) < measureNs || batches < MIN_BATCHES; batches++) await run()
  return { nsPerRecord: processorNs(start) / batches / event.records.length }
}

await main(process.argv.slice(2))
