import type { SchemaOutput, StandardSchema } from '../../match/schema.ts'
import type { Column, Columns } from '../column.ts'
import type { NameOf, Naming } from './names.ts'

/** The columns that a schema makes: by the types of what it lets through, or for a plain JSON Schema by its keys alone. */
export type ColumnsOfSchema<Schema, Overrides extends Columns, Names extends Naming> = Schema extends StandardSchema
  ? ColumnsOfOutput<SchemaOutput<Schema>, Overrides, Names>
  : Schema extends { readonly properties: infer Properties }
    ? {
        readonly [Key in keyof Properties & string as NameOf<Key, Names>]: Override<
          Overrides,
          NameOf<Key, Names>,
          Column
        >
      }
    : Columns

type ColumnsOfOutput<Output, Overrides extends Columns, Names extends Naming> = {
  readonly [Key in keyof Output & string as NameOf<Key, Names>]-?: Override<
    Overrides,
    NameOf<Key, Names>,
    Column<ValueOfOutput<Output[Key], Names>>,
    Output[Key]
  >
}

/** An override says what a value is; whether it may be missing, the schema goes on to say. */
type Override<
  Overrides extends Columns,
  Name extends string,
  Otherwise extends Column,
  Value = never,
> = Name extends keyof Overrides
  ? Overrides[Name] extends Column<infer Given>
    ? Column<Given | NullFor<Value>>
    : never
  : Otherwise

/** What a transform may return: what the schema lets through, with null for what may be missing. */
type ValueOfOutput<Value, Names extends Naming> = Renamed<Exclude<Value, undefined>, Names> | NullFor<Value>

type NullFor<Value> = undefined extends Value ? null : null extends Value ? null : never

/** A value whose objects have their keys renamed, where names are. */
type Renamed<Value, Names extends Naming> = Names extends 'exact' ? Value : RenamedValue<Value, Names>

type RenamedValue<Value, Names extends Naming> = Value extends Date | string | number | bigint | boolean | null
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly RenamedValue<Element, Names>[]
    : string extends keyof Value
      ? { readonly [Key in keyof Value]: RenamedValue<Value[Key], Names> }
      : {
          readonly [Key in keyof Value as Key extends string ? NameOf<Key, Names> : never]: RenamedValue<
            Value[Key],
            Names
          >
        }
