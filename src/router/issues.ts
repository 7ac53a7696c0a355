import { isObject } from '../options.ts'
import type { IssueSummary } from '../outcome/outcome.ts'
import { formatPath, type PathSegment } from '../path.ts'
import type { SchemaIssue, StandardSchema } from '../standard-schema.ts'
import { hideMapKeys } from './map-keys.ts'

/** What a failure says of a schema's issues. */
export interface IssueReport {
  /** The first ten, in the schema's order. */
  readonly issues: readonly IssueSummary[]
  /** The deepest path of all: the most specific issue. */
  readonly path: string
}

/** What was checked, and by what. */
export interface IssueSource {
  readonly event: unknown
  readonly schema: StandardSchema
}

const MAX_REPORTED = 10

/** A list of a million wrong elements has a million issues; the first ones say enough. */
const MAX_READ = 100

/** Of unions within unions; more would only cost time. */
const MAX_DEPTH = 3
const MAX_NESTED = 20

/** A code of a library is a short word; anything else might be data. */
const CODE = /^[A-Za-z][\w.-]{0,63}$/

interface FoundIssue {
  readonly code: unknown
  readonly path: readonly PropertyKey[]
}

/** Reports the issues of a schema by code and path. A union counts as the issue of its member that got furthest. */
export function reportIssues(issues: readonly SchemaIssue[], { event, schema }: IssueSource): IssueReport {
  const { vendor } = schema['~standard']
  const format = (path: readonly PropertyKey[]): string => formatPath(hideMapKeys(schema, toSegments(path, event)))
  const found = Array.from({ length: Math.min(issues.length, MAX_READ) }, (_, index) =>
    mostSpecific(issues[index], [], vendor),
  )
  const summaries = found.slice(0, MAX_REPORTED).map(({ code, path }) => ({
    ...(typeof code === 'string' && CODE.test(code) && { code }),
    path: format(path),
  }))
  return { issues: summaries, path: format(deepest(found)?.path ?? []) }
}

function mostSpecific(issue: unknown, base: readonly PropertyKey[], vendor: string, depth = 0): FoundIssue {
  const { code, type, path, errors, issues } = issue as { readonly [key: string]: unknown }
  const own = [...base, ...keysOf(path)]
  const here: FoundIssue = { code: code ?? type, path: own }
  if (depth === MAX_DEPTH) return here
  // Inside a union, ArkType writes paths from the event on; Zod and Valibot write them from the union on.
  const nested = [errors, issues].filter(Array.isArray).flat(2).slice(0, MAX_NESTED)
  const inner = nested
    .filter(isObject)
    .map((issue) => mostSpecific(issue, vendor === 'arktype' ? [] : own, vendor, depth + 1))
  return deepest([here, ...inner]) ?? here
}

function keysOf(path: unknown): PropertyKey[] {
  const segments = (path ?? []) as readonly (PropertyKey | { readonly key: PropertyKey })[]
  return Array.from(segments, (segment) => (typeof segment === 'object' ? segment.key : segment))
}

/** The first of the deepest. */
function deepest(found: readonly FoundIssue[]): FoundIssue | undefined {
  let best = found[0]
  for (const issue of found) if (issue.path.length > (best?.path.length ?? 0)) best = issue
  return best
}

/** Yup and others give the index of a list as a string: the event shows which keys are indexes. */
function toSegments(path: readonly PropertyKey[], event: unknown): PathSegment[] {
  let value = event
  const segments: PathSegment[] = []
  for (const key of path) {
    const isIndex = typeof key === 'number' || (Array.isArray(value) && /^\d+$/.test(String(key)))
    segments.push(isIndex ? Number(key) : String(key))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key as string] : undefined
  }
  return segments
}
