import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MODULE } from '../../src/scan/module.ts'
import { compileScan, toSource } from '../../tools/compile-scan.ts'

test('the embedded module is the one that its source compiles to', { timeout: 60_000 }, async () => {
  expect(readFileSync('src/scan/module.ts', 'utf8')).toBe(toSource(await compileScan()))
})

test('the module keeps to 16 kB', () => {
  expect(Buffer.from(MODULE, 'base64').length).toBeLessThanOrEqual(16_384)
})
