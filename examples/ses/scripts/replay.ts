import { readOptions } from './arguments.ts'
import { readFailedEvents } from './failed-events.ts'
import { putEvents } from './put-events.ts'

// npm run replay:ses -- --folder errors [--stream ses-events] [--endpoint http://127.0.0.1:4573] [--dry-run]
const options = readOptions(process.argv.slice(2), { values: ['folder', 'stream', 'endpoint'], switches: ['dry-run'] })
const folder = options.value('folder')
if (folder === undefined) throw new TypeError('--folder: expected a copy of the error bucket')
const stream = options.value('stream', 'ses-events') ?? ''
const endpoint = options.value('endpoint')

const { events, left } = await readFailedEvents(folder)
for (const line of left) console.log(`left: ${line}`)
if (options.isOn('dry-run')) console.log(`${events.length} events would be put on the stream ${stream}`)
else
  console.log(
    `${await putEvents(events, { stream, ...(endpoint && { endpoint }) })} events are on the stream ${stream}`,
  )
