import { createIcebergRouter, deadLetterTable, defineTable, s, select, t } from 'firehose-iceberg-router'
import { type JqExport, toJq, toJqProcessing, toTerraformJqProcessing } from 'firehose-iceberg-router/artefacts'
import { reingestTarget } from 'firehose-iceberg-router/reingest'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const plain = defineTable({ name: 'plain', columns: { id: t.string() }, uniqueKeys: ['id'] })
const other = defineTable({ name: 'other', columns: { id: t.string(), at: t.timestamp(), n: t.long() } })
const router = createIcebergRouter({ database: 'db' })
const toPlain = { table: plain, transform: select({ id: 'id' }) } as const
const toOther = { table: other, transform: select({ id: 'id', at: 'at', n: 'n' }) } as const

/** The query, where there is one. */
function queryOf(result: JqExport): string {
  if (!result.possible) throw new Error(result.reasons.join('\n'))
  return result.query
}

/** The reasons, where there is no query. */
function reasonsOf(result: JqExport): readonly string[] {
  return result.possible ? [] : result.reasons
}

describe('the query', () => {
  it('is one object whose values choose', () => {
    const routes = router
      .on({ type: 'a' }, toPlain)
      .on({ type: ['b', 'c'], v: 2 }, toOther)
      .otherwise(toPlain)
    expect(queryOf(toJq(routes))).toBe(
      '{destinationDatabaseName: "db", destinationTableName: (if .type == "a" then "plain" elif (.type == "b" or .type == "c") and .v == 2 then "other" else "plain" end), operation: "insert"}',
    )
  })

  it('gives what fails an empty table, and the operation of the others', () => {
    const routes = router.on({ type: 'a' }, { ...toPlain, operation: 'delete' })
    expect(queryOf(toJq(routes))).toBe(
      '{destinationDatabaseName: "db", destinationTableName: (if .type == "a" then "plain" else "" end), operation: "delete"}',
    )
    expect(toJq(routes)).toMatchObject({ notes: expect.arrayContaining([expect.stringContaining('empty table name')]) })
  })

  it('names no operation for an append-only stream, and decides nothing where there is nothing to decide', () => {
    const appendOnly = createIcebergRouter({ database: 'db', appendOnly: true }).otherwise(toPlain)
    expect(queryOf(toJq(appendOnly))).toBe('{destinationDatabaseName: "db", destinationTableName: "plain"}')
  })

  it('distinguishes a missing key from null, and reads members of objects only', () => {
    const routes = router.on({ a: { 'b c': null } }, toPlain).otherwise(toOther)
    expect(queryOf(toJq(routes))).toContain('(.a | type == "object" and (has("b c") and .["b c"] == null))')
  })

  it('is the same for the handler', () => {
    const routes = router.on({ type: 'a' }, toPlain)
    expect(toJq(routes.handler())).toEqual(toJq(routes))
  })
})

