import type { ElementOptions } from '../select/source.ts'

/** How a cell is written. `assembly/row.ts` has the same list. */
export const KINDS = {
  constant: 0,
  arrival: 1,
  joined: 2,
  string: 3,
  json: 4,
  timestamp: 5,
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

/** The name of a way to write a cell. */
export type Kind = keyof typeof KINDS

/** One source of a column, laid out for the scanner. */
export type Instruction = ValueInstruction | FixedInstruction

/** A value of the event. */
export interface ValueInstruction {
  readonly kind: Exclude<Kind, 'constant' | 'arrival'>
  readonly keys: readonly string[]
  /** The value is a list, of which a field of one element is taken. */
  readonly element?: ElementOptions
  /** Null in the event is null in the row, where it otherwise counts as missing. */
  readonly nullIsNull: boolean
  readonly settings: readonly [number, number]
  /** What stands between the texts of a list, as JSON. */
  readonly separator?: string
}

/** A value that is no part of the event. */
export interface FixedInstruction {
  readonly kind: 'constant' | 'arrival'
  /** The cell, where it is known beforehand. */
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
