import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MODULE } from '../../src/scan/module.ts'
import { compile, MODULES, toSource } from '../../tools/compile.ts'

test.each(MODULES)('$embedded is what its source compiles to', { timeout: 60_000 }, async (one) => {
  expect(readFileSync(one.embedded, 'utf8')).toBe(toSource(await compile(one)))
})

test('the module keeps to 16 kB', () => {
  expect(Buffer.from(MODULE, 'base64').length).toBeLessThanOrEqual(16_384)
})
