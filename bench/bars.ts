import type { Result } from './measure.ts'

/** A promise about speed, checked by `npm run bench -- --check`. */
export interface Bar {
  readonly text: string
  readonly limit: number
  /** The figure, or nothing where its contenders were not measured. */
  readonly figure: number | undefined
}

/** What is promised of one Node's results. A bar whose contenders did not take part has no figure. */
export function barsOf(version: string, results: readonly Result[]): Bar[] {
  const here = results.filter(({ runtime }) => runtime === version)
  const find = (experiment: string, contender: string, shape?: string): Result | undefined =>
    here.find((r) => r.experiment === experiment && r.contender === contender && (shape ?? r.shape) === r.shape)
  const old = version.startsWith('v20.')
  const bars: Bar[] = [
    {
      text: 'function transforms, of the tuned loop',
      limit: old ? 1.15 : 1.1,
      figure: find('typical', 'functions')?.ratio.median,
    },
    {
      text: 'function transforms, 1,000 routes of 3',
      limit: 1.05,
      figure: quotient(find('routes', 'functions', '1000 routes'), find('routes', 'functions', '3 routes')),
    },
    {
      text: 'function transforms, peak memory of the tuned loop',
      limit: 1.1,
      figure: ratioOf(find('typical', 'functions')?.maxRssMb, find('typical', 'tuned')?.maxRssMb),
    },
    {
      text: 'compiled select, the first ten invocations of the tuned loop',
      limit: 0.5,
      figure: find('cold', 'scan')?.ratio.median,
    },
  ]
  if (old) return bars
  return [
    ...bars,
    { text: 'compiled select, of the tuned loop', limit: 0.3, figure: find('typical', 'scan')?.ratio.median },
    { text: 'compiled select, request to response', limit: 0.45, figure: find('whole', 'scan')?.ratio.median },
    {
      text: 'compiled select, of Rust with serde_json',
      limit: 0.5,
      figure: quotient(find('typical', 'scan'), find('typical', 'rust')),
    },
  ]
}

function quotient(above: Result | undefined, below: Result | undefined): number | undefined {
  return ratioOf(above?.cost.median, below?.cost.median)
}

function ratioOf(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below
}
