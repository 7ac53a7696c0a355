import { afterEach, expect, test, vi } from 'vitest'
import { defineTable, string } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// A runtime may have no WebAssembly, no SIMD, or no memory to give: rows come all the same.

const table = defineTable({ name: 't', columns: { id: string() } })
const documents = ['{"id":"1"}', `{"x":"${'x'.repeat(300_000)}","id":"2"}`, '{"id":"3"}'].map((text) =>
  Buffer.from(text),
)
const { Module, Instance } = WebAssembly

/** An instance whose memory stays as it is. */
class Fixed extends Instance {
  override readonly exports: WebAssembly.Exports
  constructor(module: WebAssembly.Module) {
    super(module)
    const { memory, ...functions } = super.exports
    const { buffer } = memory as WebAssembly.Memory
    const grow = (): never => {
      throw new RangeError('no memory')
    }
    this.exports = { ...functions, memory: { buffer, grow } as unknown as WebAssembly.Memory }
  }
}

function refuse(): never {
  throw new TypeError('wasm code is not allowed, or has an opcode that is not known')
}

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['no WebAssembly', undefined, 0],
  ['no SIMD, or none that may be compiled', { Module: refuse, Instance: refuse }, 0],
  ['no more memory', { Module, Instance: Fixed }, 2],
])('%s is no reason to fail', async (_, runtime, taken) => {
  vi.stubGlobal('WebAssembly', runtime)
  const engines = bothEngines([], { table, select: { id: 'id' } })
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBe(taken)
})
