import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { readTable } from '../support/icebird.ts'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)

/** Runs the command in a new folder, on a terminal that records what is written. */
async function run(args: readonly string[], options: { columns?: number; interruptAfterMs?: number } = {}) {
  const written = { out: '', err: '' }
  const status = await main(args, {
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    columns: options.columns,
    onInterrupt: (callback) => {
      const timer = options.interruptAfterMs === undefined ? undefined : setTimeout(callback, options.interruptAfterMs)
      return () => clearTimeout(timer)
    },
  })
  return { status, ...written }
}

/** A folder with a file of lines, and the arguments that deliver it. */
function given(lines: readonly string[], handler = fixture('handler.ts')) {
  const folder = mkdtempSync(join(tmpdir(), 'run-'))
  const file = join(folder, 'events.jsonl')
  writeFileSync(file, lines.join('\n'))
  const [warehouse, errors] = [join(folder, 'warehouse'), join(folder, 'errors')]
  return {
    folder,
    warehouse,
    errors,
    args: ['run', file, '--handler', handler, '--warehouse', warehouse, '--errors', errors],
  }
}

const name = (text: string): string => JSON.stringify({ type: 'name', name: text })

describe('firehose-iceberg run', () => {
  it('delivers what it can and says which lines failed and why', async () => {
    const { args, warehouse } = given([
      name('Ada'),
      'not JSON',
      '',
      '{"type":"heartbeat"}',
      '{"type":"name","name":7}',
      `${name('Lin')}\r`,
    ])
    const { status, out, err } = await run(args)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('5 records: 2 delivered, 1 dropped, 2 failed')
    expect(out).toMatch(/people\.names +2 +\+2 +1 /)
    expect(out).toMatch(/InvalidJson +1 +2 +expected one JSON object, got/)
    expect(out).toMatch(/WrongType +1 +5 +expected a string, got a number \(route type=name, at name\)/)
    expect((await readTable(join(warehouse, 'people/names'))).map((row) => row['name'])).toEqual(['Ada', 'Lin'])
  })

  it('names the line that Firehose would not take, and delivers the rest', async () => {
    const { status, out } = await run(given([name('Ada'), name('x'.repeat(1_024_000)), name('Lin'), 'not JSON']).args)
    expect(status).toBe(0)
    expect(out).toContain('3 records: 2 delivered, 0 dropped, 1 failed')
    expect(out).toMatch(/would refuse 1 line:\n {2}line 2: the record has 1024026 bytes/)
    expect(out).toMatch(/InvalidJson +1 +4 /)
  })

  it('says what was committed when something cannot be written', async () => {
    const { args, errors } = given([name('Ada'), 'not JSON'])
    // A file where the folder of the error objects has to be, from the first failure on.
    mkdirSync(errors)
    writeFileSync(join(errors, 'processing-failed'), '')
    const { status, out, err } = await run(args)
    expect(status).toBe(1)
    expect(out).toMatch(/people\.names +1 +\+1/)
    expect(err).toMatch(/the delivery stopped\. Fix the cause and remove the lines that were delivered/)
    expect(err).toMatch(/an error object with 1 record: cannot write .*: a part of the path is a file.*\(ENOTDIR\)\n$/)
  })

  it('adds to existing tables', async () => {
    const { args } = given([name('Ada')])
    await run(args)
    expect((await run(args)).out).toMatch(/people\.names +2 +\+1 +2 /)
  })

  it('draws a progress bar on a terminal, and takes it away', async () => {
    const { err } = await run(given([name('Ada')]).args, { columns: 80 })
    expect(err).toMatch(/█+ *100% {2}1 lines/)
    expect(err.endsWith('\r\x1b[K')).toBe(true)
  })

  it('delivers what was read before Ctrl-C', async () => {
    const { args } = given(Array.from({ length: 200_000 }, (_, index) => name(`n${index}`)))
    const { status, out } = await run(args, { interruptAfterMs: 30 })
    expect(status).toBe(130)
    const [, line, delivered] =
      /Interrupted after line (\d+); what was read is delivered\.\n\n([\d,]+) records/.exec(out) ?? []
    expect(Number(delivered?.replace(/,/g, ''))).toBe(Number(line))
    expect(Number(line)).toBeLessThan(200_000)
  })

  it('takes a handler without a router if its tables are named', async () => {
    const { args } = given([name('Ada'), name('Lin')], fixture('by-hand.ts'))
    const { status, out } = await run([...args, '--tables', fixture('by-hand.ts'), '--database', 'people'])
    expect(status).toBe(0)
    expect(out).toMatch(/people\.names +2 +\+2/)
    expect(out).toContain('The handler printed 1 line; --verbose shows them.')
  })

  it('reports a batch whose handler throws', async () => {
    const { args } = given([name('Ada'), 'not JSON'], fixture('by-hand.ts'))
    const { out } = await run([...args, '--tables', fixture('by-hand.ts'), '--database', 'people'])
    expect(out).toContain('2 records: 0 delivered, 0 dropped, 2 failed')
    expect(out).toMatch(/Lambda\.FunctionError +2 +1, 2/)
    expect(out).toContain('No table has a row yet.')
  })

  it.each<[string, (args: string[], folder: string) => string[], number, RegExp]>([
    ['no file', ([command, , ...rest]) => [command ?? '', ...rest], 2, /expected a file of events/],
    [
      'a file that is not there',
      ([command, file, ...rest]) => [command ?? '', `${file}x`, ...rest],
      1,
      /there is no file .*jsonlx/,
    ],
    [
      'a folder as file',
      ([command, , ...rest], folder) => [command ?? '', folder, ...rest],
      1,
      /is a folder: expected a file of events/,
    ],
    ['no handler', (args) => args.slice(0, 2), 2, /expected --handler <module>/],
    ['a handler that is not there', (args) => [...args, '--handler', './nowhere.mjs'], 1, /nowhere\.mjs does not load/],
    [
      'a module without a handler',
      (args) => [...args, '--handler', join(import.meta.dirname, '../support/events.ts')],
      1,
      /exports no function named handler; it exports /,
    ],
    [
      'a handler without tables',
      (args) => [...args, '--handler', fixture('by-hand.ts')],
      1,
      /name its tables with --tables and --database/,
    ],
    [
      'tables without a database',
      (args) => [...args, '--handler', fixture('by-hand.ts'), '--tables', fixture('by-hand.ts')],
      1,
      /--tables needs --database/,
    ],
    [
      'a module without tables',
      (args) => [...args, '--tables', join(import.meta.dirname, '../support/events.ts')],
      1,
      /exports no tables/,
    ],
    [
      'an unknown source',
      (args) => [...args, '--source', 'sqs'],
      2,
      /--source: expected direct-put, kinesis, msk, got sqs/,
    ],
    ['an unknown option', (args) => [...args, '--fast'], 2, /--fast/],
    ['a file where the warehouse should be', (args) => [...args, '--warehouse', args[1] ?? ''], 1, /events\.jsonl/],
    [
      'a file where the errors should go',
      (args) => [...args, '--errors', args[1] ?? ''],
      1,
      /the folder of error objects cannot be created/,
    ],
    ['an unknown command', (args) => ['fly', ...args.slice(1)], 2, /there is no command "fly"/],
  ])('explains %s', async (_, change, expected, message) => {
    const { args, folder } = given([name('Ada')])
    const { status, err, out } = await run(change(args, folder))
    expect({ status, out }).toEqual({ status: expected, out: '' })
    expect(err).toMatch(message)
  })

  it.each([[['help']], [['--help']], [['run', '--help']]])('helps with %j', async (args) => {
    expect(await run(args)).toMatchObject({ status: 0, out: expect.stringContaining('firehose-iceberg'), err: '' })
  })
})
