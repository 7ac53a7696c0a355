import { raw } from 'jq-wasm'
import { it } from 'vitest'
import { checkRouting } from './support.ts'

it('the query routes every event as the router does', { timeout: 60_000 }, async () => {
  const run = async (query: string, documents: readonly string[]): Promise<unknown[]> => {
    const text = await raw(documents.join('\n'), query, ['-c'])
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  }
  await checkRouting(run, { numRuns: 150 })
})