describe('the reasons against it', () => {
  it.each<[string, () => JqExport]>([
    ['its transform is a function', () => toJq(router.on({ t: 1 }, { table: plain, transform: () => ({ id: 'a' }) }))],
    ['matched by a function', () => toJq(router.on(() => true, toPlain))],
    ['matched by a schema', () => toJq(router.on(z.object({ id: z.string() }), toPlain))],
    ['has a schema', () => toJq(router.on({ t: 1 }, { ...toPlain, schema: z.object({ id: z.string() }) }))],
    ['computed by a function', () => toJq(router.on({ t: 1 }, { ...toPlain, operation: () => 'insert' }))],
    ['it drops its records', () => toJq(router.on({ t: 1 }, 'drop'))],
    ['otherwise: it drops', () => toJq(router.on({ t: 1 }, toPlain).otherwise('drop'))],
    [
      'the column id is read from a.id',
      () => toJq(router.otherwise({ table: plain, transform: select({ id: 'a.id' }) })),
    ],
    ['the column id is read from ID', () => toJq(router.otherwise({ table: plain, transform: select({ id: 'ID' }) }))],
    ['made by constant()', () => toJq(router.otherwise({ table: plain, transform: select({ id: s.constant('x') }) }))],
    [
      'made by firstOf()',
      () => toJq(router.otherwise({ table: plain, transform: select({ id: s.firstOf('id', 'key') }) })),
    ],
    ['beyond 2^53', () => toJq(router.on({ a: 2 ** 53 }, toPlain))],
    ['lone surrogates', () => toJq(router.on({ a: '\ud800' }, toPlain))],
    ['Firehose takes 5120', () => toJq(router.on({ a: 'x'.repeat(5100) }, toPlain))],
    ['batchContext', () => toJq(router.batchContext(() => 1).on({ t: 1 }, toPlain))],
    [
      'option deadLetter',
      () => toJq(createIcebergRouter({ database: 'db', deadLetter: deadLetterTable() }).otherwise(toPlain)),
    ],
    ['option onBatch', () => toJq(createIcebergRouter({ database: 'db', onBatch: () => {} }).otherwise(toPlain))],
    ['option reingest', () => toJq(createIcebergRouter({ database: 'db', reingest: target }).otherwise(toPlain))],
  ])('%s', (expected, make) => {
    const reasons = reasonsOf(make())
    expect(reasons).toHaveLength(1)
    expect(reasons[0]).toContain(expected)
  })

  it('are all reported, each with its route and column', () => {
    const wild = defineTable({
      name: 'wild',
      columns: {
        bytes: t.binary(),
        doc: t.json(),
        note: t.nullable(t.string()),
        region: t.string({ default: 'eu' }),
        parts: t.list(t.struct({ a: t.nullable(t.string()) })),
        counts: t.map(t.long(), t.string()),
      },
    })
    const selection = { bytes: 'bytes', doc: 'doc', note: 'note', parts: 'parts', counts: 'counts' }
    const routes = router
      .on({ t: 1 }, 'drop')
      .on({ t: 2 }, { table: wild, transform: select(selection), name: 'second' })
    expect(reasonsOf(toJq(routes))).toEqual([
      'route 1 (t=1): it drops its records; Firehose can only deliver or fail them',
      'route 2 (second): the column bytes holds bytes, and no value of an event counts as bytes',
      'route 2 (second): the column doc is a string of JSON, which the router prints; that Firehose does is not documented',
      'route 2 (second): the column note may be missing from an event: the router writes null then, and what Firehose does is not documented',
      'route 2 (second): the column region always has its default; Firehose would take a key of that name from the event',
      'route 2 (second): the column parts has a field a that may be missing from an event: the router writes null then, and what Firehose does is not documented',
      'route 2 (second): the column counts is a map whose keys are not strings, and no value of an event counts as such a map',
    ])
  })

  it('are fewer where every event has all keys', () => {
    const table = defineTable({
      name: 't',
      columns: { id: t.nullable(t.string()), s: t.struct({ a: t.nullable(t.string()) }) },
    })
    const routes = router.otherwise({ table, transform: select({ id: 'id', s: 's' }) })
    expect(reasonsOf(toJq(routes))).toHaveLength(2)
    expect(toJq(routes, { completeEvents: true }).possible).toBe(true)
  })

  it('are not looked for in a router that cannot be built', () => {
    expect(() => toJq(createIcebergRouter({ database: 'Not A Name' }).otherwise(toPlain))).toThrow(
      'the router cannot be built',
    )
  })
})

const target = reingestTarget({ put: async () => [] })

it('is configured as the stream wants it', () => {
  const query = `{destinationTableName: "$${'{x}'}"}`
  const MetadataExtraction = {
    Type: 'MetadataExtraction',
    Parameters: [
      { ParameterName: 'MetadataExtractionQuery', ParameterValue: query },
      { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
    ],
  }
  expect(toJqProcessing(query)).toEqual({ Enabled: true, Processors: [MetadataExtraction] })
  expect(JSON.stringify(toTerraformJqProcessing(query))).toContain(
    '"parameter_value":"{destinationTableName: \\"$${x}\\"}"',
  )
})
