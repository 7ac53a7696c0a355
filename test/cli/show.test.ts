import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderTable } from '../../src/cli/table-text.ts'
import { readStored } from '../support/icebird.ts'
import { createWorkplace, fixture, nameEvent } from './support.ts'
import { runMain } from './terminal.ts'

const everyType = fixture('every-type.ts')
const text = (events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('')

const FULL = {
  id: '9007199254740993',
  title: 'A\u001b[31m\nB',
  price: '-1234567890123456789012.05',
  small: '0.007',
  at: '2026-01-31T09:30:00.250001Z',
  wall: '1969-12-31T23:59:59.999999',
  born: '1965-03-04',
  alarm: '06:30:00.5',
  key: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  raw: 'c0ffee',
  ok: true,
  ratio: 0.5,
  extra: '{"a":1}',
  tags: ['x', 'y'],
  sizes: { s: 1 },
  place: { city: 'Bern', cents: '7.50' },
}

describe('show', () => {
  it('prints every type as people write it, and whole numbers exactly', async () => {
    const place = createWorkplace(everyType)
    const line = JSON.stringify({ ...FULL, extra: { a: 1 } }).replace('"9007199254740993"', '9007199254740993')
    expect(await place.run(place.write('e.jsonl', `${line}\n{"id":2}\n`), '--strict')).toMatchObject({
      status: 0,
      out: expect.stringContaining('0 failed'),
    })
    const { out } = await place.show('app.things', '--json')
    expect(out).toContain('"id":9007199254740993,')
    const { rows, total } = JSON.parse(out)
    expect(total).toBe(2)
    expect(rows[0]).toEqual({ ...FULL, id: Number(FULL.id) })
    expect(rows[1]).toEqual({ ...Object.fromEntries(Object.keys(FULL).map((key) => [key, null])), id: 2 })
  })

  it('prints a table whose cells cannot steer the terminal', async () => {
    const place = createWorkplace(everyType)
    await place.run(place.write('e.jsonl', text([{ id: 1, title: FULL.title, price: '1.50' }])))
    const { out } = await place.show('app.things')
    expect(out).toMatch(/^id +title +price /)
    expect(out).toContain('A\\u001b[31m\\nB')
    expect(out).not.toContain('\u001b')
    expect(out).toContain('1 of 1 row of app.things')
  })

  it.each([
    ['id=2', [2]],
    ['id=9007199254740993', [Number('9007199254740993')]],
    ['id=9007199254740992', []],
    ['price=2', [2]],
    ['price=2.00', [2]],
    ['title=null', [3]],
    ['title=', [4]],
    ['at=2026-01-31T10:30:00+01:00', [2]],
    ['at=2026-01-31T09:30:00Z', [2]],
    ['ok=false', [2]],
    ['key=f81d4fae-7dec-11d0-a765-00a0c91e6bf6', [2]],
    ['born=2026-01-31', [2]],
  ])('finds rows by %s', async (condition, ids) => {
    const place = createWorkplace(everyType)
    const second = { id: 2, title: 'b', price: '2.00', at: '2026-01-31T09:30:00Z', ok: false, born: '2026-01-31' }
    const events = text([{ ...second, key: FULL.key }, { id: 3 }, { id: 4, title: '' }])
    await place.run(place.write('e.jsonl', `${events}{"id":9007199254740993,"title":"c"}\n`))
    const { out } = await place.show('app.things', '--json', '--where', condition)
    const { rows, total } = JSON.parse(out)
    expect(rows.map((row: { id: number }) => row.id)).toEqual(ids)
    expect(total).toBe(ids.length)
  })

  it('takes several conditions, which all have to hold, and a limit', async () => {
    const place = createWorkplace(everyType)
    const events = Array.from({ length: 30 }, (_, id) => ({ id, title: id % 2 === 0 ? 'even' : 'odd', ok: id > 3 }))
    await place.run(place.write('e.jsonl', text(events)))
    expect((await place.show('app.things')).out).toContain('20 of 30 rows of app.things; --limit shows more')
    const filter = ['--where', 'title=even', '--where', 'ok=true']
    expect((await place.show('app.things', ...filter, '--limit', '2')).out).toContain('2 of 13 rows')
  })

  it('shows what a reader sees after updates and deletes, and so does the summary of run', async () => {
    const place = createWorkplace(everyType)
    for (let round = 0; round < 7; round++) {
      const events = Array.from({ length: 75 }, (_, id) => ({ id, title: `round ${round}` }))
      const { out } = await place.run(place.write('e.jsonl', text(events)))
      expect(out).toMatch(new RegExp(`app\\.things +75 +\\+${round === 0 ? 75 : 0} `))
    }
    const gone = text([
      { id: 3, op: 'delete' },
      { id: 4, op: 'delete' },
    ])
    const { out } = await place.run(place.write('e.jsonl', gone))
    expect(out).toMatch(/app\.things +73 +-2 /)
    const rows = await place.rows('app.things')
    expect(rows).toHaveLength(73)
    expect(new Set(rows.map((row) => row['title']))).toEqual(new Set(['round 6']))
    // Another library agrees.
    expect(await readStored(join(place.warehouse, 'app/things'))).toHaveLength(73)
  })

  it('applies a delete in its own partition only', async () => {
    const place = createWorkplace(everyType)
    const visit = (day: number, page: string): object => {
      return { visit: true, id: 1, at: `2026-01-0${day}T00:00:00Z`, page }
    }
    for (const page of ['first', 'second']) {
      await place.run(place.write('e.jsonl', text([visit(1, page), visit(2, page)])))
    }
    await place.run(place.write('e.jsonl', text([{ ...visit(2, ''), op: 'delete' }])))
    expect(await place.rows('app.visits')).toEqual([{ id: 1, at: '2026-01-01T00:00:00Z', page: 'second' }])
  })

  it.each<[string, readonly string[], number, RegExp]>([
    ['no table', [], 2, /expected a table, as database\.table/],
    ['a table without its database', ['names'], 2, /expected a table as database\.table, .* got names/],
    ['a path', ['../x.names'], 2, /expected a table as database\.table/],
    ['a table that is not there', ['people.name'], 1, /no table people\.name; there are people\.names/],
    ['half a row', ['people.names', '--limit', '0.5'], 2, /--limit: expected a whole number, got 0\.5/],
    ['a condition without a value', ['people.names', '--where', 'name'], 2, /expected column=value, got name/],
    ['an unknown column', ['people.names', '--where', 'nam=a'], 2, /there is no column nam; there are name, note/],
  ])('explains %s', async (_, args, expected, message) => {
    const place = createWorkplace()
    await place.run(place.write('e.jsonl', nameEvent('Ada')))
    const { status, out, err } = await runMain(['show', ...args, '--warehouse', place.warehouse])
    expect({ status, out }).toEqual({ status: expected, out: '' })
    expect(err).toMatch(message)
  })
})

describe('what run recommends to look with', () => {
  it('is show first, then programs that can read the table', async () => {
    const place = createWorkplace()
    const { out } = await place.run(place.write('e.jsonl', nameEvent('Ada')))
    const [first, ...others] = out.split('To see the rows:\n')[1]?.split('\n') ?? []
    expect(first).toContain(`npx firehose-iceberg show people.names --warehouse ${place.warehouse}`)
    expect(others.join('\n')).toMatch(/DuckDB.*PyIceberg.*Spark/s)
  })

  it.each([
    ['things', { id: 1 }, ['here', 'DuckDB']],
    ['visits', { visit: true, id: 1, at: '2026-01-01T00:00:00Z', page: 'a' }, ['here', 'Spark']],
  ])('leaves out what cannot read %s', async (_, event, readers) => {
    const place = createWorkplace(everyType)
    const { out } = await place.run(place.write('e.jsonl', text([event])))
    const names = [...(out.split('To see the rows:\n')[1] ?? '').matchAll(/^ {2}(\w+) /gm)].map((match) => match[1])
    expect(names).toEqual(readers)
  })
})

describe('a table on a terminal', () => {
  const rows = [
    ['1', 'short', 'x'.repeat(100)],
    ['2', '日本語のテキスト', 'y'],
  ]

  it.each([20, 40, 80, 200])('fits %d columns', (width) => {
    const { text: printed } = renderTable(['id', 'name', 'note'], rows, width)
    for (const line of printed.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width)
  })

  it('cuts the widest column and keeps the others', () => {
    expect(renderTable(['id', 'name', 'note'], rows, 40).text.split('\n')).toEqual([
      'id  name              note',
      `1   short             ${'x'.repeat(17)}…`,
      '2   日本語のテキスト  y',
    ])
  })

  it('names the columns that there is no room for', () => {
    const header = Array.from({ length: 30 }, (_, index) => `column${index}`)
    const { hidden } = renderTable(header, [header], 80)
    expect(hidden).toEqual(header.slice(10))
  })
})

/** Columns of a terminal, where characters of East Asia take two. */
function columnsOf(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u3000-\u9fff]/.test(character) ? 2 : 1), 0)
}
