import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { putEvents } from './put-events.ts'
import { type Given, readEndpoint, runScript, UsageError } from './script.ts'

const USAGE = `npm run events:ses -- [options]

Puts the sample events of examples/ses/events on a delivery stream, in turn.

  --stream <name>       by default ses-events
  --count <n>           how many events; by default each sample once
  --endpoint <url>      a server to use instead of Firehose
`

await runScript({ name: 'events:ses', usage: USAGE, values: ['stream', 'count', 'endpoint'], run })

async function run(given: Given): Promise<undefined> {
  const stream = given.value('stream', 'ses-events')
  const folder = join(import.meta.dirname, '../events')
  const samples = readdirSync(folder)
    .sort()
    .map((name) => JSON.stringify(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  const count = readCount(given.value('count', String(samples.length)))
  const events = Array.from({ length: count }, (_, index) => samples[index % samples.length] ?? '')
  const put = await putEvents(events, { stream, ...readEndpoint(given) })
  console.log(`put ${put} events, from ${samples.length} samples, on the stream ${stream}`)
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--count: expected a whole number from 1 to 9999999, got ${text}`)
}
