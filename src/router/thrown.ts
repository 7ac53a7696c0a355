import { typeName } from '../table/wrong-type.ts'

const BUILT_IN_ERRORS = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'EvalError',
  'AggregateError',
]

/** What a message says of something that user code threw. */
export interface Thrown {
  /** Its kind and its place: `a TypeError at handler.mjs:12:34`. */
  readonly text: string
  /** The place alone, if it is known. */
  readonly thrownAt?: string
}

/** Describes what user code threw, by its class and by where it was thrown, without its message: that may quote the payload. */
export function describeThrown(cause: unknown): Thrown {
  const thrownAt = attempt(() => placeOf(cause))
  const kind = attempt(() => kindOf(cause)) ?? 'an object'
  return thrownAt === undefined ? { text: kind } : { text: `${kind} at ${thrownAt}`, thrownAt }
}

/** The class of an error where JavaScript made it; a name that the user's code can choose might hold anything. */
function kindOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeName(cause)
  const thrower: unknown = Object.getPrototypeOf(cause)?.constructor
  const name = typeof thrower === 'function' ? thrower.name : ''
  return BUILT_IN_ERRORS.includes(name) ? `a ${name}` : 'an Error'
}

/** A file's name, line and column at the end of a frame, without its folders: those are of the machine that runs. */
const FRAME = /^ +at .*?([\w.-]{1,100}:\d+:\d+)\)?$/

/** Where an error was thrown: its first frame in the user's own code, or else in a package. */
function placeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  const { stack, message } = cause
  // The stack begins with the message, which may have lines that look like frames.
  const start = typeof stack === 'string' ? stack.indexOf(message) : -1
  if (start < 0) return undefined
  const frames = String(stack)
    .slice(start + message.length)
    .split('\n')
    .filter((line) => FRAME.test(line) && !/[( ]node:/.test(line))
  const frame = frames.find((line) => !line.includes('node_modules')) ?? frames[0]
  return frame === undefined ? undefined : FRAME.exec(frame)?.[1]
}

/** A proxy or a getter may throw at the mere question. */
function attempt(read: () => string | undefined): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
