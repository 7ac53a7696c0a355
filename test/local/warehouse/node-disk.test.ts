import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import { temporaryFolder } from './support/tables.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the real disk', () => {
  test('writes whole files and leaves no temporary ones', async () => {
    const folder = await temporaryFolder()
    await nodeDisk.write(join(folder, 'a'), bytes('old'))
    await nodeDisk.write(join(folder, 'a'), bytes('new'))
    expect(await readdir(folder)).toEqual(['a'])
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
  })

  test('of many at once, one gets a free name, whole', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'v2.metadata.json')
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000))
    const created = await Promise.all(contents.map((content) => nodeDisk.create(path, bytes(content))))
    expect(created.filter(Boolean)).toHaveLength(1)
    expect(await readFile(path, 'utf8')).toBe(contents[created.indexOf(true)])
    expect(await readdir(folder)).toEqual(['v2.metadata.json'])
  })

  test('does not replace what has the name already', async () => {
    const folder = await temporaryFolder()
    await nodeDisk.write(join(folder, 'a'), bytes('theirs'))
    expect(await nodeDisk.create(join(folder, 'a'), bytes('ours'))).toBe(false)
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('theirs')
  })

  test('leaves no temporary file where the name cannot be taken', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'a'))
    await expect(nodeDisk.write(join(folder, 'a'), bytes('text'))).rejects.toMatchObject({ code: 'EISDIR' })
    expect(await readdir(folder)).toEqual(['a'])
  })

  test('takes a name of 255 bytes', async () => {
    const folder = await temporaryFolder()
    const name = 'a'.repeat(255)
    await nodeDisk.write(join(folder, name), bytes('text'))
    expect(await readdir(folder)).toEqual([name])
  })

  test('has nothing where there is nothing', async () => {
    const folder = await temporaryFolder()
    expect(await nodeDisk.read(join(folder, 'none'))).toBeUndefined()
    expect(await nodeDisk.list(join(folder, 'none'))).toEqual([])
    await nodeDisk.remove(join(folder, 'none'))
  })

  test('makes the folders above a folder', async () => {
    const folder = await temporaryFolder()
    await nodeDisk.makeFolder(join(folder, 'a/b/c'))
    await nodeDisk.makeFolder(join(folder, 'a/b/c'))
    expect(await nodeDisk.list(join(folder, 'a/b'))).toEqual(['c'])
    await writeFile(join(folder, 'file'), '')
    await expect(nodeDisk.makeFolder(join(folder, 'file/b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
})
