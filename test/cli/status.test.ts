import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWorkplace, fixture, nameEvent, spawnCli } from './support.ts'
import { runMain } from './terminal.ts'

const good = nameEvent('Ada')
const heartbeat = '{"type":"heartbeat"}'
const bad = 'not JSON'
const version: string = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version

describe('the exit status of run', () => {
  it.each<[string, readonly string[], readonly string[], number]>([
    ['all delivered', [good, good], [], 0],
    ['all delivered, strictly', [good, good], ['--strict'], 0],
    ['some failed', [good, bad], [], 0],
    ['some failed, strictly', [good, bad], ['--strict'], 1],
    ['some too large, strictly', [good, nameEvent('x'.repeat(1_100_000))], ['--strict'], 1],
    ['nothing delivered', [bad, bad], [], 1],
    ['only too large ones', [nameEvent('x'.repeat(1_100_000))], [], 1],
    ['dropped, as its route says', [heartbeat], ['--strict'], 0],
    ['no records', [], ['--strict'], 0],
  ])('%s', async (_, lines, options, status) => {
    const place = createWorkplace()
    expect(await place.run(place.write('events.jsonl', lines.join('\n')), ...options)).toMatchObject({
      status,
      err: '',
    })
  })
})

describe('--json', () => {
  it('prints one document about a delivery', async () => {
    const place = createWorkplace()
    const file = place.write('events.jsonl', [good, heartbeat, bad, '{"type":"name","name":7}', bad].join('\n'))
    const { out, err } = await place.run(file, '--json')
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      command: 'run',
      status: 0,
      records: 5,
      delivered: 1,
      dropped: 1,
      failed: 3,
      deadLettered: 0,
      refused: 0,
      reingestedArrivals: 0,
      tables: [{ database: 'people', table: 'names', rows: 1, newRows: 1, files: 1 }],
      failures: [
        { code: 'InvalidJson', count: 2, lines: [3, 5] },
        { code: 'WrongType', count: 1, lines: [4], reason: expect.stringContaining('at name') },
      ],
      warehouse: place.warehouse,
    })
  })

  it('is alone on standard output, whatever the handler prints', async () => {
    const place = createWorkplace(fixture('by-hand.ts'))
    const args = place.args(place.write('events.jsonl', good))
    const tables = ['--tables', fixture('by-hand.ts'), '--database', 'people']
    const { out, err } = await spawnCli([...args, ...tables, '--json', '--verbose'])
    expect(JSON.parse(out)).toMatchObject({ delivered: 1 })
    expect(err).toContain('a batch')
  })

  it('prints one document about an error', async () => {
    const place = createWorkplace()
    const { status, out, err } = await place.run(join(place.folder, 'nowhere.jsonl'), '--json')
    expect(status).toBe(1)
    expect(err).toMatch(/there is no file/)
    expect(JSON.parse(out)).toMatchObject({
      command: 'run',
      status: 1,
      error: { code: 'InvalidOptions', message: expect.stringContaining('there is no file') },
    })
  })

  it.each<[string, readonly string[], object]>([
    ['ddl', ['ddl', fixture('handler.ts'), '--format', 'iceberg'], { output: expect.stringContaining('"schema"') }],
    [
      'jq',
      ['jq', fixture('select.ts'), '--complete-events'],
      { output: expect.stringContaining('.'), notes: expect.any(Array) },
    ],
    ['jq', ['jq', fixture('handler.ts')], { status: 1, reasons: expect.arrayContaining([expect.any(String)]) }],
  ])('is an option of %s', async (command, args, expected) => {
    const { out, err } = await runMain([...args, '--json'])
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({ command, status: 0, ...expected })
  })

  it('is an option of check and of show', async () => {
    const place = createWorkplace()
    await place.run(place.write('events.jsonl', good))
    const check = await runMain(['check', fixture('handler.ts'), '--warehouse', place.warehouse, '--json'])
    expect(JSON.parse(check.out)).toEqual({
      command: 'check',
      status: 0,
      tables: [{ table: 'names', differences: [] }],
    })
    expect(JSON.parse((await place.show('people.names', '--json')).out)).toMatchObject({
      command: 'show',
      total: 1,
      rows: [{ name: 'Ada', note: null }],
    })
  })
})

it('prints its version', async () => {
  expect(await runMain(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' })
})

describe('pipes', () => {
  it.each(['-', '/dev/stdin'])('are read as %s', async (path) => {
    const place = createWorkplace()
    const { status, out } = await spawnCli([...place.args(path), '--json'], { input: `${good}\n${bad}\n` })
    expect({ status, ...JSON.parse(out) }).toMatchObject({ status: 0, records: 2, delivered: 1, failed: 1 })
  })

  it('are read as a process substitution', async () => {
    const place = createWorkplace()
    const file = place.write('events.jsonl', `${good}\n`)
    const args = place.args('SOURCE')
    const { status, out, err } = await spawnCli(args, {
      shell: (command) => command.replace("'SOURCE'", `<(cat ${file})`),
    })
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('1 record: 1 delivered')
  })

  it('are read by check', async () => {
    const table = { Name: 'names', DatabaseName: 'people', Parameters: {}, StorageDescriptor: { Columns: [] } }
    const args = ['check', fixture('handler.ts'), '--glue', '-', '--json']
    const { status, out } = await spawnCli(args, { input: JSON.stringify({ Table: table }) })
    expect({ status, ...JSON.parse(out) }).toMatchObject({ status: 1, command: 'check', tables: [{ table: 'names' }] })
  })
})
