import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { IcebergRouterError } from '../../../src/error.ts'
import { nodeDisk } from '../../../src/local/warehouse/node-disk.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { readTable } from '../../support/icebird.ts'
import { createFailingDisk } from './support/failing-disk.ts'
import { change, people, temporaryFolder } from './support/tables.ts'

async function failureOf(work: Promise<unknown>): Promise<IcebergRouterError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(IcebergRouterError)
  return error as IcebergRouterError
}

describe('a folder that cannot be used', () => {
  test.each(['EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EPERM', 'EMFILE'])('%s is told in words', async (code) => {
    const folder = await temporaryFolder()
    const disk = createFailingDisk(nodeDisk, { at: 0, failure: 'before', forGood: true, code })
    const error = await failureOf(createWarehouse({ folder, disk }).openTable('db', people))
    expect(error.code).toBe('WarehouseUnavailable')
    expect(error.message).toMatch(new RegExp(`^cannot make the folder ${folder}/db/people/data: .{30,} \\(${code}\\)$`))
    expect(error.cause).toMatchObject({ code })
  })

  test('a failure without a code is told as it came', async () => {
    const disk = { ...nodeDisk, makeFolder: () => Promise.reject(new Error('the cable is out')) }
    const error = await failureOf(createWarehouse({ folder: '/w', disk }).openTable('db', people))
    expect(error.message).toBe('cannot make the folder /w/db/people/data: the cable is out')
  })

  test('a file stands where the folder should be', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    const error = await failureOf(createWarehouse({ folder: join(folder, 'file') }).openTable('db', people))
    expect(error.code).toBe('WarehouseUnavailable')
    expect(error.message).toContain('is a file, not a folder')
  })

  test('a file stands where the folder of the table should be', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'db/people'), { recursive: true })
    await writeFile(join(folder, 'db/people/data'), '')
    const error = await failureOf(createWarehouse({ folder }).openTable('db', people))
    expect(error.message).toContain('a file has the name of this folder')
  })

  test.each(['a?b', 'a#b', 'a%20b', 'a*b'])('%s is refused, because Iceberg paths cannot name it', (name) => {
    expect(() => createWarehouse({ folder: `/tmp/${name}` })).toThrow(/expected a path without/)
  })

  test.each([
    ['../up', people],
    ['', people],
    ['Db', people],
    ['db', { ...people, name: '../up' }],
  ])('database %j and its table cannot leave the folder', async (database, table) => {
    const folder = await temporaryFolder()
    const error = await failureOf(createWarehouse({ folder }).openTable(database, table))
    expect(error.code).toBe('InvalidOptions')
  })
})

test('a disk that is full while a commit is written loses nothing and can be tried again', async () => {
  const folder = await temporaryFolder()
  let isFull = false
  const full = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }))
  const disk = {
    ...nodeDisk,
    write: (path: string, data: Uint8Array) => (isFull ? full() : nodeDisk.write(path, data)),
  }
  const table = await createWarehouse({ folder, disk }).openTable('db', people)
  await table.commit([change('insert', { id: 'a', age: 1 })])
  isFull = true
  const error = await failureOf(table.commit([change('insert', { id: 'b', age: 2 })]))
  expect(error.code).toBe('WarehouseUnavailable')
  expect(error.message).toContain('the disk is full; free some space and try again')
  expect(await readTable(table.state().folder)).toHaveLength(1)
  expect(table.state()).toMatchObject({ version: 2, rows: 1 })
  isFull = false
  await table.commit([change('insert', { id: 'b', age: 2 })])
  expect(await readTable(table.state().folder)).toHaveLength(2)
})
