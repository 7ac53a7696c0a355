import type { Answer } from './http-response.ts'
import type { Streams } from './stream.ts'

/** What an operation gets to work with. */
export interface Context {
  readonly streams: Streams
  /** Checks whether the entry at an index has to fail. */
  readonly fails: (index: number) => boolean
  /** A new id; every one is greater than the one before. */
  readonly nextId: () => string
}

/** The fields of a request: JSON that is not checked yet. */
export type Input = Readonly<Record<string, unknown>>

/** One operation of a service. */
export interface Operation {
  readonly run: (input: Input, context: Context) => Answer
  /** The answer to a throttled call. */
  readonly throttled: Answer
}
