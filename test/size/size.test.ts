import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bundleSize, CASES } from '../../bench/size/bundle.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** A figure of the README, in bytes. */
function promised(sentence: RegExp): number {
  const [, kB] = sentence.exec(readme.replaceAll(/\s+/g, ' ')) ?? []
  expect(kB, `the README says ${sentence}`).toBeDefined()
  return Number(kB) * 1000
}

/** A promise is kept, and what it says is not far from the truth. */
function expectKept(bytes: number, promise: number): void {
  expect(bytes).toBeLessThanOrEqual(promise)
  expect(bytes).toBeGreaterThan(promise * 0.9)
}

const TYPES = /^(send|open|click|delivery|bounce|complaint|delivery-delay|reject|rendering-failure|subscription)\.ts$/
const router = CASES['router'] ?? ''
const handler = CASES['SES handler'] ?? ''

it('a router weighs what the README says', async () => {
  const [bare, whole] = [await bundleSize(router, { scanner: false }), await bundleSize(router)]
  expectKept(bare.gzipBytes, promised(/the router weighs ([\d.]+) kB minified and compressed/))
  expectKept(whole.gzipBytes - bare.gzipBytes, promised(/the scanner that makes `select` fast ([\d.]+) kB more/))
})

it('the SES handler weighs what the README says', async () => {
  const { bytes } = await bundleSize(handler)
  expectKept(bytes, promised(/\[SES handler\]\(docs\/ses\.md\) is ([\d.]+) kB minified/))
})

it.each([
  ['a router', router],
  ['the SES handler', handler],
])('%s carries nothing that it does not use', async (_, contents) => {
  const { files } = await bundleSize(contents)
  const paths = files.filter(({ bytes }) => bytes > 0).map(({ path }) => path)
  const rooms =
    /^src\/(dead-letter|reingest|cli|local|artefacts|testing|from-schema|table\/(checker|partition))|node_modules/
  expect(paths.filter((path) => rooms.test(path))).toEqual([])
  // What tells an envelope, and an addressed row, from any other object.
  const parts = paths.filter((path) => path.startsWith('src/router/fanout/')).sort()
  expect(parts).toEqual(['src/router/fanout/envelope.ts', 'src/router/fanout/to.ts'])
})

it('the whole core holds nothing that only a deployment uses, and loads no module of Node’s', async () => {
  const { files, imports } = await bundleSize(`export * from 'firehose-iceberg-router'`)
  expect(imports).toEqual([])
  const rooms = /^src\/(artefacts|jq|reingest|router\/fanout\/target|table\/(artefacts|from-schema))/
  expect(files.map(({ path }) => path).filter((path) => rooms.test(path))).toEqual([])
})

it('the SES handler has the event types that it was asked for, and no other', async () => {
  const typesOf = async (events: string): Promise<readonly string[]> => {
    const options = events === '' ? '' : `, events: [${events}]`
    const { files } = await bundleSize(`import * as ses from 'firehose-iceberg-router/ses'
export default ses.createSesRouter({ database: 'email_event'${options} })`)
    const types = readdirSync(new URL('../../src/ses', import.meta.url)).filter((name) => TYPES.test(name))
    return types.filter((name) => files.some(({ path, bytes }) => bytes > 0 && path === `src/ses/${name}`))
  }
  expect(await typesOf('')).toEqual(['click.ts', 'open.ts', 'send.ts'])
  expect(await typesOf('ses.bounce')).toEqual(['bounce.ts', 'click.ts', 'open.ts', 'send.ts'])
  expect(await typesOf('...ses.allEvents')).toHaveLength(10)
})

it('a router alone brings no table with it', async () => {
  const { files } = await bundleSize(router)
  const tables = files.filter(({ path, bytes }) => bytes > 0 && /^src\/table\/(types\/|table|problems)/.test(path))
  expect(tables).toEqual([])
})
