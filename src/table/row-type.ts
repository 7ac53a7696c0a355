import type { Column, Columns } from './column.ts'

/** The value that a transform may return for a column. */
export type ValueOf<C> = C extends Column<infer Value> ? Value : never

/** The columns whose key may be left out, because they have a default. */
type OptionalName<C extends Columns> = {
  readonly [Name in keyof C]: undefined extends ValueOf<C[Name]> ? Name : never
}[keyof C]

/** The required keys, and those that may be left out. */
type Parts<C extends Columns> = { readonly [Name in Exclude<keyof C, OptionalName<C>>]: ValueOf<C[Name]> } & {
  readonly [Name in OptionalName<C>]?: ValueOf<C[Name]>
}

/**
 * What a transform may return for columns by name: the row of a table, or the value of a struct. Without defaults this is
 * one mapped type, which is cheap; with them it is an intersection, shown as one object.
 */
export type ValuesOf<C extends Columns> = [OptionalName<C>] extends [never]
  ? { readonly [Name in keyof C]: ValueOf<C[Name]> }
  : Parts<C> extends infer Whole
    ? { readonly [Name in keyof Whole]: Whole[Name] }
    : never
