import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FirehoseTransformationResponse } from 'firehose-iceberg-router'
import type { Runnable } from './contenders.ts'
import type { Experiment } from './experiments.ts'
import { pinned, type Runtime, runPinned } from './runtime.ts'
import { type Spread, spreadOf } from './statistics.ts'
import { runInTurns } from './turns.ts'
import type { Measured } from './worker.ts'
import { createEvent, eventTypesOf, type Shape } from './workload.ts'

/** The result of one contender, for one shape on one Node. */
export interface Result {
  readonly runtime: string
  readonly experiment: string
  readonly shape: string
  readonly contender: string
  /** Microseconds a record, or milliseconds for a cold start. */
  readonly cost: Spread
  /** The same, round by round. */
  readonly costs: readonly number[]
  /** Of the tuned loop's cost in the same round. */
  readonly ratio: Spread
  readonly maxRssMb: number
}

/** What a measurement needs. */
export interface Setting {
  readonly runtime: Runtime
  readonly experiment: Experiment
  readonly contenders: readonly Runnable[]
  readonly rounds: number
  readonly folder: string
}

/** One shape of an experiment, laid out for its contenders. */
interface Heat {
  readonly label: string
  /** The arguments of each contender. */
  readonly commands: readonly (readonly string[])[]
}

/**
 * Measures all shapes of an experiment in the same turns, so that one may be compared with another. Every contender's rows
 * are compared with the tuned loop's before it is timed.
 */
export async function measureExperiment(setting: Setting): Promise<Result[]> {
  const { experiment, rounds, contenders } = setting
  const heats = experiment.shapes.map(({ label, shape }, index) => prepare(setting, label, shape, index))
  const commands = heats.flatMap((heat) => heat.commands)
  const measured: Measured[][] = []
  for (let round = 0; round < roundsOf(experiment, rounds); round++) {
    const lines = experiment.mode === 'cold' ? commands.map(runPinned) : await runInTurns(commands.map(pinned))
    measured.push(lines.map((line): Measured => JSON.parse(line)))
  }
  return heats.flatMap(({ label }, heat) => {
    const first = heat * contenders.length
    const mine = measured.map((round) => round.slice(first, first + contenders.length))
    const results = summarise(setting, { label, measured: mine, costOf })
    if (experiment.mode !== 'cold') return results
    // In Lambda that is the init phase, which is not part of an invocation.
    const started = { label: `${label}, and the start`, measured: mine, costOf: startedCostOf }
    return [...results, ...summarise(setting, started)]
  })
}

function prepare(
  { runtime, experiment, contenders, folder }: Setting,
  label: string,
  shape: Shape,
  index: number,
): Heat {
  const eventPath = join(folder, `event-${index}.json`)
  writeFileSync(eventPath, JSON.stringify(createEvent(shape)))
  const spec = JSON.stringify({ eventTypes: eventTypesOf(shape) })
  const commandOf = ({ command }: Runnable, mode: string, ...out: string[]): readonly string[] => [
    ...command(runtime.path, mode),
    eventPath,
    spec,
    ...out,
  ]
  compareAnswers(contenders, folder, (contender, out) => runPinned(commandOf(contender, 'answers', out)))
  return { label, commands: contenders.map((contender) => commandOf(contender, experiment.mode)) }
}

/** The results of the contenders of one table, round by round. */
interface Rounds {
  readonly label: string
  readonly measured: readonly Measured[][]
  readonly costOf: (measured: Measured | undefined) => number
}

function summarise({ runtime, experiment, contenders }: Setting, { label, measured, costOf }: Rounds): Result[] {
  const tuned = contenders.findIndex(({ name }) => name === 'tuned')
  return contenders.map(({ name }, index) => {
    const costs = measured.map((round) => costOf(round[index]))
    const ratios = measured.map((round, at) => (costs[at] ?? Number.NaN) / costOf(round[tuned]))
    const maxRssMb = Math.max(...measured.map((round) => round[index]?.maxRssKb ?? 0)) / 1024
    const place = { runtime: runtime.version, experiment: experiment.name, shape: label, contender: name }
    return { ...place, cost: spreadOf(costs), costs, ratio: spreadOf(ratios), maxRssMb }
  })
}

/** A cold start takes a tenth of a second, so that there may be more of them. */
function roundsOf({ mode }: Experiment, rounds: number): number {
  return mode === 'cold' ? rounds * 5 : rounds
}

function costOf(measured: Measured | undefined): number {
  const { nsPerRecord, coldMs = 0 } = measured ?? { nsPerRecord: Number.NaN }
  return nsPerRecord === undefined ? coldMs : nsPerRecord / 1000
}

/** The import and the declaration as well. */
function startedCostOf(measured: Measured | undefined): number {
  return costOf(measured) + (measured?.startMs ?? Number.NaN)
}

/** A contender that answers otherwise does other work, so its time says nothing. */
function compareAnswers(
  contenders: readonly Runnable[],
  folder: string,
  run: (contender: Runnable, out: string) => void,
): void {
  const out = join(folder, 'answers.json')
  let expected = ''
  for (const contender of contenders) {
    run(contender, out)
    const digest = digestOf(JSON.parse(readFileSync(out, 'utf8')))
    expected ||= digest
    if (digest !== expected) throw new Error(`${contender.name} makes other rows than ${contenders[0]?.name}`)
  }
}

function digestOf({ records }: FirehoseTransformationResponse): string {
  const hash = createHash('sha256')
  for (const record of records) {
    const { recordId, result } = record
    const otf = result === 'Ok' ? record.metadata.otfMetadata : {}
    hash.update(JSON.stringify([recordId, result, result === 'Ok' ? record.data : '', otf]))
  }
  return hash.digest('hex')
}
