import * as fc from 'fast-check'

/** A canary for personal data: it may appear in a row, but in no failure, report or log line. */
export const CANARY = 'canary-7f3a@example.com'

const fail = (): never => {
  throw new Error(CANARY)
}

/** Every operation on it throws, even reading its prototype. */
function thrower(): object {
  const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]))
  return new Proxy({}, traps)
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function errorWith(descriptors: PropertyDescriptorMap): Error {
  return Object.defineProperties(new Error(CANARY), descriptors)
}

function errorOfClass(name: string): Error {
  const Class = class extends Error {}
  Object.defineProperty(Class, 'name', { value: name })
  return new Class(CANARY)
}

/** Values that code may throw or reject with, created each time. */
const thrown: (() => unknown)[] = [
  () => CANARY,
  () => undefined,
  () => null,
  () => 0n,
  () => Symbol(CANARY),
  () => ({ message: CANARY, name: CANARY, toJSON: () => CANARY }),
  () => fail,
  () => new Error(CANARY, { cause: CANARY }),
  () => new TypeError(CANARY),
  () => new AggregateError([CANARY], CANARY),
  () => errorWith({ name: { value: CANARY, enumerable: true }, code: { value: CANARY, enumerable: true } }),
  () => errorWith({ name: { get: fail }, message: { get: fail }, stack: { get: fail }, toString: { value: fail } }),
  () => errorWith({ constructor: { get: fail } }),
  () => errorOfClass(CANARY),
  () => errorOfClass('TypeError'),
  () => Object.setPrototypeOf(new Error(CANARY), Object.create(Error.prototype, { constructor: { get: fail } })),
  () => Object.setPrototypeOf(new Error(CANARY), null),
  thrower,
  revoked,
]

/** Thenables that are not promises. All of them settle: other tests cover one that never does. */
const thenables: ((value: unknown) => unknown)[] = [
  (value) => Promise.resolve(value),
  (value) => new Promise((resolve) => setImmediate(resolve, value)),
  (value) => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
    then: (resolve: (value: unknown) => void) => resolve(value),
  }),
  (value) => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
    then: (resolve: (value: unknown) => void) => {
      resolve(value)
      resolve(CANARY)
      return fail()
    },
  }),
  () => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
    then: (_: unknown, reject: (cause: unknown) => void) => reject(CANARY),
  }),
  // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
  () => ({ then: fail }),
  () => Object.defineProperty({}, 'then', { get: fail }),
  // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
  () => Object.assign(Promise.resolve(CANARY), { then: fail }),
  () => Object.defineProperty(Promise.resolve(CANARY), 'constructor', { get: fail }),
]

/** Objects instead of a row. */
const rows: (() => unknown)[] = [
  () => [],
  () => [{ id: 'a' }],
  () => ({}),
  () => new Date(Number.NaN),
  () => ({ id: CANARY, at: CANARY, data: null }),
  () => ({ id: { toString: () => CANARY }, at: new Date(0), data: null }),
  () => ({ id: 'a', at: thrower(), data: null }),
  () => ({ id: 'a', at: revoked(), data: null }),
  () => ({ id: 'a', at: new Date(0), data: { toJSON: fail } }),
  () => ({ id: 'a', at: new Date(0), data: thrower() }),
  () => ({ id: 'a', at: new Date(0), data: { toJSON: () => undefined } }),
  () => ({ id: 'a', at: new Date(0), data: { toJSON: revoked } }),
  () => Object.defineProperty({ at: new Date(0), data: null }, 'id', { get: fail, enumerable: true }),
  () => new Proxy({ id: 'a', at: new Date(0), data: null }, { ownKeys: fail }),
  () => new Proxy({ id: 'a', at: new Date(0), data: null }, { get: fail }),
]

const values = [...thrown, ...rows]

/** A function that returns an invalid row. */
export function hostileRows(): fc.Arbitrary<() => unknown> {
  return fc.constantFrom(...rows)
}

/** A function of the event that misbehaves: throws, rejects, returns nonsense, now or later. */
export function hostileFunctions(): fc.Arbitrary<(event: unknown) => unknown> {
  return fc.oneof(
    fc.constantFrom(...thrown).map((make) => () => {
      throw make()
    }),
    fc.constantFrom(...thrown).map((make) => () => Promise.reject(make())),
    fc.constantFrom(...values).map((make) => make),
    fc.tuple(fc.constantFrom(...thenables), fc.constantFrom(...values)).map(
      ([wrap, make]) =>
        () =>
          wrap(make()),
    ),
  )
}

/** A function with a valid answer, now or later, through a promise or another thenable. */
export function wrappings(): fc.Arbitrary<(value: unknown) => unknown> {
  return fc.oneof(
    fc.constant((value: unknown) => value),
    fc.constantFrom(...thenables),
  )
}
