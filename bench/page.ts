import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChartRow, drawChart } from '../tools/pictures/chart.ts'
import { toSvg } from '../tools/pictures/svg.ts'
import type { Runnable } from './contenders.ts'
import type { Result } from './measure.ts'

/** What was measured on one Node. */
export interface Figures {
  /** As `process.version`. */
  readonly version: string
  readonly machine: string
  /** The tables of all experiments, in Markdown. */
  readonly tables: readonly string[]
  /** The bars, in Markdown. */
  readonly bars: string
  readonly results: readonly Pick<Result, 'experiment' | 'shape' | 'contender' | 'ratio'>[]
  readonly contenders: readonly Pick<Runnable, 'name' | 'label'>[]
}

/** The charts of a Node: the ending of the file, the experiment, its shape, what it shows. */
const CHARTS = [
  ['', 'typical', '1,000 records', 'Cost of a record, as a multiple of the tuned loop'],
  ['-cold', 'cold', '10 × 500 records', 'First ten invocations of a new process, as a multiple of the tuned loop'],
] as const

/** The names of contenders that are this package. */
const OURS = new Set(['functions', 'select', 'scan', 'ses', 'zod'])

/** Writes the page of a Node and its charts, and nothing else: pages of other Nodes stay as they are. */
export function writeFigures(folder: string, figures: Figures): void {
  mkdirSync(folder, { recursive: true })
  const name = `node-${/\d+/.exec(figures.version)?.[0]}`
  writeFileSync(join(folder, `${name}.md`), toPage(figures, name))
  for (const [ending, experiment, shape, title] of CHARTS) {
    const rows = rowsOf(figures, experiment, shape)
    writeFileSync(join(folder, `${name}${ending}.svg`), toSvg(drawChart(`${title} (Node ${figures.version})`, rows)))
  }
}

function toPage({ version, machine, tables, bars }: Figures, name: string): string {
  const images = CHARTS.map(
    ([ending, , , title]) => `![${title}: the figures are in the tables below](${name}${ending}.svg)`,
  )
  const parts = [
    `# Figures of Node ${version}`,
    `Written by \`npm run bench -- --write\`: ${machine}. [What they mean](../performance.md).`,
  ]
  return `${[...parts, ...images, '## Bars', bars, ...tables.map((table) => table.replace(/^### /, '## '))].map((part) => part.trim()).join('\n\n')}\n`
}

function rowsOf({ results, contenders }: Figures, experiment: string, shape: string): ChartRow[] {
  const mine = results.filter((result) => result.experiment === experiment && result.shape === shape)
  return mine.map(({ contender, ratio }) => {
    const label = contenders.find(({ name }) => name === contender)?.label ?? contender
    return { label, value: ratio.median, isOurs: OURS.has(contender) }
  })
}
