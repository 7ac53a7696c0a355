import type { Base, Member, Span } from './base.ts'
import type { Random } from './random.ts'
import { BAD_ESCAPES, BAD_UTF8, CONTROLS, GOOD_ESCAPES, NUMBERS, SPACES, SURROGATES, TOKENS, VALUES } from './tokens.ts'

/** A way to change a document. */
export type Mutation = (base: Base, random: Random) => Buffer

/** Replaces a part of the document. */
function splice({ bytes }: Base, { start, end }: Span, put: string | Buffer): Buffer {
  const middle = typeof put === 'string' ? Buffer.from(put) : put
  return Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)])
}

const at = (position: number): Span => ({ start: position, end: position })

/** Picks a value of the document; two times in three one that a route reads. */
function someValue({ wanted, values }: Base, random: Random): Span {
  return random.pick(wanted.length > 0 && !random.once(3) ? wanted : values)
}

function someMember({ wantedMembers, objects }: Base, random: Random): { member: Member; object: readonly Member[] } {
  if (wantedMembers.length > 0 && !random.once(3)) return random.pick(wantedMembers)
  const object = random.pick(objects)
  return { member: random.pick(object), object }
}

/** Picks a place inside a string; sometimes in the middle of a character of several bytes. */
function inString({ strings }: Base, random: Random): number {
  const { start, end } = random.pick(strings)
  return start + random.below(end - start + 1)
}

const text = ({ bytes }: Base, { start, end }: Span): string => bytes.toString('utf8', start, end)

/** Writes some or all characters of a string as escapes. */
function escaped(source: string, random: Random): string {
  const all = random.once(2)
  let out = '"'
  for (const unit of (JSON.parse(source) as string).split('')) {
    const plain = JSON.stringify(unit).slice(1, -1)
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0')
    // A surrogate must stay an escape if its other half is one.
    out +=
      all || random.once(3) || /[\ud800-\udfff]/.test(unit) ? `\\u${random.once(2) ? code : code.toUpperCase()}` : plain
  }
  return `${out}"`
}

function nested(random: Random): string {
  const depth = random.once(20) ? random.below(3000) : random.below(70)
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":', '}]'],
    ['[1,', ']'],
  ] as const)
  const end = random.once(8) ? depth - 1 : depth
  return open.repeat(depth) + random.pick(VALUES) + close.repeat(Math.max(0, end))
}

/** Adds white space: in all places that allow it, or in some. */
function spaced({ bytes, gaps }: Base, random: Random): Buffer {
  const every = random.once(2) ? 1 : 4
  const pieces: Buffer[] = []
  let from = 0
  for (const gap of gaps) {
    pieces.push(bytes.subarray(from, gap))
    if (random.once(every)) pieces.push(Buffer.from(random.pick(SPACES)))
    from = gap
  }
  return Buffer.concat([...pieces, bytes.subarray(from)])
}

function reordered(base: Base, random: Random): Buffer {
  const object = random.pick(base.objects)
  const members = object.map((member) => text(base, member))
  for (let last = members.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const moved = members[last] as string
    members[last] = members[other] as string
    members[other] = moved
  }
  return splice(base, { start: object[0]?.start ?? 0, end: object.at(-1)?.end ?? 0 }, members.join(','))
}

/** Repeats a member before itself or at the end of its object, with the same value or another, its key escaped or not. */
function repeated(base: Base, random: Random): Buffer {
  const { member, object } = someMember(base, random)
  const key = text(base, { start: member.start, end: member.keyEnd })
  const place = random.once(2) ? member.start : (object.at(-1)?.end ?? member.end)
  let copies = ''
  for (let left = 1 + random.below(3); left > 0; left--) {
    const value = random.once(2) ? random.pick(VALUES) : text(base, { start: member.keyEnd + 1, end: member.end })
    const copy = `${random.once(2) ? escaped(key, random) : key}:${value}`
    copies += place === member.start ? `${copy},` : `,${copy}`
  }
  return splice(base, at(place), copies)
}

function without(base: Base, random: Random): Buffer {
  const { member, object } = someMember(base, random)
  const index = object.indexOf(member)
  const next = object[index + 1]
  if (next !== undefined) return splice(base, { start: member.start, end: next.start }, '')
  return splice(base, { start: object[index - 1]?.end ?? member.start, end: member.end }, '')
}

