import type { Picture } from './svg.ts'
import { bar, text } from './svg.ts'

/** One bar of a chart. */
export interface ChartRow {
  readonly label: string
  readonly value: number
  /** Drawn in the colour of this package. */
  readonly isOurs: boolean
}

const [LABELS, BARS, STEP] = [320, 440, 26]

/** A chart of horizontal bars, as long as their values. */
export function drawChart(title: string, rows: readonly ChartRow[]): Picture {
  const scale = BARS / Math.max(...rows.map(({ value }) => value))
  const shapes = rows.flatMap(({ label, value, isOurs }, index) => {
    const y = 50 + index * STEP
    const width = Math.max(2, Math.round(value * scale))
    return [
      text([LABELS - 12, y + 13], label, { look: 'note', anchor: 'end' }),
      bar({ x: LABELS, y, width, height: 17, look: isOurs ? 'ours' : 'plain' }),
      text([LABELS + width + 8, y + 13], value.toFixed(2), { look: 'note' }),
    ]
  })
  const heading = text([20, 30], title, { look: 'title' })
  return { title, width: LABELS + BARS + 60, height: 62 + rows.length * STEP, shapes: [heading, ...shapes] }
}
