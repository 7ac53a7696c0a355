import type { Argument, Block, ProviderSchema } from '../provider/schema.ts'
import { type Body, type Configuration, type Declared, toBodies, toBody } from './load.ts'

/** What Terraform itself takes in every resource. */
const META = new Set(['count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection'])
/** Resources of other providers, which are too few for a schema. */
const OTHERS = new Map([
  ['archive_file', { type: { required: true }, output_path: { required: true }, source_dir: {}, source_file: {} }],
  ['terraform_data', { input: {}, triggers_replace: {} }],
])

/** Finds arguments that the provider does not know, ones that are missing, and references to nothing. */
export function checkTerraform(configuration: Configuration, schema: ProviderSchema): string[] {
  const arguments_ = configuration.declared.flatMap((declared) => {
    const block: Block | undefined = OTHERS.get(declared.type) ?? schema[declared.kind][declared.type]
    const path = `${declared.kind === 'data' ? 'data.' : ''}${declared.type}.${declared.name}`
    if (block === undefined) return [`${path}: unknown ${declared.kind}; run test/deploy/provider/extract.ts for it`]
    const body = Object.fromEntries(Object.entries(declared.body).filter(([name]) => !META.has(name)))
    return checkBlock(body, block, path)
  })
  return [...arguments_, ...danglingReferences(configuration)]
}

function checkBlock(body: Body, block: Block, path: string): string[] {
  const dynamic = toBody(body['dynamic'])
  const given = Object.keys(body).filter((name) => name !== 'dynamic')
  const unknown = [...given, ...Object.keys(dynamic)].filter((name) => block[name] === undefined)
  const missing = Object.entries(block).filter(([name, { required }]) => {
    return required === true && body[name] === undefined && dynamic[name] === undefined
  })
  return [
    ...unknown.map((name) => `${path}: no argument ${name}; there are ${Object.keys(block).join(', ')}`),
    ...missing.map(([name]) => `${path}: ${name} is required`),
    ...given.flatMap((name) => checkArgument(body[name], block[name], `${path}.${name}`)),
    ...Object.entries(dynamic).flatMap(([name, blocks]) => checkDynamic(blocks, block[name], `${path}.${name}`)),
  ]
}

function checkArgument(value: unknown, argument: Argument | undefined, path: string): string[] {
  const inner = argument?.block ?? argument?.object
  if (inner !== undefined) return toBodies(value).flatMap((body) => checkBlock(body, inner, path))
  // In the place of a value, a list of objects can only come from a block.
  const isBlock = Array.isArray(value) && value.some((each) => typeof each === 'object')
  return argument !== undefined && isBlock ? [`${path}: expected a value, got a block`] : []
}

function checkDynamic(blocks: unknown, argument: Argument | undefined, path: string): string[] {
  return toBodies(blocks).flatMap((each) => checkArgument(each['content'], argument, path))
}

function danglingReferences({ declared, locals, variables, strings }: Configuration): string[] {
  const has = (kind: Declared['kind'], type: string, name: string): boolean => {
    return declared.some((each) => each.kind === kind && each.type === type && each.name === name)
  }
  const dangling = strings.flatMap((text) => [
    ...matches(text, /\bvar\.(\w+)/g).filter(([, name = '']) => !variables.has(name)),
    ...matches(text, /\blocal\.(\w+)/g).filter(([, name = '']) => !locals.has(name)),
    ...matches(text, /\bdata\.(\w+)\.(\w+)/g).filter(([, type = '', name = '']) => !has('data', type, name)),
    ...matches(text, /(?<![\w.])(aws_\w+|terraform_data)\.(\w+)/g).filter(([, type = '', name = '']) => {
      return !has('resource', type, name)
    }),
  ])
  return dangling.map(([reference]) => `${reference}: nothing is declared under this name`)
}

/** Only what is inside of templates can refer; `depends_on` has its references as they are. */
function matches(text: string, pattern: RegExp): RegExpMatchArray[] {
  return /\$\{|^(aws_|terraform_data)/.test(text) ? [...text.matchAll(pattern)] : []
}
