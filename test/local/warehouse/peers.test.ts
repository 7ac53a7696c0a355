import { expect, test } from 'vitest'
import { loadAvsc, loadParquetWriter, loadPeer } from '../../../src/local/warehouse/peers.ts'
import { toFileUri } from '../../../src/local/warehouse/uri.ts'

const missing = (name: string, code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(`Cannot find package '${name}' imported from index.js`), { code })
}

test.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
  'a peer that is missing (%s) says how to install it',
  async (code) => {
    await expect(loadPeer('avsc', missing('avsc', code))).rejects.toMatchObject({
      code: 'MissingDependency',
      message: 'the local warehouse needs avsc: npm install --save-dev avsc hyparquet-writer',
      cause: expect.any(Error),
    })
  },
)

test('a peer that is broken says so itself', async () => {
  const broken = missing('hyparquet', 'ERR_MODULE_NOT_FOUND')
  await expect(loadPeer('hyparquet-writer', broken)).rejects.toThrow("Cannot find package 'hyparquet'")
  await expect(loadPeer('avsc', () => Promise.reject(new SyntaxError('bad')))).rejects.toThrow('bad')
})

test('a Node that cannot require ESM packages is told to be too old', async () => {
  const load = missing('hyparquet-writer', 'ERR_REQUIRE_ESM')
  await expect(loadPeer('hyparquet-writer', load)).rejects.toMatchObject({
    code: 'MissingDependency',
    message: expect.stringContaining('update Node to 20.19 or later'),
  })
})

test('the peers are there', async () => {
  expect((await loadAvsc()).Type).toBeTypeOf('function')
  expect((await loadParquetWriter()).ParquetWriter).toBeTypeOf('function')
})

test.each([
  ['/data/warehouse', 'file:///data/warehouse'],
  ['/with space/é', 'file:///with space/é'],
  ['C:\\data\\warehouse', 'file:///C:/data/warehouse'],
])('%s is %s', (path, uri) => {
  expect(toFileUri(path)).toBe(uri)
})
