import type { RecordFailure } from '../local/index.ts'
import { wordsOf } from '../router/explain.ts'

/** Records that failed for one reason. */
export interface FailedLines {
  /** The router's code if a router failed them, the error object's otherwise. */
  readonly code: string
  /** What was expected and what was there, with route and path. */
  readonly reason: string
  readonly count: number
  /** The numbers of the first lines. */
  readonly lines: readonly number[]
}

/** Groups failures by their cause as they arrive, because every line of a file may fail. */
export interface FailureGroups {
  add(line: number | undefined, failure: RecordFailure): void
  /** The groups, the largest first. */
  list(): FailedLines[]
}

const MAX_LINES = 3
const MAX_GROUPS = 1000

interface Group extends FailedLines {
  count: number
  readonly lines: number[]
}

/** Creates groups without a failure. */
export function createFailureGroups(): FailureGroups {
  const groups = new Map<string, Group>()

  function groupOf(failure: RecordFailure): Group {
    const { code, reason, where } = explain(failure)
    const key = JSON.stringify([code, where, failure.reason?.fault, failure.reason?.thrownAt])
    const known = groups.get(key)
    if (known !== undefined) return known
    if (groups.size >= MAX_GROUPS) return groups.get(OTHERS) ?? put(OTHERS, 'others', 'failures of other kinds')
    return put(key, code, [reason, where].filter(Boolean).join(' '))
  }

  function put(key: string, code: string, reason: string): Group {
    const group: Group = { code, reason, count: 0, lines: [] }
    groups.set(key, group)
    return group
  }

  return {
    add(line, failure) {
      const group = groupOf(failure)
      group.count++
      if (line !== undefined && group.lines.length < MAX_LINES && !group.lines.includes(line)) group.lines.push(line)
    },
    list: () => [...groups.values()].sort((a, b) => b.count - a.count),
  }
}

/** The key of all groups beyond the limit; no code is empty. */
const OTHERS = ''

interface Explanation {
  readonly code: string
  readonly reason: string
  readonly where: string
}

/** Explains a failure: Firehose only says that processing failed, but the router says why. */
function explain({ errorCode, errorMessage, reason }: RecordFailure): Explanation {
  if (reason === undefined || (errorCode !== 'Lambda.ProcessingFailedStatus' && errorCode !== 'Local.DeadLettered')) {
    return { code: errorCode, reason: errorMessage, where: '' }
  }
  const { code, message, route, path, cause } = reason
  const where = [route && `route ${route}`, path && `at ${path}`].filter(Boolean).join(', ')
  return { code, reason: `${message}${because(message, cause)}`, where: where === '' ? '' : `(${where})` }
}

/** Adds what the user's own code threw, in its words. They may quote the payload, which stays on the user's own screen. */
function because(message: string, cause: unknown): string {
  const words = wordsOf(cause)
  // With `explain: true`, the router has added them.
  return words === undefined || message.endsWith(words) ? '' : `: ${words}`
}
