import { overflow } from './overflow.ts'
import { pipeline } from './pipeline.ts'
import { drawRooms } from './rooms.ts'
import { type Picture, toSvg } from './svg.ts'
import { walk } from './walk.ts'

/** Every picture of the documentation by its file in docs/img. */
export function drawPictures(contributing: string, scheme?: 'light' | 'dark'): ReadonlyMap<string, string> {
  const pictures: { readonly [name: string]: Picture } = { pipeline, rooms: drawRooms(contributing), walk, overflow }
  return new Map(Object.entries(pictures).map(([name, picture]) => [`${name}.svg`, toSvg(picture, scheme)]))
}
