import type { FirehoseRecord } from '../firehose/event.ts'
import { createMachine } from './machine.ts'
import { createProgram, type Program, type ScanPlan } from './program.ts'
import { createRunner, type Product, type Runner } from './runner.ts'

/** Turns the records of a batch into rows, one after the other; undefined if the plain engine has to take a record. */
export type Scanner<Row> = (records: readonly FirehoseRecord[]) => (Row | undefined)[]

/** Builds the scanner of a router; undefined if it can run none of its routes. */
export function createScanner<Routing, Row>(plan: ScanPlan, product: Product<Routing, Row>): Scanner<Row> | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let runner: Runner<Row> | undefined
  return (records) => {
    // Created with the first record, so that an unused scanner costs nothing.
    runner ??= start(program, product)
    return records.map(runner)
  }
}

/** Creates the runner. Without WebAssembly, SIMD or memory, it leaves every record to the plain engine. */
function start<Routing, Row>(program: Program, product: Product<Routing, Row>): Runner<Row> {
  try {
    const machine = createMachine()
    if (machine !== undefined) return createRunner(machine, program, product)
  } catch {
    // Out of memory.
  }
  return () => undefined
}
