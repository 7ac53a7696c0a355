import { statSync } from 'node:fs'
import { readFailedEvents } from './failed-events.ts'
import { putEvents } from './put-events.ts'
import { type Given, readEndpoint, runScript, UsageError } from './script.ts'

const USAGE = `npm run replay:ses -- --folder <path> [options]

Puts the events that failed in the router or in Lambda on the stream again, from a copy of the error bucket. Replay once: an
event that is put twice makes two rows.

  --folder <path>       the copy of the error bucket
  --stream <name>       by default ses-events
  --dry-run             print what would be put and what not, and put nothing
  --endpoint <url>      a server to use instead of Firehose
`

await runScript({
  name: 'replay:ses',
  usage: USAGE,
  values: ['folder', 'stream', 'endpoint'],
  switches: ['dry-run'],
  run,
})

async function run(given: Given): Promise<undefined> {
  const folder = given.value('folder')
  if (folder === undefined) throw new UsageError('--folder: expected a copy of the error bucket')
  // An empty result for a misspelt folder would read as "nothing failed".
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${folder}`)
  const stream = given.value('stream', 'ses-events')
  const place = { stream, ...readEndpoint(given) }
  const { events, left } = await readFailedEvents(folder)
  for (const line of left) console.log(`not replayed: ${line}`)
  if (given.isOn('dry-run')) console.log(`${events.length} events would be put on the stream ${stream}`)
  else console.log(`${await putEvents(events, place)} events are on the stream ${stream}`)
}
