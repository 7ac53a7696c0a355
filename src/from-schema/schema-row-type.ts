import type { StandardSchema } from '../standard-schema.ts'
import type { Column, Columns } from '../table/column.ts'
import type { NameOf, Naming } from './naming.ts'
import type { StandardJsonSchema } from './to-json-schema.ts'

/** A JSON Schema as libraries declare it, such as TypeBox: an interface, which no index signature takes. */
export interface JsonSchemaObject {
  readonly $defs?: unknown
  readonly $ref?: unknown
  readonly allOf?: unknown
  readonly anyOf?: unknown
  readonly oneOf?: unknown
  readonly properties?: unknown
  readonly required?: unknown
  readonly type?: unknown
}

/** What a schema lets through; a Standard JSON Schema that does not validate says so as well. */
type OutputOf<Schema extends StandardSchema | StandardJsonSchema> = NonNullable<Schema['~standard']['types']>['output']

/** The columns that a schema makes: by the types of what it lets through, or for a plain JSON Schema by its keys alone. */
export type ColumnsOfSchema<Schema, Overrides extends Columns, Names extends Naming> = Schema extends
  | StandardSchema
  | StandardJsonSchema
  ? ColumnsOfOutput<OutputOf<Schema>, Overrides, Names>
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
  readonly [Key in ColumnKey<Output> as NameOf<Key, Names>]-?: Override<
    Overrides,
    NameOf<Key, Names>,
    Column<ValueOfOutput<Output[Key], Names>>,
    Output[Key]
  >
}

/** Keys of any name beside named ones make no columns; a schema with nothing else is one whose keys its type does not know. */
type ColumnKey<Output> = ([NamedKey<Output>] extends [never] ? keyof Output : NamedKey<Output>) & keyof Output & string

/** The keys that a type names: those of an index signature may all be left out, even of an object with nothing in it. */
type NamedKey<Value> = keyof { [Key in keyof Value as Record<never, never> extends Record<Key, 1> ? never : Key]: 1 }

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
type ValueOfOutput<Value, Names extends Naming> = Written<Exclude<Value, undefined>, Names> | NullFor<Value>

type NullFor<Value> = undefined extends Value ? null : null extends Value ? null : never

/**
 * A value as a row has it: its structs have the fields that are named, under their names as columns, and no others. Lists
 * and maps have no fields; the keys of a map are data, which is not renamed.
 */
type Written<Value, Names extends Naming> = unknown extends Value
  ? Value
  : Value extends Date | string | number | bigint | boolean | null | undefined
    ? Value
    : [FieldKey<Value>] extends [never]
      ? { readonly [Key in keyof Value]: Written<Value[Key], Names> }
      : {
          readonly [Key in keyof Value as Key extends FieldKey<Value> & string ? NameOf<Key, Names> : never]: Written<
            Value[Key],
            Names
          >
        }

type FieldKey<Value> = Value extends readonly unknown[] ? never : NamedKey<Value>
