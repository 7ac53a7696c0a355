import type { Selection } from '../../select/compile-selection.ts'
import type { Source } from '../../select/source.ts'
import type { Column } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'

/** The context of a column. */
interface Setting {
  readonly completeEvents: boolean
  readonly stripsFields: boolean
}

const UNSELECTED = 'always has its default; Firehose would take a key of that name from the event'

/** Finds the columns that Firehose could not read from the event, with the reasons. */
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
    return [`is made by ${MAKERS[source.kind]}(), not read unchanged`]
  const keys = typeof source === 'string' ? source.split('.') : source.keys
  return keys.length === 1 && keys[0] === name
    ? []
    : [`is read from ${keys.join('.')}; Firehose reads it only from the top-level key ${name}`]
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
  epoch: 'epoch',
}

/** Finds the reasons of a column, or of a field of a struct: its key may be missing from an event. */
function memberReasons(column: Column, setting: Setting): string[] {
  const isOptional = column.nullable || column.default !== undefined
  if (!isOptional || setting.completeEvents) return typeReasons(column, setting)
  const replacement = column.default === undefined ? 'null' : 'its default'
  const reason = `may be missing from an event: the router writes ${replacement} then, and what Firehose does is not documented`
  return [reason, ...typeReasons(column, setting)]
}

function typeReasons({ type }: Column, setting: Setting): string[] {
  if (type.unit !== undefined) return [`takes numbers of ${type.unit}, which the router converts and Firehose does not`]
  switch (type.name) {
    case 'json':
      return ['is a string of JSON, which the router prints; that Firehose does is not documented']
    case 'binary':
    case 'fixed':
      return ['holds bytes, and no value of an event counts as bytes']
    case 'list':
      return typeReasons(type.element, setting)
    case 'map': {
      const reasons = typeReasons(type.value, setting)
      return type.key.type.name === 'string'
        ? reasons
        : ['is a map whose keys are not strings, and no value of an event counts as such a map', ...reasons]
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
