import {
  createIcebergRouter,
  defineTable,
  type ReingestTarget,
  type RowOf,
  rowTo,
  s,
  select,
  t,
} from 'firehose-iceberg-router'

// Names that a struct does not have, at any depth of a column.
const point = { x: t.int(), y: t.int({ default: 0 }) }
const shapes = defineTable({
  name: 'shapes',
  columns: {
    id: t.string(),
    at: t.nullable(t.struct(point)),
    corners: t.list(t.nullable(t.struct(point))),
    named: t.map(t.string(), t.struct(point)),
    counted: t.map(t.int(), t.nullable(t.struct(point))),
    deep: t.struct({ inner: t.struct({ points: t.list(t.struct(point)), when: t.timestamp(), raw: t.json() }) }),
    any: t.json(),
  },
  uniqueKeys: ['id'],
})
type Shapes = RowOf<typeof shapes>

declare const row: Shapes
interface Event {
  kind: 'a' | 'b'
  wide: { x: number; y: number; z: number }
  part: { x: number; y?: number }
  whole: Shapes
  anything: ReturnType<typeof JSON.parse>
  loose: { x: number; [name: string]: number }
}
const router = createIcebergRouter<Event>({ database: 'db' })
const several = createIcebergRouter<Event>({ database: 'db', reingest: {} as ReingestTarget })
const kind = { kind: 'a' } as const

// @ts-expect-error in a nullable struct
router.on(kind, { table: shapes, transform: () => ({ ...row, at: { x: 1, z: 1 } }) })
// @ts-expect-error in a struct from the event
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.wide }) })
// @ts-expect-error in one of two results
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.kind === 'a' ? null : event.wide }) })
// @ts-expect-error in the element of a list
router.on(kind, { table: shapes, transform: () => ({ ...row, corners: [{ x: 1 }, { x: 1, z: 1 }] }) })
// @ts-expect-error in an element that map() returns
router.on(kind, { table: shapes, transform: () => ({ ...row, corners: [1].map((x) => ({ x, z: 1 })) }) })
// @ts-expect-error in the value of an object
router.on(kind, { table: shapes, transform: () => ({ ...row, named: { a: { x: 1, z: 1 } } }) })
// @ts-expect-error in the value of a Map
router.on(kind, { table: shapes, transform: () => ({ ...row, named: new Map([['a', { x: 1, z: 1 }]]) }) })
// @ts-expect-error in the value of a Map whose keys are not strings
router.on(kind, { table: shapes, transform: () => ({ ...row, counted: new Map([[1, { x: 1, z: 1 }]]) }) })
const deepWith = (point: Event['wide']) => ({ inner: { points: [point], when: 1, raw: 1 } })
// @ts-expect-error deep inside
router.on(kind, { table: shapes, transform: ({ wide }) => ({ ...row, deep: deepWith(wide) }) })
// @ts-expect-error beside a deep struct
router.on(kind, { table: shapes, transform: () => ({ ...row, deep: { inner: { ...row.deep.inner, z: 1 } } }) })
// @ts-expect-error asynchronous
router.on(kind, { table: shapes, transform: async () => ({ ...row, at: { x: 1, z: 1 } }) })
// @ts-expect-error in otherwise
router.otherwise({ table: shapes, transform: () => ({ ...row, at: { x: 1, z: 1 } }) })
// @ts-expect-error in a delete
router.on(kind, { table: shapes, operation: 'delete', transform: () => ({ id: 'a', at: { x: 1, z: 1 } }) })
// @ts-expect-error in one of several rows
several.on(kind, { table: shapes, transform: () => [row, { ...row, at: { x: 1, z: 1 } }] })
// @ts-expect-error in a row with an address
rowTo(shapes, { ...row, at: { x: 1, z: 1 } })

// Valid rows still compile: exact types, wider objects in a json column, dates, bytes, maps, and unknown types.
router.on(kind, { table: shapes, transform: () => row })
router.on(kind, { table: shapes, transform: (event) => event.whole })
router.on(kind, { table: shapes, transform: async (event): Promise<Shapes> => event.whole })
router.on(kind, { table: shapes, transform: (event) => event.anything })
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.anything, any: event.wide }) })
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.part, corners: [event.part, null] }) })
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.loose }) })
router.on(kind, { table: shapes, transform: () => ({ ...row, at: { x: 1 }, corners: [], named: {} }) })
router.on(kind, { table: shapes, transform: () => ({ ...row, named: new Map(), counted: new Map([[1, null]]) }) })
router.on(kind, {
  table: shapes,
  transform: ({ wide }) => ({
    ...row,
    deep: { inner: { points: [{ x: 1 }, { x: 1, y: 2 }], when: new Date(), raw: wide } },
  }),
})
router.on(kind, { table: shapes, transform: (event) => (event.kind === 'a' ? row : { ...row, at: { x: 1 } }) })
router.on(kind, { table: shapes, operation: 'delete', transform: () => ({ id: 'a' }) })
router.otherwise({ table: shapes, transform: () => ({ ...row, at: { x: 1, y: 2 } }) })
several.on(kind, { table: shapes, tables: [shapes], transform: () => [row, { ...row, at: null }, rowTo(shapes, row)] })
rowTo(shapes, { ...row, at: { x: 1 } })

