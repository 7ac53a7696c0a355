import type { Terminal } from './terminal.ts'

/** One command of `firehose-iceberg`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly usage: string
  /** Runs the command with the arguments after its name, and returns the exit status. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>
}

/** A mistake in the arguments: printed with the usage. */
export class UsageError extends Error {}