/** Moves the beginning, the end or the inside of a value to the edge of 16 or 64 bytes. */
function aligned(base: Base, random: Random): Buffer {
  const { start, end } = someValue(base, random)
  const chunk = random.pick([16, 64])
  const point = random.pick([start, start + 1, end - 1, end, start + random.below(end - start + 1)])
  const shift = (chunk - (point % chunk) + random.pick([0, 0, 1, chunk - 1])) % chunk
  if (random.once(2)) return Buffer.concat([Buffer.alloc(shift, ' '), base.bytes])
  return splice(base, at(base.objects.at(-1)?.[0]?.start ?? 1), `"pad":"${'x'.repeat(shift)}",`)
}

/** Makes a record of an exact length, from 0 to 300 bytes: a few members and filling, or the beginning of the document. */
function ofLength(base: Base, random: Random): Buffer {
  const length = random.below(301)
  if (random.once(8)) return base.bytes.subarray(0, length)
  const object = random.pick(base.objects)
  let body = ''
  for (let left = random.below(4); left > 0; left--) {
    const member = text(base, random.pick(object))
    if (Buffer.byteLength(body) + Buffer.byteLength(member) + 14 < length) body += `${member},`
  }
  const room = length - Buffer.byteLength(body) - 9
  if (room < 0) return Buffer.alloc(length, random.once(2) ? ' ' : '{}')
  const filling = random.once(2) ? 'x'.repeat(room) : '\\"'.repeat(room >> 1) + 'x'.repeat(room & 1)
  return Buffer.from(`{${body}"z":"${filling}"}`)
}

/** The mutations that work on any bytes, and so also on a mutated document. */
export const BYTE_MUTATIONS: { readonly [kind: string]: Mutation } = {
  truncate: ({ bytes }, random) => bytes.subarray(0, random.below(bytes.length)),
  flip: ({ bytes }, random) => {
    const copy = Buffer.from(bytes)
    for (let left = 1 + random.below(2); left > 0; left--) copy[random.below(copy.length)] = random.below(256)
    return copy
  },
  invalidUtf8: (base, random) => {
    const place =
      random.once(4) || base.strings.length === 0 ? random.below(base.bytes.length + 1) : inString(base, random)
    return splice(base, at(place), Buffer.from(random.pick(BAD_UTF8)))
  },
  byteOrderMark: (base, random) => splice(base, at(random.once(2) ? 0 : random.below(base.bytes.length + 1)), '\ufeff'),
  control: (base, random) => splice(base, at(random.below(base.bytes.length + 1)), random.pick(CONTROLS)),
  trailing: ({ bytes }, random) =>
    Buffer.concat([
      bytes,
      Buffer.from(random.pick([...TOKENS, ...SPACES, '\u0000'])),
      ...(random.once(3) ? [bytes] : []),
    ]),
}

/** Every mutation; a new one is a line here. */
export const MUTATIONS: { readonly [kind: string]: Mutation } = {
  ...BYTE_MUTATIONS,
  same: ({ bytes }) => bytes,
  token: (base, random) => {
    const gap = random.pick(base.gaps)
    return splice(base, at(gap), random.pick(TOKENS))
  },
  otherToken: (base, random) => splice(base, random.pick(base.values), random.pick(TOKENS)),
  badEscape: (base, random) => splice(base, at(inString(base, random)), random.pick(BAD_ESCAPES)),
  goodEscape: (base, random) => splice(base, at(inString(base, random)), random.pick(GOOD_ESCAPES)),
  surrogate: (base, random) => splice(base, at(inString(base, random)), random.pick(SURROGATES)),
  escapedKey: (base, random) => {
    const { member } = someMember(base, random)
    const key = { start: member.start, end: member.keyEnd }
    return splice(base, key, escaped(text(base, key), random))
  },
  repeatedKey: repeated,
  deep: (base, random) => splice(base, someValue(base, random), nested(random)),
  number: (base, random) => splice(base, someValue(base, random), random.pick(NUMBERS)),
  otherValue: (base, random) => splice(base, someValue(base, random), random.pick(VALUES)),
  nullValue: (base, random) => splice(base, someValue(base, random), 'null'),
  missing: without,
  boundary: aligned,
  length: ofLength,
  space: spaced,
  reorder: reordered,
}
