import { Buffer } from 'node:buffer'
import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createWorkplace, nameEvent } from './support.ts'

const lines = `${nameEvent('Ada')}\n${nameEvent('Lin')}\n`
const BOTH = ['Ada', 'Lin']
const mark = Buffer.from([0xef, 0xbb, 0xbf])

async function deliver(name: string, content: string | Uint8Array) {
  const place = createWorkplace()
  const { out, err, status } = await place.run(place.write(name, content))
  const names = status === 0 ? (await place.rows('people.names')).map((row) => row['name']) : []
  return { out, err, status, names, place }
}

describe('a file of events from production', () => {
  it.each<[string, string | Uint8Array, readonly string[]]>([
    ['gzipped', gzipSync(lines), BOTH],
    [
      'gzipped in several parts',
      Buffer.concat([gzipSync(`${nameEvent('Ada')}\n`), gzipSync(`${nameEvent('Lin')}\n`)]),
      BOTH,
    ],
    ['with CRLF', lines.replaceAll('\n', '\r\n'), BOTH],
    ['with a byte order mark', Buffer.concat([mark, Buffer.from(lines)]), BOTH],
    ['gzipped with a byte order mark', gzipSync(Buffer.concat([mark, Buffer.from(lines)])), BOTH],
    ['without an LF at its end', lines.trimEnd(), BOTH],
    ['with blank lines', `\n \t\r\n${lines}\n\n`, BOTH],
    ['with separators of lines in a string', `${nameEvent('A\u2028d\u2029a\u0085')}\n`, ['A\u2028d\u2029a\u0085']],
    ['with an event of one line that looks open', `${nameEvent('{["')}\n${nameEvent('Lin')}\n`, ['{["', 'Lin']],
    ['that is empty', '', []],
  ])('%s is delivered', async (_, content, names) => {
    const { status, names: found, err } = await deliver('events.jsonl', content)
    expect({ status, err, names: found }).toEqual({ status: 0, err: '', names })
  })

  it('fails a line that is not UTF-8 as Lambda does, and changes none of its bytes', async () => {
    const latin1 = Buffer.concat([
      Buffer.from('{"type":"name","name":"M'),
      Buffer.from([0xfc]),
      Buffer.from('ller"}\n'),
    ])
    const { out, names } = await deliver(
      'latin1.jsonl',
      Buffer.concat([Buffer.from(`${nameEvent('Ada')}\n\n`), latin1]),
    )
    expect(names).toEqual(['Ada'])
    expect(out).toMatch(/InvalidUtf8 +1 +3 /)
  })

  it('is cut at LF only, so that line numbers are those of an editor', async () => {
    const content = `\u2028\n${nameEvent('a\u2028b')}\n{"type":\r"name","name":7}\nnot JSON\n`
    const { out, names } = await deliver('events.jsonl', content)
    expect(names).toEqual(['a\u2028b'])
    expect(out).toContain('4 records: 1 delivered, 0 dropped, 3 failed')
    expect(out).toMatch(/EmptyRecord +1 +1 /)
    expect(out).toMatch(/InvalidJson +1 +4 /)
    expect(out).toMatch(/WrongType +1 +3 /)
  })

  it.each<[string, string, string | Uint8Array, RegExp]>([
    ['a JSON array', 'a.json', `[\n${nameEvent('Ada')},\n${nameEvent('Lin')}\n]`, /a JSON array: .* jq -c '\.\[\]'/],
    [
      'an array in one line',
      'a.json',
      `[${nameEvent('Ada')},${nameEvent('Lin')}]\n`,
      /a JSON array: .*one JSON object a line/,
    ],
    ['an array of one row', 'a.json', `[\n${nameEvent('Ada')}\n]`, /a JSON array/],
    ['a printed array', 'a.json', JSON.stringify([{ type: 'name' }], undefined, 2), /a JSON array/],
    [
      'a printed document',
      'p.json',
      JSON.stringify({ type: 'name' }, undefined, 2),
      /printed over lines: .* jq -c \. /,
    ],
    ['UTF-16', 'u.jsonl', Buffer.from(`\uFEFF${lines}`, 'utf16le'), /is UTF-16: .*one JSON object a line.* iconv/],
    ['UTF-16 without its mark', 'u.jsonl', Buffer.from(lines, 'utf16le'), /is UTF-16/],
    ['zstd', 'e.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]), /compressed with zstd: .* zstd -dc/],
    ['a Parquet file', 'e.parquet', Buffer.from('PAR1\x15\x04'), /is a Parquet file/],
    ['a torn gzip file', 'e.gz', gzipSync('x'.repeat(10_000)).subarray(0, 30), /e\.gz cannot be read\n {2}because: /],
  ])('%s is named, with what to do', async (_, name, content, message) => {
    const { status, out, err, place } = await deliver(name, content)
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toMatch(message)
    expect(existsSync(place.warehouse)).toBe(false)
  })

  it('is delivered up to the line that cannot be read, which is named', async () => {
    const events = Array.from({ length: 20_000 }, (_, index) => `${nameEvent(`name ${index} ${Math.random()}`)}\n`)
    const packed = gzipSync(events.join(''))
    const place = createWorkplace()
    const { status, out, err } = await place.run(place.write('torn.gz', packed.subarray(0, packed.length / 2)))
    expect(status).toBe(1)
    const last = Number(/cannot be read after line (\d+)/.exec(err)?.[1])
    expect(last).toBeGreaterThan(1000)
    expect(out).toContain(`${last.toLocaleString('en-US')} records: ${last.toLocaleString('en-US')} delivered`)
    expect((await place.show('people.names', '--limit', '0')).out).toContain(`${last.toLocaleString('en-US')} rows`)
  })

  it('may have a line of any length, of which only the size is kept', async () => {
    const place = createWorkplace()
    const long = Buffer.alloc(64 * 1024 * 1024, 0x20)
    long[0] = 0x7b
    const file = place.write('long.jsonl', Buffer.concat([long, Buffer.from(`\n${lines}`)]))
    const { status, out } = await place.run(file)
    expect(status).toBe(0)
    expect(out).toContain('2 records: 2 delivered')
    expect(out).toMatch(/would refuse 1 line:\n {2}line 1: the record has 67108865 bytes/)
  })
})
