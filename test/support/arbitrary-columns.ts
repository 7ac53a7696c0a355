import fc from 'fast-check'
import { type Column, nullable } from '../../src/table/column.ts'
import { fixed } from '../../src/table/types/binary.ts'
import { decimal } from '../../src/table/types/decimal.ts'
import { list } from '../../src/table/types/list.ts'
import { long } from '../../src/table/types/long.ts'
import { map } from '../../src/table/types/map.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { timestamptz } from '../../src/table/types/timestamp.ts'
import { uuid } from '../../src/table/types/uuid.ts'

/** Columns of any type, nested up to three levels; fields of structs have these names. */
export function columnsNamed(names: fc.Arbitrary<string>): fc.Arbitrary<Column> {
  return fc.letrec<{ column: Column }>((tie) => ({
    column: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Column>(string(), long(), uuid(), timestamptz(), decimal(9, 3), fixed(4)),
      tie('column').map((column) => nullable(column)),
      tie('column').map((element) => list(element)),
      tie('column').map((value) => map(string(), value)),
      fc
        .dictionary(names, tie('column'), { minKeys: 1, maxKeys: 3, noNullPrototype: true })
        .map((fields) => struct(fields)),
    ),
  })).column
}
