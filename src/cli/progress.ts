import type { Terminal } from './terminal.ts'

/** A bar that is drawn over itself on a terminal, and not at all into a file. */
export interface ProgressBar {
  /** Draws the bar, at most ten times a second; without a bar if the whole is not known. */
  update(fraction: number | undefined, label: string): void
  /** Takes the bar away, so that results stand alone. */
  clear(): void
}

const BAR_WIDTH = 30
const INTERVAL_MS = 100

/** Makes the bar of a terminal. */
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
