import type { PathSegment } from '../path.ts'

/** Why a row does not fit its table. */
export type RowCode =
  | 'NotARow'
  | 'MissingColumn'
  | 'UnknownColumn'
  | 'WrongType'
  | 'UnawaitedPromise'
  | 'OutOfRange'
  | 'InvalidTimestamp'
  | 'InvalidDate'
  | 'InvalidTime'
  | 'InvalidUuid'
  | 'DuplicateKey'
  | 'NotJson'
  | 'KeyMissing'
  | 'RowTooLarge'

/**
 * Why a column does not accept a value. A class, so that it cannot be confused with any value; returned, not thrown,
 * because bad rows must not cost more than good ones.
 */
export class RowIssue {
  readonly code: RowCode
  /** What was expected and which type arrived, never the value. */
  readonly message: string
  readonly path: readonly PathSegment[]

  constructor(code: RowCode, message: string, path: readonly PathSegment[] = []) {
    this.code = code
    this.message = message
    this.path = path
  }

  /** The same issue with a path that begins one level further out. */
  at(segment: PathSegment): RowIssue {
    return new RowIssue(this.code, this.message, [segment, ...this.path])
  }
}

// Assigning to them fails if a library has given all objects a read-only property of that name: these are found before it.
for (const name of ['code', 'message', 'path'])
  Object.defineProperty(RowIssue.prototype, name, { value: undefined, writable: true })
