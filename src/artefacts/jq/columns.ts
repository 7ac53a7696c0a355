import type { Selection } from '../../select/compile.ts'
import type { Source } from '../../select/source.ts'
import type { Column } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'

/** What is known of a column's surroundings. */
interface Setting {
  readonly completeEvents: boolean
  readonly stripsFields: boolean
}

const UNSELECTED = 'always has its default; Firehose would take a key of that name from the event'

/** The columns that are not in the event as Firehose would have to find them, and why. */
export function columnReasons(table: Table, selection: Selection, completeEvents: boolean): string[] {
  const setting: Setting = { completeEvents, stripsFields: table.unknownColumns === 'strip' }
  return Object.entries(table.columns).flatMap(([name, column]) => {
    const source = Object.hasOwn(selection, name) ? selection[name] : undefined
    const reasons =
      source === undefined ? [UNSELECTED] : [...sourceReasons(name, source), ...memberReasons(column, setting)]
    return reasons.map((reason) => `the column ${name} ${reason}`)
  })
}

function sourceReasons(name: string, source: Source): string[] {
  if (typeof source !== 'string' && source.kind !== 'path')
    return [`is made by ${MAKERS[source.kind]}(), not taken as it is`]
  const keys = typeof source === 'string' ? source.split('.') : source.keys
  return keys.length === 1 && keys[0] === name
    ? []
    : [`is read from ${keys.join('.')}; Firehose reads it from the key ${name} at the top and from nowhere else`]
}

const MAKERS: { readonly [Kind in Exclude<Source, string>['kind']]: string } = {
  path: 'path',
  constant: 'constant',
  first: 'firstOf',
  default: 'orElse',
  json: 'jsonText',
  join: 'joined',
  element: 'element',
  metadata: 'metadata',
}

/** A column, or a field of a struct: a key that may be missing. */
function memberReasons(column: Column, setting: Setting): string[] {
  const isOptional = column.nullable || column.default !== undefined
  if (!isOptional || setting.completeEvents) return typeReasons(column, setting)
  const stand = column.default === undefined ? 'null' : 'its default'
  const reason = `may be missing from an event: the router writes ${stand} then, and what Firehose does is not documented`
  return [reason, ...typeReasons(column, setting)]
}

function typeReasons({ type }: Column, setting: Setting): string[] {
  switch (type.name) {
    case 'json':
      return ['is JSON text, which the router prints; that Firehose does is not documented']
    case 'binary':
    case 'fixed':
      return ['holds bytes, and no value of an event is bytes to the router']
    case 'list':
      return typeReasons(type.element, setting)
    case 'map': {
      const reasons = typeReasons(type.value, setting)
      return type.key.type.name === 'string'
        ? reasons
        : ['is a map whose keys are no strings, and no value of an event is one to the router', ...reasons]
    }
    case 'struct': {
      const inner = Object.entries(type.fields).flatMap(([name, field]) => {
        return memberReasons(field, setting).map((reason) => `has a field ${name} that ${reason}`)
      })
      return setting.stripsFields
        ? ['is a struct whose unknown fields are stripped; what Firehose does with them is not documented', ...inner]
        : inner
    }
    default:
      return []
  }
}
