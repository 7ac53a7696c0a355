import type { PathSegment } from './path.ts'
import { adopt, isThenable } from './promise.ts'

/** A value that may hold promises, and how it was reached. */
interface Step {
  readonly value: unknown
  readonly key: PathSegment
  readonly parent: Step | undefined
}

/** So many values are looked at, level by level: what is near the surface is found even beside a huge value. */
const MAX_VALUES = 100_000

/**
 * Observes every promise inside a value: left alone, one that rejects would end the process, and with it the batch. Getters
 * are not run, and whatever a proxy throws is ignored. For failing records only: it visits everything.
 *
 * @returns the path of the first promise; undefined if there is none
 */
export function observePromises(value: unknown): PathSegment[] | undefined {
  let first: Step | undefined
  for (const step of walk(value, membersOf)) {
    if (!observe(step.value, isThenable)) continue
    first ??= step
  }
  return first && pathOf(first)
}

/**
 * The same for a value that lives on, such as the context of a batch: only real promises in plain objects, lists, maps and
 * sets are observed. A client is not searched, and a query that starts when it is awaited is not started.
 */
export function observePlainPromises(value: unknown): void {
  for (const step of walk(value, plainMembersOf)) observe(step.value, isRealPromise)
}

/** Level by level. What is a promise itself is not searched. */
function* walk(root: unknown, membersOf: (value: object) => Iterable<[PathSegment, unknown]>): Iterable<Step> {
  if (!isReference(root)) return
  const seen = new Set<unknown>([root])
  const queue: Step[] = [{ value: root, key: '', parent: undefined }]
  let looked = 0
  for (const step of queue) {
    yield step
    try {
      for (const [key, value] of membersOf(step.value as object)) {
        if (++looked > MAX_VALUES) break
        if (!isReference(value) || seen.has(value)) continue
        seen.add(value)
        queue.push({ value, key, parent: step })
      }
    } catch {
      // A proxy may throw at any question.
    }
  }
}

function* membersOf(value: object): Iterable<[PathSegment, unknown]> {
  if (ArrayBuffer.isView(value)) return
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield [index, value[index]]
    return
  }
  if (value instanceof Map || value instanceof Set) {
    const isMap = value instanceof Map
    const inner: Iterable<unknown> = isMap ? Map.prototype.values.call(value) : Set.prototype.values.call(value)
    for (const one of inner) yield ['*', one]
    if (isMap) for (const key of Map.prototype.keys.call(value)) yield ['*', key]
  }
  for (const key in value) {
    const inner: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    if (isReference(inner)) yield [key, inner]
  }
}

function plainMembersOf(value: object): Iterable<[PathSegment, unknown]> {
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = prototype === null || prototype === Object.prototype || Array.isArray(value)
  return isPlain || value instanceof Map || value instanceof Set ? membersOf(value) : []
}

function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isRealPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise
  } catch {
    return false
  }
}

/** Observes a value if it is a promise, and returns whether it is. */
function observe(value: unknown, isPending: (value: unknown) => boolean): boolean {
  try {
    if (!isPending(value)) return false
    // A real promise may have another `then`, which says nothing about its rejection.
    if (isRealPromise(value)) Promise.prototype.then.call(value, undefined, () => undefined)
  } catch {
    return isRealPromise(value)
  }
  adopt(value as Promise<unknown>).catch(() => undefined)
  return true
}

function pathOf(step: Step): PathSegment[] {
  const path: PathSegment[] = []
  // The root has no key.
  for (let at = step; at.parent !== undefined; at = at.parent) path.push(at.key)
  return path.reverse()
}
