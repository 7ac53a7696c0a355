import type { FirehoseRecord } from '../firehose/event.ts'
import { partitionKeyOf } from '../firehose/stream-source.ts'
import { epochDayToDate, epochToInstant } from '../table/epoch.ts'
import { printExactly } from '../table/exact-json.ts'
import { formatTimestamp } from '../table/iso.ts'
import { RowIssue } from '../table/row-issue.ts'
import { findElement } from './element.ts'
import { keysOf, lookUp } from './lookup.ts'
import type { JoinSource, MetadataName, Source, SourceUnit } from './source.ts'

/** A source for every column of a table. */
export type Selection = { readonly [column: string]: Source }

/** Reads a source's value; undefined if there is none. */
type Read = (event: unknown, record: FirehoseRecord | undefined) => unknown

/**
 * The plain engine: compiles a selection to a function that builds the row. The encoder checks the values, as it does for a
 * transform, so the codes and paths of failures are the same. Only `s.metadata()` reads the record.
 */
export function compileSelection(
  selection: Selection,
): (event: unknown, record?: FirehoseRecord) => { readonly [column: string]: unknown } {
  // Compiled with the first event: the compiled engine comes first, so there may never be one.
  let columns: readonly (readonly [name: string, read: Read])[] | undefined
  return (event, record) => {
    columns ??= Object.entries(selection).map(([name, source]) => [name, compileSource(source)] as const)
    const row: { [column: string]: unknown } = {}
    for (const [name, read] of columns) row[name] = read(event, record)
    return row
  }
}

function compileSource(source: Source): Read {
  if (typeof source === 'string') return readPath(keysOf(source))
  switch (source.kind) {
    case 'path':
      return readPath(source.keys)
    case 'constant':
      return () => source.value
    case 'first':
      return readFirst(source.sources.map(compileSource))
    case 'default':
      return readFirst([compileSource(source.source), () => source.value])
    case 'json':
      return readJson(compileSource(source.source))
    case 'join':
      return readJoined(compileSource(source.source), source)
    case 'element': {
      const read = compileSource(source.source)
      return (event, record) => findElement(read(event, record), source)
    }
    case 'epoch':
      return readEpoch(compileSource(source.source), source.unit)
    case 'metadata':
      return METADATA[source.name]
  }
}

function readPath(keys: readonly string[]): Read {
  return (event) => lookUp(event, keys)
}

function readFirst(reads: readonly Read[]): Read {
  return (event, record) => {
    for (const read of reads) {
      const value = read(event, record)
      if (value !== undefined && value !== null) return value
    }
    return undefined
  }
}

function readJson(read: Read): Read {
  return (event, record) => {
    const value = read(event, record)
    return value === undefined || value === null ? undefined : printExactly(value)
  }
}

/** Joins a list of strings. Anything else is passed on unchanged: the column then reports its type. */
function readJoined(read: Read, { separator }: JoinSource): Read {
  return (event, record) => {
    const value = read(event, record)
    if (!Array.isArray(value)) return value
    if (value.length === 0) return undefined
    return value.every((item) => typeof item === 'string') ? value.join(separator) : value
  }
}

/**
 * Reads a number as a time. Anything but a number is passed on unchanged: the column then reports it. A number that is no such
 * time is an issue, and not passed on: the column would read it as microseconds.
 */
function readEpoch(read: Read, unit: SourceUnit): Read {
  return (event, record) => {
    const value = read(event, record)
    if (typeof value !== 'number' && typeof value !== 'bigint') return value
    if (unit === 'days') return epochDayToDate(value) ?? value
    const instant = epochToInstant(value, unit)
    const text = instant instanceof RowIssue ? instant : formatTimestamp(instant)
    return text instanceof RowIssue ? text : `${text}Z`
  }
}

const METADATA: { readonly [Name in MetadataName]: Read } = {
  arrivalTime: (_, record) => {
    const millis: unknown = record?.approximateArrivalTimestamp
    return typeof millis === 'number' ? new Date(millis) : undefined
  },
  recordId: (_, record) => record?.recordId,
  partitionKey: (_, record) => record && partitionKeyOf(record),
}
