/** A value now or later. */
export type MaybePromise<Value> = Value | Promise<Value>

/** Tells whether a value has to be awaited. */
export function isThenable<Value>(value: MaybePromise<Value> | unknown): value is Promise<Value> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
