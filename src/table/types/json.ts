import { type Column, type ColumnOptions, type ColumnType, column } from '../column.ts'
import { Refusal, wrongType } from '../refusal.ts'

/** What `json()` takes: anything that prints as JSON. An interface is accepted as well as a literal type. */
export type JsonInput = object | string | number | boolean

const jsonType: ColumnType = {
  name: 'json',
  iceberg: 'string',
  athena: 'string',
  key: false,
  encode: (value) => {
    try {
      // Undefined for what JSON cannot say: undefined, a function, a symbol.
      const text: string | undefined = JSON.stringify(value)
      return text ?? wrongType('a value that JSON can say', value)
    } catch {
      return new Refusal('NotJson', 'the value cannot be printed as JSON (a cycle or a bigint)')
    }
  },
}

/**
 * A string column that holds JSON text, whatever value is given: an object, and also a string, which is printed with its
 * quotes. Query it with Athena's `json_extract`.
 */
export function json(options?: ColumnOptions): Column<JsonInput> {
  return column(jsonType, options)
}
