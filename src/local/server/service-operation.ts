import type { Answer } from './answer.ts'
import type { Streams } from './stream.ts'

/** What an operation works on. */
export interface Context {
  readonly streams: Streams
  /** Tells whether the entry at an index is to fail. */
  readonly fails: (index: number) => boolean
  /** A new id; every one is greater than the one before. */
  readonly nextId: () => string
}

/** The fields of a request: JSON that nobody has checked yet. */
export type Input = Readonly<Record<string, unknown>>

/** One operation of a service. */
export interface Operation {
  readonly run: (input: Input, context: Context) => Answer
  /** What the service says instead of running it when there are too many calls. */
  readonly throttled: Answer
}
