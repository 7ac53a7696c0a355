import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Disk } from '../../../src/local/warehouse/disk.ts'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import { beginOwned, endOwned, ownerState } from '../../../src/local/warehouse/owner.ts'
import { referredFiles } from '../../../src/local/warehouse/references.ts'
import { loadLatest } from '../../../src/local/warehouse/versions.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { bundled } from '../../support/bundled.ts'
import { readTable } from '../../support/icebird.ts'
import { createFailingDisk, FAILURES } from './support/failing-disk.ts'
import { createMemoryDisk, type MemoryDisk } from './support/memory-disk.ts'
import { change, people, temporaryFolder } from './support/tables.ts'

/** The files on disk that the table does not need; and those that it needs and that are not there. */
async function compare(disk: Disk, folder: string, files: readonly string[]) {
  const latest = await loadLatest(disk, folder)
  if (latest === undefined) throw new Error('the table has gone')
  const needed = new Set(await referredFiles(disk, folder, latest.metadata))
  const logged = latest.metadata['metadata-log'].map((entry) => entry['metadata-file'].split('/').at(-1) ?? '')
  for (const name of [...logged, latest.file, 'version-hint.text']) needed.add(name)
  const names = files.map((file) => file.split('/').at(-1) ?? '')
  return {
    surplus: names.filter((name) => !needed.has(name)),
    missing: [...needed].filter((name) => !names.includes(name)),
  }
}

const CLEAN = { surplus: [], missing: [] }

describe.each(FAILURES)('after a crash %s an operation', (failure) => {
  test('the next commit removes what is left over, and nothing that a snapshot refers to', async () => {
    for (let at = 0; ; at++) {
      expect(at).toBeLessThan(60)
      const disk = createMemoryDisk()
      const open = async (on: Disk = disk) => createWarehouse({ folder: '/w', disk: on }).openTable('db', people)
      await (await open()).commit([change('insert', { id: 'a', age: 1 })])
      const crashing = createFailingDisk(disk, { at, failure, forGood: true })
      await open(crashing)
        .then((table) => table.commit([change('update', { id: 'a', age: 2 })]))
        .catch(() => undefined)
      await (await open()).commit([change('insert', { id: 'b', age: 3 })])
      expect(await compare(disk, '/w/db/people', [...disk.files.keys()])).toEqual(CLEAN)
      if (crashing.operations() <= at) return
    }
  })
})

test('a lost race leaves nothing behind', async () => {
  const disk = createMemoryDisk()
  const tables = await Promise.all([1, 2, 3].map(() => createWarehouse({ folder: '/w', disk }).openTable('db', people)))
  await Promise.all(tables.map((table, age) => table.commit([change('update', { id: 'a', age })])))
  expect(await compare(disk, '/w/db/people', [...disk.files.keys()])).toEqual(CLEAN)
})

test('commits that are killed on the real disk leave nothing that the next commit does not remove', async () => {
  const folder = await temporaryFolder()
  const writer = await bundled(fileURLToPath(new URL('support/commit-for-ever.ts', import.meta.url)))
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await sleep(40 + round * 37)
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const table = await createWarehouse({ folder }).openTable('db', people)
  await table.commit([change('insert', { id: 'last', age: 1 })])
  const place = join(folder, 'db/people')
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  expect(await compare(nodeDisk, place, files)).toEqual(CLEAN)
  expect((await readTable(place)).filter(({ id }) => id === 'last')).toHaveLength(1)
}, 120_000)

describe('the commit of a process that still runs', () => {
  const note = (disk: MemoryDisk, name: string, files: readonly string[]) =>
    disk.write(`/w/db/people/metadata/.pending/${name}.json`, new TextEncoder().encode(JSON.stringify(files)))
  const left = '/w/db/people/data/theirs.parquet'

  const commitBeside = async (name: string): Promise<boolean> => {
    const disk = createMemoryDisk()
    const table = await createWarehouse({ folder: '/w', disk }).openTable('db', people)
    await disk.write(left, new Uint8Array(1))
    await note(disk, name, ['data/theirs.parquet'])
    await table.commit([change('insert', { id: 'a', age: 1 })])
    return disk.files.has(left)
  }

  test('keeps its files while it is under way, and loses them when it ended without a word', async () => {
    const name = beginOwned(crypto.randomUUID())
    expect(await commitBeside(name)).toBe(true)
    endOwned(name)
    expect(await commitBeside(name)).toBe(false)
  })

  test('keeps them for a day if it runs elsewhere', async () => {
    const elsewhere = (ageMs: number) => `${'0'.repeat(12)}.1.0.${Date.now() - ageMs}.${crypto.randomUUID()}`
    expect(await commitBeside(elsewhere(3_600_000))).toBe(true)
    expect(await commitBeside(elsewhere(90_000_000))).toBe(false)
  })

  test('is another process, which may have ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const name = beginOwned(crypto.randomUUID()).replace(`.${process.pid}.`, `.${child.pid}.`)
    expect(ownerState(name)).toBe('running')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(ownerState(name)).toBe('gone')
  })
})

test('a commit whose note was removed, because it took more than a day, does not happen', async () => {
  const disk = createMemoryDisk()
  const table = await createWarehouse({ folder: '/w', disk }).openTable('db', people)
  const { write } = disk
  disk.write = async (path, bytes) => {
    await write(path, bytes)
    if (!path.includes('/snap-')) return
    for (const file of disk.files.keys()) if (file.includes('/.pending/')) await disk.remove(file)
  }
  await expect(table.commit([change('insert', { id: 'a', age: 1 })])).rejects.toThrow('it took more than a day')
  expect(table.state()).toMatchObject({ rows: 0, version: 1 })
})
