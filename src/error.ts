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
 * The one error this package throws, always about a declaration, an option or the machine, never about a record.
 * What a record did wrong is an outcome, not an error: see `Outcome`.
 */
export class IcebergRouterError extends Error {
  override readonly name = 'IcebergRouterError'
  readonly code: ErrorCode
  /** One sentence a problem, so that all of them can be mended at once. */
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
 * Tells whether a value is an {@link IcebergRouterError}, also where two copies of the package are loaded
 * (ESM beside CJS), which `instanceof` cannot.
 */
export function isIcebergRouterError(value: unknown): value is IcebergRouterError {
  return typeof value === 'object' && value !== null && brand in value
}
