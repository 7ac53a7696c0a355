/** What a command needs from its environment: outputs, and a notice of Ctrl-C. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void
  /** Everything else: progress, errors. */
  readonly err: (text: string) => void
  /** Columns of the terminal that `err` is; undefined for a file or a pipe, which gets no progress bar. */
  readonly columns: number | undefined
  /** Columns of the terminal that `out` is; undefined for a file or a pipe, which takes lines of any length. */
  readonly outColumns?: number | undefined
  /** Calls back on the first Ctrl-C instead of ending the process; the returned function takes that back. */
  readonly onInterrupt: (callback: () => void) => () => void
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // The reader of a pipe may stop early (`| head`), which is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  // Kept, because the method is replaced while a handler runs.
  const write = process.stdout.write.bind(process.stdout)
  return {
    out: (text) => void write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stderr.isTTY ? process.stderr.columns : undefined,
    outColumns: process.stdout.isTTY ? process.stdout.columns : undefined,
    onInterrupt(callback) {
      // Once, so that a second Ctrl-C ends the process as usual. Tables stay at their last commit.
      process.once('SIGINT', callback)
      return () => void process.off('SIGINT', callback)
    },
  }
}
