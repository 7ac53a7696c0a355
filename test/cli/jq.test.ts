import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runMain } from './terminal.ts'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)
const query =
  '{destinationDatabaseName: "people", destinationTableName: (if .type == "name" then "names" else "" end), operation: "insert"}'

describe('firehose-iceberg jq', () => {
  it('prints the query, and what to know to standard error', async () => {
    const { status, out, err } = await runMain(['jq', fixture('select.ts'), '--complete-events'])
    expect({ status, out }).toEqual({ status: 0, out: `${query}\n` })
    expect(err).toContain('note: Nothing checks a record before Firehose does')
  })

  it('prints the configuration of the stream', async () => {
    const args = ['jq', fixture('select.ts'), '--complete-events', '--format']
    const { out } = await runMain([...args, 'cloudformation'])
    expect(JSON.parse(out).ProcessingConfiguration.Processors[0].Parameters[0].ParameterValue).toBe(query)
    const terraform = await runMain([...args, 'terraform'])
    expect(JSON.parse(terraform.out).processing_configuration[0].processors[0].type).toBe('MetadataExtraction')
  })

  it('prints every reason against it and ends with 1', async () => {
    const { status, out, err } = await runMain(['jq', fixture('handler.ts')])
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toContain('  - route 1 (type=name): its transform is a function; only select() can be read\n')
    expect(err).toContain('  - route 2 (type=heartbeat): it drops its records')
    expect((await runMain(['jq', fixture('select.ts')])).err).toContain('the column note may be missing')
  })

  it('refuses invalid arguments and modules', async () => {
    expect((await runMain(['jq', fixture('select.ts'), '--format', 'yaml'])).status).toBe(2)
    expect((await runMain(['jq'])).status).toBe(2)
    expect((await runMain(['jq', fixture('by-hand.ts')])).status).toBe(1)
    expect((await runMain(['jq', fixture('furniture.ts')])).err).toContain('does not come from router.handler()')
  })
})
