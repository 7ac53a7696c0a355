import type { Column, Columns } from './column.ts'

/** The value that a transform may return for a column. */
export type ValueOf<C> = C extends Column<infer Value> ? Value : never

/** The columns whose key may be left out, because they have a default. */
type OptionalName<C extends Columns> = {
  readonly [Name in keyof C]: undefined extends ValueOf<C[Name]> ? Name : never
}[keyof C]

/** What a transform may return for columns by name: of a table, a row; of a struct, its value. */
export type ValuesOf<C extends Columns> = [OptionalName<C>] extends [never]
  ? { readonly [Name in keyof C]: ValueOf<C[Name]> }
  : Flat<
      { readonly [Name in Exclude<keyof C, OptionalName<C>>]: ValueOf<C[Name]> } & {
        readonly [Name in OptionalName<C>]?: ValueOf<C[Name]>
      }
    >

/** Shows an intersection as the one object that it is. */
type Flat<T> = { readonly [Name in keyof T]: T[Name] }
