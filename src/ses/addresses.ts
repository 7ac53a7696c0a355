import type { SesMail } from './message.ts'

/** Where the sender of a message is written, the best place first. */
export function fromAddress(mail: SesMail | null | undefined): string | null {
  return firstAddress(lastHeader(mail?.headers, 'from'), mail?.commonHeaders?.from, mail?.source)
}

/** Where the recipients of a message are written, the best place first. */
export function toAddress(mail: SesMail | null | undefined): string | null {
  return firstAddress(lastHeader(mail?.headers, 'to'), mail?.commonHeaders?.to, mail?.destination)
}

/**
 * The value of the last header of a name. The list is the message's own, so it may hold anything: what is no pair of
 * strings is passed over, and what is no list at all has no headers.
 */
function lastHeader(headers: unknown, name: string): string | undefined {
  if (!Array.isArray(headers)) return undefined
  for (let index = headers.length - 1; index >= 0; index--) {
    const header: unknown = headers[index]
    if (isHeader(header) && header.name.toLowerCase() === name) return header.value
  }
  return undefined
}

function isHeader(header: unknown): header is { readonly name: string; readonly value: string } {
  if (typeof header !== 'object' || header === null) return false
  return 'name' in header && typeof header.name === 'string' && 'value' in header && typeof header.value === 'string'
}

function firstAddress(...places: unknown[]): string | null {
  const found = places.find((place) => place !== undefined && place !== null && !isEmptyList(place))
  if (found === undefined) return null
  if (Array.isArray(found) && found.every((address) => typeof address === 'string')) return found.join(', ')
  // Of any other type: handed on as it is, so that the column refuses it by name instead of writing "[object Object]".
  return found as string
}

function isEmptyList(place: unknown): boolean {
  return Array.isArray(place) && place.length === 0
}
