import { expect, it } from 'vitest'
import { createWorkplace, spawnCli } from '../cli/support.ts'

it('records that fail take no memory that grows with their number', { timeout: 120_000 }, async () => {
  const place = createWorkplace()
  const file = place.write('bad.jsonl', `not JSON ${'x'.repeat(200)}\n`.repeat(200_000))
  const { out } = await spawnCli([...place.args(file), '--json'], {
    shell: (command) => `NODE_OPTIONS=--max-old-space-size=150 ${command}`,
  })
  expect(JSON.parse(out)).toMatchObject({ status: 1, records: 200_000, failed: 200_000, delivered: 0 })
})
