import type { JsonInput } from './types/json.ts'

/** The compile error for a misspelt column. */
export interface NoSuchColumn<Name> {
  readonly 'the table has no such column': Name
}

/** Values that have keys but are not structs. */
type Whole = Date | Uint8Array

type AnyList = readonly unknown[]

type AnyMap = ReadonlyMap<unknown, unknown>

/**
 * The names in a value that no struct of its column has, at any depth; `never` if there are none. TypeScript alone allows
 * extra keys in the result of a function. What the types do not show (`any`, an index signature, a json column) is left to
 * the encoder.
 */
export type ExtraNames<Given, Wanted> = 0 extends 1 & Given
  ? never
  : Given extends Whole
    ? never
    : Given extends object
      ? JsonInput extends Wanted
        ? never
        : ExtraInObject<Given, Extract<Wanted, object>>
      : never

type ExtraInObject<Given extends object, Wanted> = Given extends AnyList
  ? ExtraNames<Given[number], ItemOf<Wanted>>
  : Given extends ReadonlyMap<unknown, infer Value>
    ? ExtraNames<Value, EntryOf<Wanted>>
    : ExtraInFields<Given, Exclude<Wanted, Whole | AnyList | AnyMap>>

type ItemOf<Wanted> = Wanted extends readonly (infer Item)[] ? Item : never

type EntryOf<Wanted> = Wanted extends ReadonlyMap<unknown, infer Value> ? Value : never

/** For a struct, the names that it does not have; for a map, the extra names inside its values. */
type ExtraInFields<Given extends object, Wanted> = [Wanted] extends [never]
  ? never
  : string extends keyof Wanted
    ? ExtraNames<Given[keyof Given], Wanted[string & keyof Wanted]>
    :
        | (string extends keyof Given ? never : Exclude<keyof Given & string, keyof Wanted>)
        | { [Name in keyof Given & keyof Wanted]-?: ExtraNames<Given[Name], Wanted[Name]> }[keyof Given & keyof Wanted]
