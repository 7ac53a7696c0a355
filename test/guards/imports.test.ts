import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** Every source file, as `src/room/file.ts`; AssemblyScript has imports of its own kind. */
const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => posix.join('src', path))
  .filter((path) => path.endsWith('.ts') && !path.includes('/assembly/'))

/** `src/table/column.ts` is in the room `table`, `src/error.ts` is the room `error`. */
function roomOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '')
}

/** The other rooms that the files of each room import, types included. */
function realImports(): Map<string, string[]> {
  const imports = new Map<string, Set<string>>()
  for (const file of files) {
    const room = roomOf(file)
    const rooms = imports.get(room) ?? new Set()
    imports.set(room, rooms)
    for (const [, path = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(
      /\b(?:from|import)\s*\(?'(\.[^']+)'/g,
    )) {
      const other = roomOf(posix.join(posix.dirname(file), path))
      if (other !== room) rooms.add(other)
    }
  }
  return new Map([...imports].map(([room, rooms]) => [room, [...rooms].sort()]))
}

/** The table in CONTRIBUTING.md. */
function allowedImports(): Map<string, string[]> {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const lines = [...text.matchAll(/^\| `([\w-]+)` \|.*\| ([^|]*) \|$/gm)]
  return new Map(
    lines.map(([, room = '', rooms = '']) => [
      room,
      [...rooms.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name).sort(),
    ]),
  )
}

describe('the rooms of src', () => {
  it('import exactly what the table in CONTRIBUTING.md says', () => {
    const [real, allowed] = [realImports(), allowedImports()]
    expect([...real.keys()].sort()).toEqual([...allowed.keys()].sort())
    for (const [room, rooms] of real) expect({ room, rooms }).toEqual({ room, rooms: allowed.get(room) })
  })

  it('are in the table once each, below the rooms that they import', () => {
    const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
    const listed = [...text.matchAll(/^\| `([\w-]+)` \|.*\|$/gm)].map(([, room = '']) => room)
    expect(listed).toEqual([...new Set(listed)])
    for (const [room, imported] of allowedImports()) {
      const above = listed.slice(0, listed.indexOf(room))
      expect({ room, below: imported.filter((other) => !above.includes(other)) }).toEqual({ room, below: [] })
    }
  })

  it('never import in a circle', () => {
    const imports = realImports()
    const levels = new Map<string, number>()
    const levelOf = (room: string, path: readonly string[]): number => {
      expect(path, 'a circle of rooms').not.toContain(room)
      const level =
        levels.get(room) ??
        Math.max(0, ...(imports.get(room) ?? []).map((other) => levelOf(other, [...path, room]) + 1))
      levels.set(room, level)
      return level
    }
    for (const room of imports.keys()) expect(levelOf(room, [])).toBeLessThan(imports.size)
  })
})

it('no two files of the same name mean different things', () => {
  // A folder's entry; the modules that build:wasm writes; the options of the router, and what checks options.
  const shared = new Set(['index.ts', 'module.ts', 'options.ts'])
  const paths = new Map<string, string[]>()
  for (const path of files) {
    const name = posix.basename(path)
    if (!shared.has(name)) paths.set(name, [...(paths.get(name) ?? []), path])
  }
  expect([...paths.values()].filter((same) => same.length > 1)).toEqual([])
})
