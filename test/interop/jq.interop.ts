import { execFileSync } from 'node:child_process'
import { describe, it } from 'vitest'
import { checkRouting } from '../artefacts/jq/support.ts'

/** The version of JQ that Firehose names is 1.6; any one that is here will do. */
function isHere(): boolean {
  try {
    execFileSync('jq', ['--version'])
    return true
  } catch {
    return false
  }
}

describe.runIf(isHere())('the jq command', () => {
  it('routes every event as the router does', { timeout: 120_000 }, async () => {
    const run = async (query: string, documents: readonly string[]): Promise<unknown[]> => {
      const text = execFileSync('jq', ['-c', query], { input: documents.join('\n'), encoding: 'utf8' })
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    }
    await checkRouting(run, { numRuns: 300 })
  })
})
