import {
  binary,
  createIcebergRouter,
  defineTable,
  int,
  json,
  list,
  map,
  nullable,
  type ReingestTarget,
  type RowOf,
  string,
  struct,
  timestamp,
  to,
} from 'firehose-iceberg-router'

// Names that no struct of a column has, wherever the struct stands in it.
const point = { x: int(), y: int({ default: 0 }) }
const shapes = defineTable({
  name: 'shapes',
  columns: {
    id: string(),
    at: nullable(struct(point)),
    corners: list(nullable(struct(point))),
    named: map(string(), struct(point)),
    counted: map(int(), nullable(struct(point))),
    deep: struct({ inner: struct({ points: list(struct(point)), when: timestamp(), raw: json() }) }),
    any: json(),
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
// @ts-expect-error in one that comes from the event
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.wide }) })
// @ts-expect-error in one of two answers
router.on(kind, { table: shapes, transform: (event) => ({ ...row, at: event.kind === 'a' ? null : event.wide }) })
// @ts-expect-error in the element of a list
router.on(kind, { table: shapes, transform: () => ({ ...row, corners: [{ x: 1 }, { x: 1, z: 1 }] }) })
// @ts-expect-error in an element that map makes
router.on(kind, { table: shapes, transform: () => ({ ...row, corners: [1].map((x) => ({ x, z: 1 })) }) })
// @ts-expect-error in the value of an object
router.on(kind, { table: shapes, transform: () => ({ ...row, named: { a: { x: 1, z: 1 } } }) })
// @ts-expect-error in the value of a Map
router.on(kind, { table: shapes, transform: () => ({ ...row, named: new Map([['a', { x: 1, z: 1 }]]) }) })
// @ts-expect-error in the value of a Map whose keys are no strings
router.on(kind, { table: shapes, transform: () => ({ ...row, counted: new Map([[1, { x: 1, z: 1 }]]) }) })
const deepWith = (point: Event['wide']) => ({ inner: { points: [point], when: 1, raw: 1 } })
// @ts-expect-error deep inside
router.on(kind, { table: shapes, transform: ({ wide }) => ({ ...row, deep: deepWith(wide) }) })
// @ts-expect-error beside what is deep inside
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
to(shapes, { ...row, at: { x: 1, z: 1 } })

// What fits still does: rows of the type, wider keys of the event in a json column, dates, bytes, maps, and what nobody knows.
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
several.on(kind, { table: shapes, tables: [shapes], transform: () => [row, { ...row, at: null }, to(shapes, row)] })
to(shapes, { ...row, at: { x: 1 } })

// A struct of nothing but defaults is no json column, and bytes in a struct are no struct.
const easy = defineTable({
  name: 'easy',
  columns: { s: struct({ a: int({ default: 1 }), b: binary({ default: new Uint8Array() }) }) },
})
router.on(kind, { table: easy, transform: () => ({ s: {} }) })
router.on(kind, { table: easy, transform: () => ({ s: { b: Buffer.from('x') } }) })
// @ts-expect-error a name that it has not
router.on(kind, { table: easy, transform: () => ({ s: { a: 1, c: 1 } }) })