// A struct of defaults only is not a json column, and bytes in a struct are not a struct.
const easy = defineTable({
  name: 'easy',
  columns: { s: t.struct({ a: t.int({ default: 1 }), b: t.binary({ default: new Uint8Array() }) }) },
})
router.on(kind, { table: easy, transform: () => ({ s: {} }) })
router.on(kind, { table: easy, transform: () => ({ s: { b: Buffer.from('x') } }) })
// @ts-expect-error an unknown name
router.on(kind, { table: easy, transform: () => ({ s: { a: 1, c: 1 } }) })

// The same for select.
interface Drawing {
  readonly kind: 'a'
  readonly wide: Event['wide']
  readonly part: Event['part']
  readonly wides: readonly Event['wide'][]
  readonly parts?: readonly (Event['part'] | null)[]
  readonly byName: { readonly [name: string]: Event['wide'] }
  readonly partByName: { readonly [name: string]: Event['part'] }
  readonly deep: { readonly inner: { readonly points: readonly Event['wide'][]; readonly when: string; raw: object } }
  readonly fits: Shapes['deep']
  readonly named: readonly { readonly name: string; readonly point: Event['wide']; readonly part: Event['part'] }[]
  readonly anything: ReturnType<typeof JSON.parse>
  readonly loose: Event['loose']
}
const drawings = createIcebergRouter<Drawing>({ database: 'db' })
const one = defineTable({ name: 'one', columns: { c: t.struct(point) } })
const maybe = defineTable({ name: 'maybe', columns: { c: t.nullable(t.struct(point)) } })
const lists = defineTable({ name: 'lists', columns: { c: t.list(t.nullable(t.struct(point)), { default: [] }) } })
const maps = defineTable({ name: 'maps', columns: { c: t.map(t.string(), t.struct(point)) } })
const deeps = defineTable({ name: 'deeps', columns: { c: shapes.columns.deep } })
const jsons = defineTable({ name: 'jsons', columns: { c: t.json() } })
const ofNamed = { key: 'name', equals: 'a' } as const

// @ts-expect-error in a struct
drawings.on(kind, { table: one, transform: select({ c: 'wide' }) })
// @ts-expect-error in a nullable struct
drawings.on(kind, { table: maybe, transform: select({ c: 'wides.0' }) })
// @ts-expect-error in the element of a list
drawings.on(kind, { table: lists, transform: select({ c: 'wides' }) })
// @ts-expect-error in the value of an object
drawings.on(kind, { table: maps, transform: select({ c: 'byName' }) })
// @ts-expect-error deep inside
drawings.on(kind, { table: deeps, transform: select({ c: 'deep' }) })
// @ts-expect-error in one of several sources
drawings.on(kind, { table: maybe, transform: select({ c: s.firstOf('parts.0', 'wide') }) })
// @ts-expect-error in the field of an element
drawings.on(kind, { table: maybe, transform: select({ c: s.element('named', { ...ofNamed, take: 'point' }) }) })
// @ts-expect-error in otherwise
drawings.otherwise({ table: one, transform: select({ c: 'wide' }) })

drawings.on(kind, { table: one, transform: select({ c: 'part' }) })
drawings.on(kind, { table: one, transform: select({ c: 'loose' }) })
drawings.on(kind, { table: one, transform: select({ c: 'anything' }) })
drawings.on(kind, { table: one, transform: select({ c: s.firstOf('parts.0', 'part') }) })
drawings.on(kind, { table: maybe, transform: select({ c: s.constant(null) }) })
drawings.on(kind, { table: maybe, transform: select({ c: s.element('named', { ...ofNamed, take: 'part' }) }) })
drawings.on(kind, { table: lists, transform: select({ c: 'parts' }) })
drawings.on(kind, { table: maps, transform: select({ c: 'partByName' }) })
drawings.on(kind, { table: maps, transform: select({ c: 'anything' }) })
drawings.on(kind, { table: deeps, transform: select({ c: 'fits' }) })
drawings.on(kind, { table: jsons, transform: select({ c: 'wide' }) })
drawings.on(kind, { table: jsons, transform: select({ c: 'byName' }) })
