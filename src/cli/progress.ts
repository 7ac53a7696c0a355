import type { Terminal } from './terminal.ts'

/** A bar that is redrawn on a terminal and never written to a file. */
export interface ProgressBar {
  /** Draws the bar, at most ten times a second; only the label if the size is unknown. */
  update(fraction: number | undefined, label: string): void
  /** Erases the bar before results are printed. */
  clear(): void
}

const BAR_WIDTH = 30
const INTERVAL_MS = 100

/** Creates the bar of a terminal. */
export function createProgressBar({ columns, err }: Terminal, clock: () => number = Date.now): ProgressBar {
  if (columns === undefined) return { update: () => undefined, clear: () => undefined }
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    update(fraction, label) {
      if (clock() - drawnAt < INTERVAL_MS && (fraction ?? 0) < 1) return
      drawnAt = clock()
      const line = fraction === undefined ? label : drawBar(fraction, label)
      err(`\r\x1b[K${line.slice(0, columns - 1)}`)
    },
    clear: () => err('\r\x1b[K'),
  }
}

function drawBar(fraction: number, label: string): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH)
  const percent = `${Math.floor(Math.min(1, fraction) * 100)}%`.padStart(4)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}${percent}  ${label}`
}
