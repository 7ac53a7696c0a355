import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktn/hcl2json'

/** The folder of the example. */
export const TERRAFORM: string = join(import.meta.dirname, '../../../examples/ses/terraform')

/** A body of a block: arguments and blocks by name. Expressions are strings, `${…}`. */
export type Body = Readonly<Record<string, unknown>>

/** One resource or data source. */
export interface Declared {
  readonly kind: 'resource' | 'data'
  readonly type: string
  readonly name: string
  readonly body: Body
}

/** All files of a folder as Terraform reads them: together. */
export interface Configuration {
  readonly declared: readonly Declared[]
  readonly locals: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
  /** Every string of the configuration. */
  readonly strings: readonly string[]
}

/** Reads the `.tf` files with HashiCorp's own parser, compiled for Node, and the `.tf.json` files. */
export async function loadTerraform(folder: string = TERRAFORM): Promise<Configuration> {
  const files = readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name))
  const bodies = await Promise.all(
    files.map(async (name): Promise<Body> => {
      const text = readFileSync(join(folder, name), 'utf8')
      return name.endsWith('.json') ? JSON.parse(text) : parse(name, text)
    }),
  )
  const declared = bodies.flatMap((body) => [...declaredIn(body, 'resource'), ...declaredIn(body, 'data')])
  const locals = bodies.flatMap((body) => toBodies(body['locals']).flatMap((each) => Object.keys(each)))
  const variables = bodies.flatMap((body) => Object.keys(toBody(body['variable'])))
  return { declared, locals: new Set(locals), variables: new Set(variables), strings: bodies.flatMap(stringsIn) }
}

function declaredIn(body: Body, kind: Declared['kind']): Declared[] {
  return Object.entries(toBody(body[kind])).flatMap(([type, byName]) => {
    return Object.entries(toBody(byName)).flatMap(([name, found]) => {
      return toBodies(found).map((each) => ({ kind, type, name, body: each }))
    })
  })
}

/** A block is a list of bodies from HCL, and may be one body in JSON. */
export function toBodies(value: unknown): Body[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(toBody)
}

/** An object, or nothing. */
export function toBody(value: unknown): Body {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
