import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from './arguments.ts'
import { putEvents } from './put-events.ts'

// npm run events:ses -- --stream ses-events [--count 100] [--endpoint http://127.0.0.1:4573]
const options = readOptions(process.argv.slice(2), { values: ['stream', 'count', 'endpoint'], switches: [] })
const stream = options.value('stream', 'ses-events') ?? ''
const endpoint = options.value('endpoint')

const folder = join(import.meta.dirname, '../events')
const samples = readdirSync(folder)
  .sort()
  .map((name) => JSON.stringify(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
const count = Number(options.value('count', String(samples.length)))
const events = Array.from({ length: count }, (_, index) => samples[index % samples.length] ?? '')

const put = await putEvents(events, { stream, ...(endpoint === undefined ? {} : { endpoint }) })
console.log(`put ${put} events, from ${samples.length} samples, on the stream ${stream}`)
