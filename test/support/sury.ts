import * as sury from 'sury'

/** The part of a Sury schema that tests use. */
export interface SurySchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (
      value: unknown,
    ) => { readonly value: unknown } | { readonly issues: readonly { message: string }[] }
    readonly types?: { readonly input: unknown; readonly output: unknown } | undefined
  }
  readonly with: (change: unknown, target: SurySchema) => SurySchema
}

type Part = (part: SurySchema) => SurySchema

interface Sury {
  readonly array: Part
  readonly bigint: SurySchema
  readonly date: SurySchema
  readonly enableStandardJSONSchema: () => void
  readonly int32: SurySchema
  readonly nullable: Part
  readonly number: SurySchema
  readonly optional: Part
  readonly record: Part
  readonly schema: (fields: { readonly [key: string]: SurySchema }) => SurySchema
  readonly string: SurySchema
  readonly symbol: SurySchema
  readonly to: unknown
  readonly uuid: SurySchema
}

/** Sury with simpler types: under this project's compiler settings, those of its `schema` (11.0.0) are reported as circular. */
const typed: Sury = sury as unknown as Sury
export default typed
