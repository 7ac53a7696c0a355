import { mkdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { barsOf, faultsOf } from './bars.ts'
import { buildContenders, type Runnable } from './contenders.ts'
import { EXPERIMENTS, type Experiment } from './experiments.ts'
import { measureExperiment, type Result } from './measure.ts'
import { readOptions } from './options.ts'
import { type Figures, writeFigures } from './page.ts'
import { drawChart, printBars, printExperiment } from './print.ts'
import { findRuntimes, isPinned, type Runtime } from './runtime.ts'

// `npm run bench`: every contender in fresh processes, taking turns on one core, round after round.

// So that what ends with the process ends then as well.
process.once('SIGINT', () => process.exit(130))

const root = process.cwd()
const folder = join(root, 'bench/dist/run')
const options = tellFaults(() => {
  return readOptions(
    process.argv.slice(2),
    EXPERIMENTS.map(({ name }) => name),
  )
})
mkdirSync(folder, { recursive: true })
const contenders = await buildContenders(root, folder)
const experiments = EXPERIMENTS.filter(({ name }) => options.only.length === 0 || options.only.includes(name))
const machine = `${cpus()[0]?.model.trim()}, ${isPinned ? 'one core' : 'cores not pinned'}, ${options.rounds} rounds`

const figures: Figures[] = []
const present = contenders.map(({ name }) => name)
const faults: string[] = []
const runtimes = tellFaults(() => findRuntimes(options.nodes, join(root, 'bench/dist')))
for (const [index, runtime] of runtimes.entries()) {
  const { results, tables } = await measureRuntime(runtime, index === 0)
  const bars = barsOf(runtime.version, results)
  faults.push(...faultsOf(bars, present).map((fault) => `Node ${runtime.version}, ${fault}`))
  if (experiments.some(({ name }) => name === 'typical')) console.log(drawChart('typical', results, contenders))
  console.log(printBars(bars))
  figures.push({ version: runtime.version, machine, tables, bars: printBars(bars), results, contenders })
}
if (options.write) for (const one of figures) writeFigures(join(root, 'docs/performance'), one)
if (options.check && faults.length > 0) {
  console.error(`the check fails:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`)
  process.exitCode = 1
}

/** Wrong arguments end the command with a line, and with no figures. */
function tellFaults<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`)
    return process.exit(2)
  }
}

async function measureRuntime(
  runtime: Runtime,
  isFirst: boolean,
): Promise<{ readonly results: Result[]; readonly tables: readonly string[] }> {
  console.log(`## Node ${runtime.version}\n\n${machine}.\n`)
  const [results, tables]: [Result[], string[]] = [[], []]
  for (const experiment of experiments) {
    const setting = { runtime, experiment, contenders: entrants(experiment, isFirst), rounds: options.rounds, folder }
    const measured = await measureExperiment(setting)
    const table = printExperiment(experiment, measured, contenders)
    console.log(table)
    results.push(...measured)
    tables.push(table)
  }
  return { results, tables }
}

/** Who takes part. Other languages are the same on every Node, but a ratio wants them in the same rounds. */
function entrants({ contenders: names, shapes, mode }: Experiment, isFirst: boolean): Runnable[] {
  const sesOnly = shapes.every(({ shape }) => shape.routes === 0)
  return contenders.filter(({ name, sesOnly: needsSes, foreign }) => {
    if (names !== undefined && !names.includes(name)) return false
    if (foreign && (mode === 'cold' || (name !== 'rust' && !isFirst))) return false
    return sesOnly || !needsSes
  })
}
