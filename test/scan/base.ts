/** A part of a document, in bytes. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A key and its value; the value begins after the colon. */
export interface Member extends Span {
  readonly keyEnd: number
}

/** A valid document and the places of its parts, so that mutations need not read it again. */
export interface Base {
  readonly bytes: Buffer
  /** Every value except the document itself. */
  readonly values: readonly Span[]
  /** The values that a route reads, and the values inside them. */
  readonly wanted: readonly Span[]
  /** The members of each object that is not empty. */
  readonly objects: readonly (readonly Member[])[]
  /** The members on the path to a value that a route reads. */
  readonly wantedMembers: readonly { readonly member: Member; readonly object: readonly Member[] }[]
  /** The insides of strings, keys included. */
  readonly strings: readonly Span[]
  /** The places for white space. */
  readonly gaps: readonly number[]
}

type Path = readonly string[]

/** Prints an event and notes the places of its parts. */
export function baseOf(event: object, wantedPaths: readonly Path[] = []): Base {
  const pieces: string[] = []
  const base = {
    values: [] as Span[],
    wanted: [] as Span[],
    objects: [] as Member[][],
    strings: [] as Span[],
    gaps: [0],
  }
  const wantedMembers: { member: Member; object: readonly Member[] }[] = []
  let at = 0
  const put = (text: string): void => {
    pieces.push(text)
    at += Buffer.byteLength(text)
  }
  const token = (text: string): void => {
    put(text)
    base.gaps.push(at)
  }
  const putString = (text: string): void => {
    const start = at + 1
    token(JSON.stringify(text))
    base.strings.push({ start, end: at - 1 })
  }
  const visit = (value: unknown, path: Path): void => {
    const start = at
    if (typeof value === 'string') putString(value)
    else if (Array.isArray(value)) visitList(value, path)
    else if (typeof value === 'object' && value !== null) visitObject(value, path)
    else token(JSON.stringify(value ?? null))
    if (path.length === 0) return
    base.values.push({ start, end: at })
    if (wantedPaths.some((wanted) => isAlong(wanted, path))) base.wanted.push({ start, end: at })
  }
  const visitList = (list: readonly unknown[], path: Path): void => {
    token('[')
    for (const [index, item] of list.entries()) {
      if (index > 0) token(',')
      visit(item, [...path, String(index)])
    }
    token(']')
  }
  const visitObject = (object: object, path: Path): void => {
    const members: Member[] = []
    token('{')
    for (const [index, [key, value]] of Object.entries(object).filter(isThere).entries()) {
      if (index > 0) token(',')
      const start = at
      putString(key)
      const keyEnd = at
      token(':')
      visit(value, [...path, key])
      const member = { start, keyEnd, end: at }
      members.push(member)
      if (wantedPaths.some((wanted) => isAlong(wanted, [...path, key]))) wantedMembers.push({ member, object: members })
    }
    token('}')
    if (members.length > 0) base.objects.push(members)
  }
  visit(event, [])
  return { ...base, wantedMembers, bytes: Buffer.from(pieces.join('')) }
}

/** Checks whether one path leads to the other. */
function isAlong(wanted: Path, path: Path): boolean {
  return wanted.every((key, index) => index >= path.length || path[index] === key)
}

/** JSON has no undefined: such a key is left out, as JSON.stringify does. */
function isThere([, value]: readonly [string, unknown]): boolean {
  return value !== undefined
}
