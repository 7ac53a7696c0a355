import { box, type Picture, text } from './svg.ts'

/** What a room is for, in a few words; its row in CONTRIBUTING.md has more. */
const WORDS: { readonly [room: string]: readonly string[] } = {
  error: ['one error class'],
  options: ['option checks'],
  promise: ['maybe promises'],
  'standard-schema': ['its interface'],
  firehose: ['the wire'],
  table: ['columns, encoder'],
  match: ['matchers, dispatch'],
  select: ['sources'],
  scan: ['compiled engine'],
  outcome: ['outcomes, rows'],
  report: ['reports, hooks'],
  'dead-letter': ['failures as rows'],
  router: ['the walk of a record'],
  reingest: ['back onto the stream'],
  artefacts: ['DDL, templates, JQ'],
  'from-schema': ['tables of schemas'],
  drift: ['declared and actual'],
  index: ['public surface'],
  ses: ['SES tables, router'],
  testing: ['events, checks'],
  local: ['local Firehose'],
  cli: ['the command'],
}

const TOOLS = new Set(['artefacts', 'drift', 'testing', 'local', 'cli'])

/** The rooms that each room imports, as the table in CONTRIBUTING.md has them. */
export function readRooms(contributing: string): ReadonlyMap<string, readonly string[]> {
  const rows = [...contributing.matchAll(/^\| `([\w-]+)` \|.*\| ([^|]*) \|$/gm)]
  return new Map(
    rows.map(([, room = '', rooms = '']) => [room, [...rooms.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name)]),
  )
}

/** Rooms floor by floor, the lowest first: a room is above all that it imports. */
function floorsOf(rooms: ReadonlyMap<string, readonly string[]>): string[][] {
  const floorOf = (room: string): number => Math.max(0, ...(rooms.get(room) ?? []).map((other) => floorOf(other) + 1))
  const floors: string[][] = []
  for (const room of rooms.keys()) {
    const floor = floorOf(room)
    floors[floor] = [...(floors[floor] ?? []), room]
  }
  return floors
}

const [WIDTH, HEIGHT, STEP_X, STEP_Y] = [160, 50, 174, 66]

/** Draws the rooms of `src`: each floor imports only from the floors below. */
export function drawRooms(contributing: string): Picture {
  const floors = floorsOf(readRooms(contributing)).toReversed()
  const widest = Math.max(...floors.map((floor) => floor.length))
  const width = widest * STEP_X + 26
  const shapes = floors.flatMap((floor, row) => {
    const left = (width - floor.length * STEP_X + STEP_X - WIDTH) / 2
    return floor.map((room, column) => {
      const look = room === 'router' ? 'ours' : TOOLS.has(room) ? 'quiet' : 'plain'
      const at = { x: left + column * STEP_X, y: 20 + row * STEP_Y }
      return box({ ...at, width: WIDTH, height: HEIGHT, title: room, notes: WORDS[room] ?? [], look })
    })
  })
  const height = floors.length * STEP_Y + 52
  const caption = 'A room imports only from the floors below it. Dashed: tools that no Lambda loads.'
  return {
    title:
      'The rooms of src, floor by floor, with cli and testing at the top and the wire and the error class at the bottom.',
    width,
    height,
    shapes: [...shapes, text([width / 2, height - 18], caption, { look: 'note', anchor: 'middle' })],
  }
}
