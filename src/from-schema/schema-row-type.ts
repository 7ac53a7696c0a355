import type { StandardSchema } from '../standard-schema.ts'
import type { Column, Columns } from '../table/column.ts'
import type { NameOf, Naming } from './naming.ts'
import type { StandardJsonSchema } from './to-json-schema.ts'

/** A JSON Schema as libraries such as TypeBox declare it: an interface, which is not assignable to an index signature. */
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

/** The output of a schema, also of a Standard JSON Schema that does not validate. */
type OutputOf<Schema extends StandardSchema | StandardJsonSchema> = NonNullable<Schema['~standard']['types']>['output']

/** The columns that a schema makes: by the types of its output, or for a plain JSON Schema by its keys only. */
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

/** Keys of any name make no columns beside named ones; alone they mean that the type does not know the keys. */
type ColumnKey<Output> = ([NamedKey<Output>] extends [never] ? keyof Output : NamedKey<Output>) & keyof Output & string

/** The named keys of a type, without those of an index signature, which even an empty object satisfies. */
type NamedKey<Value> = keyof { [Key in keyof Value as Record<never, never> extends Record<Key, 1> ? never : Key]: 1 }

/** The type of an override; the schema still decides whether it may be missing. */
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

/** What a transform may return: the output of the schema, with null for what may be missing. */
type ValueOfOutput<Value, Names extends Naming> = Written<Exclude<Value, undefined>, Names> | NullFor<Value>

type NullFor<Value> = undefined extends Value ? null : null extends Value ? null : never

/**
 * A value in a row: its structs have exactly the named fields, under their column names. The keys of a map are data and are
 * not renamed.
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
