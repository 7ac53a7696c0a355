import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/local/server/fault.ts'
import type { ReingestItem } from '../../src/router/target.ts'
import { runs } from '../support/runs.ts'
import { createVirtualClock } from './support/clock.ts'
import { SERVICES, type ServiceCase } from './support/services.ts'
import { createWire, type WireCall } from './support/wire.ts'

const NUM_RUNS = 1_000
/** An item's bytes begin with its number, so that accepted items can be identified. */
const ID_LENGTH = 8

function toItem(sizeBytes: number, index: number): ReingestItem {
  const data = new Uint8Array(sizeBytes)
  data.set(new TextEncoder().encode(String(index).padStart(ID_LENGTH, '0')))
  return { data, partitionKey: `k${index % 7}` }
}

const idOf = (data: Uint8Array): number => Number(new TextDecoder().decode(data.subarray(0, ID_LENGTH)))

/** Mostly small items, so many that several calls are needed; some as large as a record may be, and larger. */
const sizesOf = ({ bytes, recordBytes }: ServiceCase['limits']): fc.Arbitrary<number[]> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: ID_LENGTH, max: 64 }), { maxLength: 30 }),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 450, max: 1_100 }) },
      ),
      // Megabytes are slow to print and to read back, so they are few.
      fc.oneof(
        { weight: 9, arbitrary: fc.constant([]) },
        {
          weight: 1,
          arbitrary: fc.array(fc.constantFrom(recordBytes - 2, recordBytes, recordBytes + 1), {
            maxLength: Math.ceil(bytes / recordBytes) + 2,
          }),
        },
      ),
    )
    .map(([small, many, large]) => [...small, ...Array.from({ length: many }, () => ID_LENGTH), ...large])

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant<Fault>({ kind: 'throttle' }),
  fc
    .integer({ min: 1, max: 4 })
    .map((every): Fault => ({ kind: 'fail-entries', fails: (index) => index % every === 0 })),
  fc.integer({ min: 0, max: 20_000 }).map((delayMs): Fault => ({ kind: 'late', delayMs })),
  fc.boolean().map((taken): Fault => ({ kind: 'hang', taken })),
  fc.boolean().map((taken): Fault => ({ kind: 'drop', taken })),
  fc
    .constantFrom(
      { type: 'AccessDeniedException', status: 400 },
      { type: 'ValidationException', status: 400 },
      { type: 'InternalFailure', status: 500 },
    )
    .map(({ type, status }): Fault => ({ kind: 'refuse', answer: { status, body: { __type: type, message: 'no' } } })),
)

describe.each(SERVICES)('putting back to $kind', (service) => {
  const { kind, arns, limits } = service
  const scenario = fc.record({
    sizes: sizesOf(limits),
    faults: fc.array(fault, { maxLength: 12 }),
    /** After the schedule: as it should be, or down for good. */
    after: fc.constantFrom(undefined, undefined, { kind: 'throttle' } as Fault, { kind: 'hang', taken: true } as Fault),
    remainingMs: fc.oneof(fc.integer({ min: -10, max: 400 }), fc.integer({ min: 400, max: 15_000 })),
    maxCallsInFlight: fc.integer({ min: 1, max: 5 }),
    jitter: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 5 }),
    deaf: fc.boolean(),
  })

  it('claims only what the service confirmed, and keeps limits and deadline, whatever happens to the calls', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ sizes, faults, after, remainingMs, maxCallsInFlight, jitter, deaf }) => {
        let drawn = 0
        const clock = createVirtualClock(() => jitter[drawn++ % jitter.length] ?? 0)
        const schedule = ({ index }: { index: number }): Fault | undefined =>
          index < faults.length ? faults[index] : after
        const wire = createWire({ kind, clock, faults: schedule, deaf })
        const items = sizes.map(toItem)
        const call = { ...arns, remainingMs: () => remainingMs - clock.nowMs() }
        const answers = await clock.run(service.target(wire, { clock, maxCallsInFlight }).put(items, call))

        const takes = countBy(wire.calls)
        const confirmed = countBy(wire.calls.filter(({ answered }) => answered))
        expect(answers).toHaveLength(items.length)
        // Confirmed and accepted are the same, so nothing is sent again once it is confirmed,
        expect(where(answers, ({ accepted }, index) => accepted !== confirmed.has(index))).toEqual([])
        // and only an answer that was lost can make a record arrive twice.
        expect([...confirmed.values()].filter((count) => count > 1)).toEqual([])
        const tooLarge = where(items, (item) => sizeOf(service, item) > limits.recordBytes)
        expect(tooLarge.filter((index) => takes.has(index))).toEqual([])
        expect(where(answers, (answer) => 'reason' in answer && answer.reason === 'RecordTooLarge')).toEqual(tooLarge)
        expect(wire.calls.filter((made) => made.records > limits.records || made.bytes > limits.bytes)).toEqual([])
        expect(wire.calls.length === 0 ? 0 : clock.nowMs()).toBeLessThanOrEqual(Math.max(0, remainingMs))
        if (!deaf) expect(wire.maxInFlight()).toBeLessThanOrEqual(maxCallsInFlight)
      }),
      { numRuns: runs(NUM_RUNS) },
    )
  })

  it('needs the fewest calls that keep the order, if nothing goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(sizesOf(limits), async (sizes) => {
        const clock = createVirtualClock()
        const wire = createWire({ kind, clock })
        const items = sizes.filter((size) => size <= limits.recordBytes - 2).map(toItem)
        const answers = await clock.run(
          service.target(wire, { clock }).put(items, { ...arns, remainingMs: () => 60_000 - clock.nowMs() }),
        )
        expect(answers).toEqual(items.map(() => ({ accepted: true })))
        expect(wire.taken.map(({ data }) => idOf(data))).toEqual(items.map(({ data }) => idOf(data)))
        expect(wire.calls.length).toBe(
          fewestCalls(
            items.map((item) => sizeOf(service, item)),
            limits,
          ),
        )
      }),
      { numRuns: runs(NUM_RUNS) },
    )
  })
})

/** The indexes at which something holds. */
function where<Value>(values: readonly Value[], holds: (value: Value, index: number) => boolean): number[] {
  return values.flatMap((value, index) => (holds(value, index) ? [index] : []))
}

function sizeOf({ kind }: ServiceCase, item: ReingestItem): number {
  return item.data.byteLength + (kind === 'kinesis' ? (item.partitionKey?.length ?? 0) : 0)
}

/** How often each item was taken in some calls. */
function countBy(calls: readonly WireCall[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { data } of calls.flatMap(({ taken }) => taken)) counts.set(idOf(data), (counts.get(idOf(data)) ?? 0) + 1)
  return counts
}

function fewestCalls(sizes: readonly number[], limits: ServiceCase['limits']): number {
  let calls = 0
  let room = { records: 0, bytes: 0 }
  for (const size of sizes) {
    if (room.records === 0 || room.bytes < size) {
      calls++
      room = { ...limits }
    }
    room = { records: room.records - 1, bytes: room.bytes - size }
  }
  return calls
}
