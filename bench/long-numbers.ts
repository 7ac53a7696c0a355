import { writeBase64 } from '../src/firehose/base64.ts'
import { mayHaveLongNumber, scratchBuffer } from '../src/firehose/scratch.ts'
import { createEvent, TYPICAL } from './workload.ts'

/*
 * What it costs to look for whole numbers of 16 digits and more in records that have none: reading them with the look
 * and without it, in one run: `npx esbuild bench/long-numbers.ts --bundle --platform=node --format=esm | node --input-type=module`,
 * from the root. Rounds alternate; the fastest counts, which other programs have disturbed least.
 */

const ROUNDS = 300

const payloads = createEvent(TYPICAL).records.map(({ data = '' }) => data)

/** As `decodeRecord`: base64 to bytes, to a string, to an event. */
function read(payload: string, look: boolean): unknown {
  const bytes = scratchBuffer(payload.length)
  const sizeBytes = writeBase64(payload, bytes) ?? 0
  const text = bytes.toString('utf8', 0, sizeBytes)
  if (look && mayHaveLongNumber(sizeBytes)) throw new Error('there are none in these records')
  return JSON.parse(text)
}

/** Nanoseconds a record. */
function time(look: boolean): number {
  const startedAt = process.hrtime.bigint()
  for (const payload of payloads) read(payload, look)
  return Number(process.hrtime.bigint() - startedAt) / payloads.length
}

const [withLook, without]: [number[], number[]] = [[], []]
for (let round = 0; round < ROUNDS; round++) {
  without.push(time(false))
  withLook.push(time(true))
}
const [more, less] = [Math.min(...withLook), Math.min(...without)]
console.log(`with ${more.toFixed(0)} ns, without ${less.toFixed(0)} ns, ratio ${(more / less).toFixed(3)}`)
