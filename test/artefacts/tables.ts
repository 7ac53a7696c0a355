import { nullable } from '../../src/table/column.ts'
import { bucket, day, identity, truncate } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { binary, fixed } from '../../src/table/types/binary.ts'
import { boolean } from '../../src/table/types/boolean.ts'
import { date } from '../../src/table/types/date.ts'
import { decimal } from '../../src/table/types/decimal.ts'
import { double } from '../../src/table/types/double.ts'
import { float } from '../../src/table/types/float.ts'
import { int } from '../../src/table/types/int.ts'
import { json } from '../../src/table/types/json.ts'
import { list } from '../../src/table/types/list.ts'
import { long } from '../../src/table/types/long.ts'
import { map } from '../../src/table/types/map.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { time } from '../../src/table/types/time.ts'
import { timestamp, timestamptz } from '../../src/table/types/timestamp.ts'
import { uuid } from '../../src/table/types/uuid.ts'

/** Keys, partitions, comments, reserved words, nested columns: all that Athena's DDL can say. */
export const orders: Table = defineTable({
  name: 'orders',
  columns: {
    order: long({ doc: "assigned by the shop's till" }),
    timestamp: timestamp(),
    region: string(),
    total: decimal(10, 2),
    note: nullable(string()),
    lines: list(struct({ sku: string(), date: nullable(date()), price: decimal(10, 2) })),
    labels: nullable(map(string(), nullable(int()))),
    raw: json(),
  },
  uniqueKeys: ['order', 'region'],
  partitionBy: [day('timestamp'), bucket(16, 'order'), identity('region'), truncate(3, 'note')],
})

/** A column of every primitive type. */
export const primitives: Table = defineTable({
  name: 'primitives',
  columns: {
    a_boolean: boolean(),
    a_int: int(),
    a_long: long(),
    a_float: nullable(float()),
    a_double: double(),
    a_decimal: decimal(38, 10),
    a_date: date(),
    a_time: time(),
    a_timestamp: timestamp(),
    a_timestamptz: timestamptz(),
    a_string: string({ doc: 'a string' }),
    a_json: json(),
    a_uuid: uuid(),
    a_binary: binary(),
    a_fixed: fixed(16),
  },
  uniqueKeys: ['a_uuid'],
  partitionBy: [day('a_timestamptz'), bucket(8, 'a_uuid')],
})

/** A table of one column. */
export function tableOf(column: Table['columns'][string]): Table {
  return defineTable({ name: 't', columns: { c: column } })
}
