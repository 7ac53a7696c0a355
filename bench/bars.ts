import type { Result } from './measure.ts'
import { spreadOf } from './statistics.ts'

/** A promise about speed, checked by `npm run bench -- --check`. */
export interface Bar {
  readonly text: string
  readonly limit: number
  /** The figure; undefined if its contenders were not measured. */
  readonly figure: number | undefined
  /** Who has to be there for a figure. */
  readonly contenders: readonly string[]
}

/** What is promised of one Node's results. A bar whose contenders did not take part has no figure. */
export function barsOf(version: string, results: readonly Result[]): Bar[] {
  const here = results.filter(({ runtime }) => runtime === version)
  const find = (experiment: string, contender: string, shape?: string): Result | undefined =>
    here.find((r) => r.experiment === experiment && r.contender === contender && (shape ?? r.shape) === r.shape)
  const old = version.startsWith('v20.')
  const bars: Bar[] = [
    {
      text: 'function transforms ÷ tuned loop',
      limit: old ? 1.15 : 1.1,
      figure: find('typical', 'functions')?.ratio.median,
      contenders: ['functions'],
    },
    {
      text: 'function transforms, 1,000 routes ÷ 3 routes',
      limit: 1.05,
      figure: quotient(find('routes', 'functions', '1000 routes'), find('routes', 'functions', '3 routes')),
      contenders: ['functions'],
    },
    {
      text: 'function transforms ÷ tuned loop, peak memory',
      limit: 1.1,
      figure: ratioOf(find('typical', 'functions')?.maxRssMb, find('typical', 'tuned')?.maxRssMb),
      contenders: ['functions', 'tuned'],
    },
    {
      text: 'compiled select ÷ tuned loop, first ten invocations',
      limit: 0.5,
      figure: find('cold', 'scan', '10 × 500 records')?.ratio.median,
      contenders: ['scan'],
    },
  ]
  if (old) return bars
  return [
    ...bars,
    {
      text: 'compiled select ÷ tuned loop',
      limit: 0.3,
      figure: find('typical', 'scan')?.ratio.median,
      contenders: ['scan'],
    },
    {
      text: 'compiled select ÷ tuned loop, request to response',
      limit: 0.45,
      figure: find('whole', 'scan')?.ratio.median,
      contenders: ['scan'],
    },
    {
      text: 'compiled select ÷ Rust with serde_json',
      limit: 0.5,
      figure: quotient(find('typical', 'scan'), find('typical', 'rust')),
      contenders: ['scan', 'rust'],
    },
  ]
}

/** What keeps a check from passing: bars that were missed, and those without a figure although their contenders are here. */
export function faultsOf(bars: readonly Bar[], present: readonly string[]): string[] {
  return bars.flatMap(({ text, figure, limit, contenders }) => {
    if (figure !== undefined)
      return !(figure <= limit) ? [`${text}: ${figure.toFixed(2)}, above ${limit.toFixed(2)}`] : []
    return contenders.every((name) => present.includes(name)) ? [`${text}: not measured`] : []
  })
}

/** One contender of another, or one shape of another: the median of the ratios within a round. */
function quotient(above: Result | undefined, below: Result | undefined): number | undefined {
  if (above === undefined || below === undefined) return undefined
  return spreadOf(above.costs.map((cost, round) => cost / (below.costs[round] ?? Number.NaN))).median
}

function ratioOf(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below
}
