import { expect, it } from 'vitest'
import { createWorkplace, nameEvent, spawnCli } from './support.ts'

it("the operating system's limit on files ends the command with one message, and what was committed stays", async () => {
  const place = createWorkplace()
  await place.run(place.write('first.jsonl', nameEvent('Ada')))
  const events = Array.from({ length: 50 }, (_, at) => nameEvent(`${at}`.repeat(400)))
  const args = place.args(place.write('events.jsonl', events.join('\n')))
  // Without the trap, the system ends the process by a signal.
  const shell = (command: string): string => `trap '' XFSZ; ulimit -f 2; exec ${command}`
  const { status, err } = await spawnCli(args, { shell })
  expect(status).toBe(1)
  expect(err).toMatch(/the file would be larger than this process may write; raise the limit \(ulimit -f\) \(EFBIG\)/)
  expect(err.match(/EFBIG/g)).toHaveLength(1)
  expect(await place.rows('people.names')).toMatchObject([{ name: 'Ada' }])
})
