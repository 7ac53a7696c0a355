import type { RecordFailure } from '../local/index.ts'
import type { FirehoseHandler } from '../router/router.ts'

/** Lines of the file that failed for one reason. */
export interface FailedLines {
  /** The router's code where a router made the handler, the error object's otherwise. */
  readonly code: string
  /** What was expected and what came, with route and path. */
  readonly reason: string
  readonly count: number
  /** The numbers of the first lines. */
  readonly lines: readonly number[]
}

/** A failed record and the line of the file that it came from. */
export interface FailedLine {
  readonly line: number
  readonly failure: RecordFailure
}

const MAX_LINES = 3

/** Groups failed lines by their cause, the largest group first. */
export async function explainFailures(
  failed: readonly FailedLine[],
  router: FirehoseHandler | undefined,
): Promise<FailedLines[]> {
  const groups = new Map<string, { code: string; reason: string; count: number; lines: number[] }>()
  for (const { line, failure } of failed) {
    const { code, reason, where } = await explain(failure, router)
    const key = JSON.stringify([code, where])
    const group = groups.get(key) ?? { code, reason: [reason, where].filter(Boolean).join(' '), count: 0, lines: [] }
    group.count++
    if (group.lines.length < MAX_LINES) group.lines.push(line)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

interface Explanation {
  readonly code: string
  readonly reason: string
  readonly where: string
}

/** Firehose only says `ProcessingFailed`; a router asked again says why. */
async function explain(failure: RecordFailure, router: FirehoseHandler | undefined): Promise<Explanation> {
  const { errorCode, errorMessage, record } = failure
  if (errorCode !== 'Lambda.ProcessingFailedStatus' || router === undefined) {
    return { code: errorCode, reason: errorMessage, where: '' }
  }
  const event = { invocationId: 'explain', deliveryStreamArn: '', region: '', records: [record] }
  const [outcome] = (await router.runBatch(event)).outcomes
  if (outcome?.status !== 'failed') {
    // Alone it passes: it was its batch that was too large for one response.
    return { code: errorCode, reason: 'it passes alone: its response did not fit in its batch', where: '' }
  }
  const { code, message, route, path } = outcome.failure
  const where = [route && `route ${route}`, path && `at ${path}`].filter(Boolean).join(', ')
  return { code, reason: message, where: where === '' ? '' : `(${where})` }
}
