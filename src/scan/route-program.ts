import type { ElementOptions } from '../select/source.ts'
import type { Image } from './image.ts'

/** A route's program before the slots are assigned: they are known only once all routes are compiled. */
export interface RouteProgram {
  readonly image: Image
  /** The program's words; `assembly/row.ts` reads them. */
  readonly words: number[]
  readonly wants: WantedValue[]
  /** Here, `lengthAt` is relative to the address of the words. */
  readonly cells: MetadataCell[]
}

/** A value of the event that a source reads. */
export interface WantedValue {
  /** The index of the word for its slot. */
  readonly word: number
  readonly keys: readonly string[]
  /** If set, the value is a list, and a field of one element is read. */
  readonly element: ElementOptions | undefined
  /** The value is printed as JSON. */
  readonly isPrinted: boolean
}

/** A cell that the host writes for each record: its address, and the address of its length. */
export interface MetadataCell {
  readonly name: 'recordId' | 'partitionKey'
  readonly at: number
  readonly lengthAt: number
}

/** The largest size of such a cell. */
export const MAX_METADATA_BYTES = 1024
