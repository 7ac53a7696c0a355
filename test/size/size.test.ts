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
/** The files that a bundle holds anything of. */
async function filesOf(contents: string): Promise<string[]> {
  const { files } = await bundleSize(contents)
  return files.filter(({ bytes }) => bytes > 0).map(({ path }) => path)
}

const example = CASES['README example']
const withSelect = CASES['router with select']
const handler = CASES['SES handler']

it('the first example of the README weighs what the README says', async () => {
  const { gzipBytes } = await bundleSize(example)
  expectKept(gzipBytes, promised(/minified and compressed with gzip, this example is ([\d.]+) kB\./))
})

it('a route with select brings what the README says', async () => {
  const [plain, select] = [await bundleSize(example), await bundleSize(withSelect)]
  expectKept(select.gzipBytes - plain.gzipBytes, promised(/With `select` in its routes it is ([\d.]+) kB more/))
})

it('the SES handler weighs what the README says', async () => {
  const { gzipBytes } = await bundleSize(handler)
  expectKept(gzipBytes, promised(/The \[SES handler\]\(docs\/ses\.md\) is ([\d.]+) kB\./))
})

const REST =
  /^src\/(dead-letter|reingest|cli|local|artefacts|drift|testing|from-schema|table\/(checker|partition))|node_modules/

it.each([
  ['a router of functions', example, /^src\/(select|scan|router\/(select|fast-path))/],
  ['a router with select', withSelect, /^src\/(report\/(emf|json)|ses)/],
  ['the SES handler', handler, /^src\/report\/(emf|json)/],
])('%s carries nothing that it does not use', async (_, contents, unused) => {
  const files = await filesOf(contents)
  expect(files.filter((path) => REST.test(path) || unused.test(path))).toEqual([])
})

it('a router of functions has the column types of its tables, and no other', async () => {
  const types = (await filesOf(example)).flatMap((path) => /^src\/table\/types\/(.*)\.ts$/.exec(path)?.[1] ?? [])
  expect(types.sort()).toEqual(['json', 'string', 'timestamp'])
})

it('a router with select has the scanner', async () => {
  expect(await filesOf(withSelect)).toContain('src/scan/module.ts')
})

it('the whole core holds nothing that only a deployment uses, and loads no module of Node’s', async () => {
  const { files, imports } = await bundleSize(`export * from 'firehose-iceberg-router'`)
  expect(imports).toEqual([])
  const rooms = /^src\/(artefacts|drift|reingest|from-schema|local|cli)/
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
  const files = await filesOf(`export { createIcebergRouter } from 'firehose-iceberg-router'`)
  expect(files.filter((path) => /^src\/table\/(types\/|table|problems)/.test(path))).toEqual([])
})
