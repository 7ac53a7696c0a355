import type { ElementOptions } from '../select/source.ts'

/** How a cell is written; columns are written by their types. `assembly/row.ts` has the same list. */
export const KINDS = {
  constant: 0,
  arrival: 1,
  joined: 2,
  string: 3,
  json: 4,
  timestamp: 5,
  timestamptz: 5,
  int: 6,
  long: 7,
  double: 8,
  boolean: 9,
  date: 10,
  uuid: 11,
  decimal: 12,
  float: 13,
  time: 14,
} as const

/** One source of a column, laid out for the scanner. */
export interface Instruction {
  /** One of {@link KINDS}. */
  readonly kind: number
  /** Where in the event the value is; undefined where it is no part of the event. */
  readonly keys?: readonly string[]
  /** The value is a list, of which a field of one element is taken. */
  readonly element?: ElementOptions
  /** Null in the event is null in the row, where it otherwise counts as missing. */
  readonly nullIsNull?: boolean
  /** Two numbers that the kind asks for. */
  readonly settings?: readonly [number, number]
  /** In their place a text: the cell of a constant, or as JSON what stands between the texts of a list. */
  readonly text?: string
  /** The cell is written for each record. */
  readonly metadata?: 'recordId' | 'partitionKey'
}

/** A column of a route: its sources in order, and what stands for what is not there. */
export interface ColumnPlan {
  /** Its name as JSON, with what stands before and after it. */
  readonly label: string
  readonly sources: readonly Instruction[]
  /** Undefined where the record then fails. */
  readonly missing: string | undefined
  readonly null: string | undefined
}
