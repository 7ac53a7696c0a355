import type { FirehoseRecord } from '../firehose/event.ts'
import { instantiate } from './machine.ts'
import { createProgram, type ScanPlan } from './program.ts'
import { createRunner, type Scanner } from './runner.ts'

/** Builds the scanner of a router; undefined where none of its routes is for it. */
export function createScanner(plan: ScanPlan): Scanner | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let runner: Scanner | 'none' | undefined
  const start = (): Scanner | 'none' => {
    const machine = instantiate()
    return machine === undefined ? 'none' : createRunner(machine, program)
  }
  const scan = (record: FirehoseRecord): string | undefined => {
    try {
      // Not before the first record: what is built and never used costs nothing.
      runner ??= start()
      return runner === 'none' ? undefined : runner.scan(record)
    } catch {
      // No memory, no room for the program: the plain engine needs neither.
      runner ??= 'none'
      return undefined
    }
  }
  return { scan, route: () => (runner === undefined || runner === 'none' ? 0 : runner.route()) }
}
