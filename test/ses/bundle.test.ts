import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

async function inputsOf(path: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [source(path)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

it('the SES router needs no package at run time, and not zod', async () => {
  expect((await inputsOf('ses/index.ts')).filter((path) => path.includes('node_modules'))).toEqual([])
})

it('the schemas need zod, which shows that the check above can fail', async () => {
  expect((await inputsOf('ses/schemas.ts')).some((path) => path.includes('node_modules/zod/'))).toBe(true)
})

it('the testing entry needs no package, and its arbitraries need fast-check', async () => {
  expect((await inputsOf('testing/index.ts')).filter((path) => path.includes('node_modules'))).toEqual([])
  expect((await inputsOf('testing/arbitraries.ts')).some((path) => path.includes('fast-check'))).toBe(true)
})
