import type { Bar } from './bars.ts'
import type { Runnable } from './contenders.ts'
import type { Experiment } from './experiments.ts'
import type { Result } from './measure.ts'

/** The results of an experiment as a table in Markdown, one row for a contender and a shape. */
export function printExperiment(
  { title, mode, name }: Experiment,
  results: readonly Result[],
  contenders: readonly Runnable[],
): string {
  const unit = mode === 'cold' ? 'ms' : 'µs a record'
  const lines = results
    .filter(({ experiment }) => experiment === name)
    .map(({ contender, shape, cost, ratio, maxRssMb }) => {
      const label = contenders.find((other) => other.name === contender)?.label ?? contender
      const spread = `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`
      const memory = maxRssMb > 0 ? maxRssMb.toFixed(0) : '–'
      return `| ${shape} | ${label} | ${cost.median.toFixed(2)} | **${ratio.median.toFixed(2)}** | ${spread} | ${memory} |`
    })
  const head = `| shape | contender | ${unit} | × tuned | min–max | peak MB |\n| --- | --- | ---: | ---: | ---: | ---: |`
  return `### ${title}\n\n${head}\n${lines.join('\n')}\n`
}

/** The bars as a table in Markdown. */
export function printBars(bars: readonly Bar[]): string {
  const lines = bars.map(({ text, limit, figure }) => {
    const verdict = figure === undefined ? 'not measured' : figure <= limit ? 'kept' : '**missed**'
    return `| ${text} | ≤ ${limit.toFixed(2)} | ${figure === undefined ? '–' : figure.toFixed(2)} | ${verdict} |`
  })
  return `| bar | limit | figure | |\n| --- | ---: | ---: | --- |\n${lines.join('\n')}\n`
}

/** A bar chart for the terminal: one line for a contender, as long as its cost is. */
export function drawChart(name: string, results: readonly Result[], contenders: readonly Runnable[]): string {
  const rows = results.filter(({ experiment }) => experiment === name)
  const scale = 50 / Math.max(...rows.map(({ ratio }) => ratio.median))
  const lines = rows.map(({ contender, ratio }) => {
    const label = contenders.find((other) => other.name === contender)?.label ?? contender
    return `${label.padEnd(40)} ${'█'.repeat(Math.max(1, Math.round(ratio.median * scale)))} ${ratio.median.toFixed(2)}`
  })
  return `${lines.join('\n')}\n`
}
