import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readErrors } from '../../../src/local/index.ts'
import { answering, base64, collect, createBench, NOW, temporaryFolder, toOpens } from './support.ts'

const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:local-transform:$LATEST'

async function objectsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /local-1-/.test(name)).sort()
}

/** The first record fails in the handler, the others in the table. */
const failing = answering(({ recordId }, index) =>
  index === 0
    ? { recordId, result: 'ProcessingFailed' }
    : { recordId, result: 'Ok', data: base64('{"id":"one"}'), metadata: { otfMetadata: toOpens } },
)

test('writes one object for each batch and type, with the names and lines of AWS', async () => {
  let ids = 0
  const bench = await createBench(failing, { newId: () => `id${++ids}` })
  for (const payload of ['a', 'b', 'c']) await bench.firehose.put(payload)
  expect(await bench.firehose.flush()).toMatchObject({ errorObjects: 2, waiting: 0 })

  const objects = await objectsIn(bench.errors)
  expect(objects).toEqual([
    expect.stringMatching(/^iceberg-failed\/2026\/01\/31\/09\/local-1-2026-01-31-09-05-07-id\d+$/),
    expect.stringMatching(/^processing-failed\/2026\/01\/31\/09\/local-1-2026-01-31-09-05-07-id\d+$/),
  ])
  const [iceberg, processing] = await Promise.all(objects.map((name) => readFile(join(bench.errors, name), 'utf8')))
  const stamps = `"attemptsMade":1,"arrivalTimestamp":${NOW},"attemptEndingTimestamp":${NOW}`
  expect(processing).toBe(
    `{"rawData":"${base64('a')}","errorCode":"Lambda.ProcessingFailedStatus",` +
      `"errorMessage":"ProcessingFailed status set for record",${stamps},"lambdaARN":"${LAMBDA}"}\n`,
  )
  const line = new RegExp(
    `^{"rawData":"${base64('{"id":"one"}')}","errorCode":"Local.WrongType","errorMessage":"[^"]+",${stamps}}$`,
  )
  expect(iceberg?.trimEnd().split('\n')).toEqual([expect.stringMatching(line), expect.stringMatching(line)])
})

test('an object that cannot be written stays, and is written by the next flush', async () => {
  const bench = await createBench(failing)
  await rm(bench.errors, { recursive: true })
  await writeFile(bench.errors, 'in the way')
  for (const payload of ['a', 'b']) await bench.firehose.put(payload)
  await expect(bench.firehose.flush()).rejects.toMatchObject({
    code: 'WarehouseUnavailable',
    cause: expect.objectContaining({
      code: 'WarehouseUnavailable',
      cause: expect.objectContaining({ code: 'ENOTDIR' }),
    }),
    problems: [/^an error object with 1 record: cannot write /, /^an error object/].map((each) =>
      expect.stringMatching(each),
    ),
  })
  expect(bench.firehose.summary()).toMatchObject({ waiting: 2, failed: [], errorObjects: 0 })

  await rm(bench.errors)
  expect(await bench.firehose.flush()).toMatchObject({ waiting: 0, errorObjects: 2 })
  expect(await bench.errorEntries()).toHaveLength(2)
})

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

test('reads lines as they were captured and as they are documented', async () => {
  const folder = await temporaryFolder()
  const documented = {
    attemptsMade: 4,
    arrivalTimestamp: 1,
    errorCode: 'Lambda.FunctionError',
    errorMessage: 'no',
    attemptEndingTimestamp: 2,
    rawData: base64('a'),
    lambdaArn: LAMBDA,
  }
  const { lambdaArn, ...rest } = documented
  await write(
    folder,
    'processing-failed/2026/a',
    `${JSON.stringify(documented)}\n${JSON.stringify({ ...rest, lambdaARN: lambdaArn })}`,
  )
  await write(folder, 'x/iceberg-failed/b', `${JSON.stringify({ rawData: base64('b'), errorCode: 'c' })}\r\n\n`)
  await write(folder, 'elsewhere', `${JSON.stringify(rest)}\n`)
  await write(folder, 'processing-failed/half.tmp', '{"rawData"')

  const record = { ...rest, rawData: undefined, lambdaArn, payload: Buffer.from('a') }
  expect(await collect(readErrors(folder))).toEqual([
    { object: join(folder, 'elsewhere'), line: 1, outputType: undefined, record: { ...record, lambdaArn: undefined } },
    { object: join(folder, 'processing-failed/2026/a'), line: 1, outputType: 'processing-failed', record },
    { object: join(folder, 'processing-failed/2026/a'), line: 2, outputType: 'processing-failed', record },
    {
      object: join(folder, 'x/iceberg-failed/b'),
      line: 1,
      outputType: 'iceberg-failed',
      record: expect.objectContaining({ payload: Buffer.from('b'), errorCode: 'c', errorMessage: '' }),
    },
  ])
})

test.each([
  ['s3://lake/data/00000.parquet', 'expected one JSON object in the line'],
  ['"text"', 'expected one JSON object in the line'],
  ['{"errorCode":"x"}', 'expected base64 in rawData'],
  ['{"rawData":"not base64"}', 'expected base64 in rawData'],
])('says what is wrong with %s', async (line, problem) => {
  const folder = await temporaryFolder()
  await write(folder, 'iceberg-failed/a', line)
  expect(await collect(readErrors(folder))).toMatchObject([{ line: 1, outputType: 'iceberg-failed', problem }])
})

test('a missing folder is an error', async () => {
  const folder = join(await temporaryFolder(), 'nowhere')
  await expect(collect(readErrors(folder))).rejects.toMatchObject({ code: 'InvalidOptions' })
})
