import { isJsonSchema, type JsonSchema } from './json-schema-type.ts'
import { type Location, resolveVariants, Unresolvable } from './resolve.ts'

const DATE_TIME = '2026-01-31T09:30:00.000Z'

/** Strings of the formats that validators check. */
const STRINGS: { readonly [format: string]: string | undefined } = {
  'date-time': DATE_TIME,
  date: '2026-01-31',
  time: '09:30:00Z',
  email: 'a@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  uuid: '0190163d-8694-739b-aea5-966c26f8ad91',
}

/** Makes a value that fits the types, formats and bounds of a JSON Schema; undefined if that is not possible. */
export function sampleOf(schema: unknown, location: Location): unknown {
  const resolved = resolveVariants(schema, location)
  if (resolved instanceof Unresolvable) return undefined
  const [first] = resolved.variants
  return first === undefined ? null : sampleValue(first.schema, first.location)
}

function sampleValue(schema: JsonSchema, location: Location): unknown {
  const { const: only, enum: values, type, items, properties } = schema
  if (only !== undefined) return only
  if (Array.isArray(values) && values.length > 0) return values[0]
  if (type === 'object' || isJsonSchema(properties)) return sampleObject(schema, location)
  switch (type) {
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return sampleNumber(schema)
    case 'string':
      return sampleString(schema)
    case 'array':
      return [sampleOf(items ?? true, location)].filter((element) => element !== undefined)
    default:
      return undefined
  }
}

function sampleObject({ properties }: JsonSchema, location: Location): object {
  const fields = isJsonSchema(properties) ? Object.entries(properties) : []
  const values = fields.map(([key, part]) => [key, sampleOf(part, location)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

function sampleNumber({ minimum, exclusiveMinimum, maximum }: JsonSchema): number {
  if (typeof minimum === 'number' && minimum > 1) return minimum
  if (typeof exclusiveMinimum === 'number' && exclusiveMinimum >= 1) return exclusiveMinimum + 1
  return typeof maximum === 'number' && maximum < 1 ? maximum : 1
}

function sampleString({ format, minLength, maxLength }: JsonSchema): string {
  const text = (typeof format === 'string' ? STRINGS[format] : undefined) ?? 'a'
  const padded = typeof minLength === 'number' ? text.padEnd(Math.min(minLength, 1000), 'a') : text
  return typeof maxLength === 'number' ? padded.slice(0, maxLength) : padded
}
