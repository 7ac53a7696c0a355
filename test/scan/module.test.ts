import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MODULE } from '../../src/scan/module.ts'
import { compileScan } from '../../tools/compile-scan.ts'

const embedded = brotliDecompressSync(Buffer.from(MODULE, 'base64'))

test('the embedded module is the one that its source compiles to', { timeout: 60_000 }, async () => {
  expect(embedded.equals(await compileScan()), 'run npm run build:scan').toBe(true)
})

test('the module keeps to 16 kB', () => {
  expect(embedded.length).toBeLessThanOrEqual(16_384)
})
