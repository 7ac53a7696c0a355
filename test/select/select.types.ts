import { createIcebergRouter, defineTable, s, select, t } from 'firehose-iceberg-router'

// Compiled, never run: code that must compile, and code that must not.

interface Sale {
  readonly type: 'sale'
  readonly id: string
  readonly total: number
  readonly at: string
  readonly note?: string | null
  readonly lines: readonly { readonly sku: string; readonly name: string }[]
  readonly extra: { readonly [key: string]: string }
}

interface Visit {
  readonly type: 'visit'
  readonly page: string
}

const sales = defineTable({
  name: 'sales',
  columns: { id: t.string(), total: t.long(), at: t.timestamp(), note: t.nullable(t.string()), lines: t.json() },
})

const router = createIcebergRouter<Sale | Visit>({ database: 'shop' })
const good = { id: 'id', total: 'total', at: 'at', note: 'note', lines: 'lines' } as const

router.on({ type: 'sale' }, { table: sales, transform: select(good) })
router.on({ type: 'sale' }, { table: sales, transform: select(good), operation: 'insert' })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, at: s.metadata('arrivalTime') }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: s.orElse('note', 'none') }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: s.firstOf('note', 'id') }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, note: 'extra.colour' }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, note: 'lines.0.sku' }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, note: s.jsonText('lines') }) })
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, total: s.constant(1) }) })
router.on(
  { type: 'sale' },
  { table: sales, transform: select({ ...good, note: s.element('lines', { key: 'sku', equals: '1', take: 'name' }) }) },
)

// @ts-expect-error a path that is not in the event
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: 'idd' }) })
// @ts-expect-error a path of another event
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: 'page' }) })
// @ts-expect-error a value that the column does not accept
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, total: 'at' }) })
// @ts-expect-error a value that may be missing for a column that needs one
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: 'note' }) })
// @ts-expect-error an element that may be missing
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: 'lines.0.sku' }) })
// @ts-expect-error all of them may be missing
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: s.firstOf('note', 'extra.a') }) })
// @ts-expect-error only Kinesis streams have a partition key
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, id: s.metadata('partitionKey') }) })
// @ts-expect-error not a list of strings
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, note: s.joined('lines') }) })
const price = s.element('lines', { key: 'sku', equals: '1', take: 'price' })
// @ts-expect-error not a field of the elements
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, note: price }) })
// @ts-expect-error a column without a source
router.on({ type: 'sale' }, { table: sales, transform: select({ id: 'id', total: 'total', at: 'at', note: 'note' }) })
// @ts-expect-error an unknown column
router.on({ type: 'sale' }, { table: sales, transform: select({ ...good, colour: 'extra.colour' }) })
// @ts-expect-error a table without keys cannot be updated
router.on({ type: 'sale' }, { table: sales, transform: select(good), operation: 'update' })

// `any`, or an object of it, may hold anything at any path.
type Anything = ReturnType<typeof JSON.parse>
interface Loose {
  readonly kind: 'a'
  readonly payload: Anything
  readonly items: Anything[]
}
const text = defineTable({ name: 'text', columns: { c: t.string() } })
const note = defineTable({ name: 'note', columns: { c: t.nullable(t.string()) } })
const whole = defineTable({ name: 'whole', columns: { c: t.json() } })
const unknowns = createIcebergRouter<{ readonly [key: string]: Anything }>({ database: 'shop' })
unknowns.on({ kind: 'a' }, { table: text, transform: select({ c: 'x' }) })
unknowns.on({ kind: 'a' }, { table: whole, transform: select({ c: 'x.y' }) })
unknowns.on(
  { kind: 'a' },
  { table: note, transform: select({ c: s.element('x', { key: 'a', equals: 'b', take: 'c' }) }) },
)
const loose = createIcebergRouter<Loose>({ database: 'shop' })
loose.on({ kind: 'a' }, { table: whole, transform: select({ c: 'payload' }) })
loose.on({ kind: 'a' }, { table: text, transform: select({ c: 'payload.x' }) })
loose.on({ kind: 'a' }, { table: note, transform: select({ c: 'items.0' }) })
loose.on({ kind: 'a' }, { table: note, transform: select({ c: s.jsonText('payload') }) })
loose.on({ kind: 'a' }, { table: note, transform: select({ c: s.joined('items') }) })
loose.on({ kind: 'a' }, { table: note, transform: select({ c: s.firstOf('payload', 'items.0.x') }) })
loose.on(
  { kind: 'a' },
  { table: note, transform: select({ c: s.element('items', { key: 'a', equals: 'b', take: 'c' }) }) },
)
// @ts-expect-error a path that is not in the event
loose.on({ kind: 'a' }, { table: text, transform: select({ c: 'payloads' }) })

// A default replaces a missing value, not null.
interface Letter {
  readonly kind: 'a'
  readonly from: string | null
  readonly to: readonly string[] | null
  readonly cc?: readonly string[]
  readonly subject?: string
}
const withDefault = defineTable({ name: 'with_default', columns: { c: t.string({ default: 'x' }) } })
const both = defineTable({ name: 'both', columns: { c: t.nullable(t.string({ default: 'x' })) } })
const letters = createIcebergRouter<Letter>({ database: 'shop' })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({}) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: 'subject' }) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.joined('cc') }) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.firstOf('from') }) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.firstOf(s.joined('to')) }) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.jsonText('to') }) })
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: 'to.0' }) })
letters.on({ kind: 'a' }, { table: text, transform: select({ c: s.orElse(s.joined('to'), 'unknown') }) })
letters.on({ kind: 'a' }, { table: note, transform: select({ c: s.joined('to') }) })
letters.on({ kind: 'a' }, { table: both, transform: select({ c: s.joined('to') }) })
letters.on({ kind: 'a' }, { table: both, transform: select({ c: 'from' }) })
letters.on({ kind: 'a' }, { table: both, transform: select({ c: s.constant(null) }) })
// @ts-expect-error null of the event
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: 'from' }) })
// @ts-expect-error null in place of a list
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.joined('to') }) })
// @ts-expect-error a constant null
letters.on({ kind: 'a' }, { table: withDefault, transform: select({ c: s.constant(null) }) })

// A value in the selection itself is a string, a number or a boolean; a constant may be null.
declare const someText: string
letters.on({ kind: 'a' }, { table: text, transform: select({ c: s.constant(someText) }) })
letters.on({ kind: 'a' }, { table: whole, transform: select({ c: s.constant(true) }) })
// @ts-expect-error a list
letters.on({ kind: 'a' }, { table: whole, transform: select({ c: s.constant(['a']) }) })
// @ts-expect-error an object
letters.on({ kind: 'a' }, { table: whole, transform: select({ c: s.constant({ a: 1 }) }) })
// @ts-expect-error a bigint
letters.on({ kind: 'a' }, { table: whole, transform: select({ c: s.constant(5n) }) })
// @ts-expect-error a list in place of what is missing
letters.on({ kind: 'a' }, { table: whole, transform: select({ c: s.orElse('to', []) }) })
// @ts-expect-error null in place of what is missing
letters.on({ kind: 'a' }, { table: both, transform: select({ c: s.orElse('from', null) }) })
