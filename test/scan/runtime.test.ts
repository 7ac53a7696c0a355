import { expect, test, vi } from 'vitest'
import { useFreshModules } from '../support/fresh-modules.ts'
import { NO_MEMORY } from '../support/no-memory.ts'

// A runtime may have no WebAssembly, no SIMD, or no memory left: rows are written in any case.

const documents = ['{"id":"1"}', `{"x":"${'x'.repeat(300_000)}","id":"2"}`, '{"id":"3"}'].map((text) =>
  Buffer.from(text),
)
/** An instance that traps at the second record. */
class Trapped extends WebAssembly.Instance {
  override readonly exports: WebAssembly.Exports
  constructor(module: WebAssembly.Module) {
    super(module)
    const { scan, ...rest } = super.exports
    let calls = 0
    const trap = (...all: unknown[]): unknown => {
      if (++calls === 2) throw new WebAssembly.RuntimeError('memory access out of bounds')
      return (scan as (...all: unknown[]) => unknown)(...all)
    }
    this.exports = { ...rest, scan: trap as unknown as WebAssembly.ExportValue }
  }
}

function refuse(): never {
  throw new TypeError('wasm code is not allowed, or has an opcode that is not known')
}

useFreshModules()

test.each([
  ['no WebAssembly', undefined, 0],
  ['no SIMD, or a ban on compiling', { Module: refuse, Instance: refuse }, 0],
  ['no more memory', NO_MEMORY, 2],
  ['a trap', { Module: WebAssembly.Module, Instance: Trapped }, 2],
])('rows are the same with %s', async (_, runtime, taken) => {
  vi.stubGlobal('WebAssembly', runtime)
  const { defineTable, select, t } = await import('../../src/index.ts')
  const { bothEngines, expectAgreement } = await import('./engines.ts')
  const table = defineTable({ name: 't', columns: { id: t.string() } })
  const engines = bothEngines([], { table, transform: select({ id: 'id' }) })
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBe(taken)
})
