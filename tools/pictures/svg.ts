// Shapes for the pictures of the documentation. A picture has its own background, and follows the reader's colour scheme.

/** How a shape looks: ours, an outcome that is fine, one that is not, or anything else. */
export type Look = 'plain' | 'ours' | 'good' | 'bad' | 'quiet'

/** A rectangle with a title and lines of small text below it. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly notes?: readonly string[]
  readonly look?: Look
}

/** A line through points, with a head at its end. */
export interface Arrow {
  readonly points: readonly (readonly [number, number])[]
  readonly label?: string
  /** Where the label is; by default in the middle of the first part. */
  readonly at?: readonly [number, number]
  readonly isDashed?: boolean
}

/** A whole picture. The title is what a screen reader reads. */
export interface Picture {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly shapes: readonly string[]
}

const LIGHT = `text { fill: #1f2328 } .note { fill: #59636e } .back { fill: #ffffff; stroke: #d1d9e0 }
.plain { fill: #f6f8fa; stroke: #818b98 } .ours { fill: #ddf4ff; stroke: #0969da } .good { fill: #dafbe1; stroke: #1a7f37 }
.bad { fill: #ffebe9; stroke: #cf222e } .quiet { fill: none; stroke: #818b98; stroke-dasharray: 4 4 }
.line { stroke: #59636e } .head { fill: #59636e } .bar { fill: #818b98; stroke: none } .bar.ours { fill: #0969da }`

const DARK = `text { fill: #f0f6fc } .note { fill: #9198a1 } .back { fill: #0d1117; stroke: #3d444d }
.plain { fill: #151b23; stroke: #656c76 } .ours { fill: #0c2d4f; stroke: #4493f8 } .good { fill: #12331f; stroke: #3fb950 }
.bad { fill: #3d1519; stroke: #f85149 } .quiet { fill: none; stroke: #656c76; stroke-dasharray: 4 4 }
.line { stroke: #9198a1 } .head { fill: #9198a1 } .bar { fill: #656c76; stroke: none } .bar.ours { fill: #4493f8 }`

const FONT = `text { font: 14px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif } .title { font-weight: 600 }
.note { font-size: 12px } .line { fill: none; stroke-width: 1.5 } .dashed { stroke-dasharray: 5 4 } rect { stroke-width: 1.2 }`

/** Writes a picture. `scheme` fixes the colours; by default the reader's setting decides. */
export function toSvg({ title, width, height, shapes }: Picture, scheme?: 'light' | 'dark'): string {
  const dark = `@media (prefers-color-scheme: dark) {\n${DARK}\n}`
  const colours = scheme === 'dark' ? DARK : scheme === 'light' ? LIGHT : `${LIGHT}\n${dark}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<style>
${FONT}
${colours}
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
<rect class="back" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${shapes.join('\n')}
</svg>
`
}

/** Draws a box; its lines are centred. */
export function box({ x, y, width, height, title, notes = [], look = 'plain' }: Box): string {
  const lines = [title, ...notes]
  const top = y + height / 2 - (lines.length - 1) * 8.5 + 5
  const texts = lines.map((line, index) => {
    const size = index === 0 ? 'title' : 'note'
    return text([x + width / 2, top + index * 17], line, { look: size, anchor: 'middle' })
  })
  const frame = `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`
  return [frame, ...texts].join('\n')
}

/** Draws a frame around other shapes, with its title at the top left. */
export function frame({ x, y, width, height, title }: Box): string {
  const label = text([x + 12, y + 20], title, { look: 'note' })
  return `<rect class="quiet" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>\n${label}`
}

/** Draws a bar of a chart. */
export function bar({ x, y, width, height, look }: Omit<Box, 'title' | 'notes'>): string {
  return `<rect class="bar ${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`
}

/** Draws an arrow. */
export function arrow({ points, label, at, isDashed = false }: Arrow): string {
  const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = points
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  const line = `<path class="line${isDashed ? ' dashed' : ''}" d="${path}" marker-end="url(#head)"/>`
  if (label === undefined) return line
  return `${line}\n${text(at ?? [(x1 + x2) / 2, (y1 + y2) / 2 - 7], label, { look: 'note', anchor: 'middle' })}`
}

/** Writes a line of text. */
export function text(
  [x, y]: readonly [number, number],
  line: string,
  { look = '', anchor = 'start' }: { readonly look?: string; readonly anchor?: 'start' | 'middle' | 'end' } = {},
): string {
  return `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${escapeXml(line)}</text>`
}

function escapeXml(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
