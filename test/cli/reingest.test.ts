import { connect, Socket } from 'node:net'
import { expect, it, vi } from 'vitest'
import { createWorkplace, fixture } from './support.ts'

it('run tries fan-out on this machine: no socket is opened, with credentials of AWS in the environment or without', async () => {
  const place = createWorkplace(fixture('fan-out.ts'))
  const opened: unknown[] = []
  // The port to the network, below every client: connections are noted and refused.
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    opened.push(args)
    return this.destroy(new Error('no network'))
  })
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b')
  try {
    const orders = Array.from({ length: 20 }, (_, order) => `{"order":${order},"count":${order % 4}}\n`)
    const startedAt = Date.now()
    const { out, status } = await place.run(place.write('orders.jsonl', orders.join('')), '--json')
    expect(status).toBe(0)
    // Orders with 1, 2 and 3 lines have 0, 1 and 2 further rows; those without fail.
    expect(JSON.parse(out)).toMatchObject({ records: 20, reingestedArrivals: 15, delivered: 30, failed: 5 })
    expect(Date.now() - startedAt).toBeLessThan(60_000)
    const summary = await place.run(place.write('one.jsonl', '{"order":1,"count":3}\n'))
    expect(summary.out).toContain(
      '1 record and 2 that were put back and arrived again: 3 delivered, 0 dropped, 0 failed',
    )
    expect(opened).toEqual([])
    // What notes connections does note them.
    connect({ port: 9, host: '127.0.0.1' }).on('error', () => undefined)
    expect(opened).toHaveLength(1)
  } finally {
    spy.mockRestore()
    vi.unstubAllEnvs()
  }
  expect(await place.rows('shop.lines')).toHaveLength(33)
})
