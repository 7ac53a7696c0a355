import type { ElementOptions } from '../select/source.ts'
import type { Image } from './image.ts'

/** A route's program while it is written: where the values of the event will be noted is not known before all routes are. */
export interface RouteProgram {
  readonly image: Image
  /** `assembly/row.ts` reads them. */
  readonly words: number[]
  readonly wants: WantedValue[]
  /** `lengthAt` counts from where the words will stand. */
  readonly cells: MetadataCell[]
}

/** What of the event a source asks for. */
export interface WantedValue {
  /** The number of the word that says where it is noted. */
  readonly word: number
  readonly keys: readonly string[]
  /** The value is a list, of which a field of one element is taken. */
  readonly element: ElementOptions | undefined
  /** It becomes JSON text. */
  readonly isPrinted: boolean
}

/** A cell that is written for each record: where it stands, and where its length does. */
export interface MetadataCell {
  readonly name: 'recordId' | 'partitionKey'
  readonly at: number
  readonly lengthAt: number
}

/** Most bytes of such a cell. */
export const MAX_METADATA_BYTES = 1024
