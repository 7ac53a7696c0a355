import type { FirehoseRecord } from '../firehose/event.ts'
import { instantiate } from './machine.ts'
import { createProgram, type ScanPlan } from './program.ts'
import { createRunner, type Make, type Runner } from './runner.ts'

/** Turns the records of a batch into rows, one after the other; undefined where the plain engine has to take the record. */
export type Scanner<Row> = (records: readonly FirehoseRecord[]) => (Row | undefined)[]

/** Builds the scanner of a router; undefined where none of its routes is for it. */
export function createScanner<Row>(plan: ScanPlan, make: Make<Row>): Scanner<Row> | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let runner: Runner<Row> | 'none' | undefined
  const start = (): Runner<Row> | 'none' => {
    const machine = instantiate()
    return machine === undefined ? 'none' : createRunner(machine, program, make)
  }
  const scan = (record: FirehoseRecord): Row | undefined => {
    try {
      // Not before the first record: what is built and never used costs nothing.
      runner ??= start()
      return runner === 'none' ? undefined : runner(record)
    } catch {
      // No memory, no room for the program: the plain engine needs neither.
      runner ??= 'none'
      return undefined
    }
  }
  return (records) => records.map(scan)
}
