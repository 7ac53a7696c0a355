import { describe, expect, it, vi } from 'vitest'
import { useFreshModules } from '../support/fresh-modules.ts'

/** An empty module. */
const EMPTY = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).toString('base64')

describe('an instance of a module', () => {
  useFreshModules()
  const load = async () => (await import('../../src/firehose/wasm.ts')).instantiate

  it('is made anew each time, and the module is compiled once', async () => {
    const Module = vi.fn(WebAssembly.Module)
    vi.stubGlobal('WebAssembly', { Module, Instance: WebAssembly.Instance })
    const instantiate = await load()
    const [first, second] = [instantiate(EMPTY), instantiate(EMPTY)]
    expect([first, second]).toEqual([{}, {}])
    expect(first).not.toBe(second)
    expect(Module).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['no WebAssembly', undefined, EMPTY],
    ['a module that is not one', WebAssembly, 'e30='],
    [
      'no memory',
      {
        Module: WebAssembly.Module,
        Instance: class {
          constructor() {
            throw new RangeError('no memory')
          }
        },
      },
      EMPTY,
    ],
  ])('is nothing with %s', async (_, runtime, module) => {
    vi.stubGlobal('WebAssembly', runtime)
    expect((await load())(module)).toBeUndefined()
  })
})
