/** Every code an {@link IcebergRouterError} can carry. Codes are stable: match on them, not on messages. */
export type ErrorCode =
  | 'InvalidEvent'
  | 'InvalidHandler'
  | 'InvalidOptions'
  | 'InvalidRouter'
  | 'InvalidTable'
  | 'MissingDependency'
  | 'TableConflict'
  | 'WarehouseUnavailable'

const brand: unique symbol = Symbol.for('firehose-iceberg-router.error') as never

/**
 * The one error this package throws: about a declaration, an option or the environment, never about a record. What is
 * wrong with a record is an outcome, not an error: see `Outcome`.
 */
export class IcebergRouterError extends Error {
  /** The name that a console prints: a minified bundle would print a letter. */
  static override readonly name: string = 'IcebergRouterError'
  override readonly name = 'IcebergRouterError'
  readonly code: ErrorCode
  /** All problems, one sentence each, so that they can be fixed at once. */
  readonly problems: readonly string[]

  constructor(code: ErrorCode, headline: string, options: { problems?: readonly string[]; cause?: unknown } = {}) {
    const problems = options.problems ?? []
    const list = problems.map((problem) => `\n  - ${problem}`).join('')
    super(`${headline}${list}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.problems = problems
    Object.defineProperty(this, brand, { value: true })
  }
}

/**
 * Checks whether a value is an {@link IcebergRouterError}. Unlike `instanceof`, this works across two loaded copies of the
 * package (ESM beside CJS).
 */
export function isIcebergRouterError(value: unknown): value is IcebergRouterError {
  return typeof value === 'object' && value !== null && brand in value
}
