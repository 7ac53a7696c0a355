import type { FirehoseRecord } from '../firehose/event.ts'
import { createMachine } from './machine.ts'
import { createProgram, type Program, type ScanPlan } from './program.ts'
import { createRunner, type Product, type Runner } from './runner.ts'

/** Turns the records of a batch into rows, one after the other; undefined where the plain engine has to take the record. */
export type Scanner<Row> = (records: readonly FirehoseRecord[]) => (Row | undefined)[]

/** Builds the scanner of a router; undefined where none of its routes is for it. */
export function createScanner<Routing, Row>(plan: ScanPlan, product: Product<Routing, Row>): Scanner<Row> | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let runner: Runner<Row> | undefined
  return (records) => {
    // Not before the first record: what is built and never used costs nothing.
    runner ??= start(program, product)
    return records.map(runner)
  }
}

/** Without WebAssembly, SIMD or memory for the program there is the plain engine, which needs none of them. */
function start<Routing, Row>(program: Program, product: Product<Routing, Row>): Runner<Row> {
  try {
    const machine = createMachine()
    if (machine !== undefined) return createRunner(machine, program, product)
  } catch {
    // No memory.
  }
  return () => undefined
}
