import type { FirehoseRecord } from '../firehose/event.ts'
import { createMachine } from './machine.ts'
import { createProgram, type Program, type ScanPlan } from './program.ts'
import { createRunner, type Make, type Runner } from './runner.ts'

/** Turns the records of a batch into rows, one after the other; undefined where the plain engine has to take the record. */
export type Scanner<Row> = (records: readonly FirehoseRecord[]) => (Row | undefined)[]

/** Builds the scanner of a router; undefined where none of its routes is for it. */
export function createScanner<Row>(plan: ScanPlan, make: Make<Row>): Scanner<Row> | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let runner: Runner<Row> | undefined
  return (records) => {
    // Not before the first record: what is built and never used costs nothing.
    runner ??= start(program, make)
    return records.map(runner)
  }
}

/** Without WebAssembly, SIMD or memory for the program there is the plain engine, which needs none of them. */
function start<Row>(program: Program, make: Make<Row>): Runner<Row> {
  try {
    const machine = createMachine()
    if (machine !== undefined) return createRunner(machine, program, make)
  } catch {
    // No memory.
  }
  return () => undefined
}
