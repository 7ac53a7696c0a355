import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FILE = join(ROOT, 'test/types/generated-hover.ts')
const CODE = `import { type RowOf, defineTable, t } from 'firehose-iceberg-router'
const orders = defineTable({
  name: 'orders',
  columns: {
    id: t.string(),
    at: t.timestamp(),
    total: t.nullable(t.decimal(9, 2)),
    lines: t.list(t.struct({ sku: t.string(), amount: t.int({ default: 1 }) })),
    labels: t.map(t.string(), t.nullable(t.string())),
    raw: t.binary(),
    region: t.string({ default: 'eu' }),
  },
})
type Row = RowOf<typeof orders>`

/** The text that an editor shows for a type alias. */
function hover(): string {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const files = { [FILE]: CODE }
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false, noErrorTruncation: true, types: [] }),
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = files[name] ?? ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name in files || ts.sys.fileExists(name),
    readFile: (name) => files[name] ?? ts.sys.readFile(name),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
  })
  const info = service.getQuickInfoAtPosition(FILE, CODE.indexOf('Row =') + 1)
  return ts.displayPartsToString(info?.displayParts)
}

it('the type of a row reads like the declaration', () => {
  expect(hover()).toMatchInlineSnapshot(`
    "type Row = {
        readonly id: string;
        readonly at: t.TimestampInput;
        readonly total: t.DecimalInput | null;
        readonly lines: readonly {
            readonly sku: string;
            readonly amount?: number | undefined;
        }[];
        readonly labels: t.MapInput<string, string | null>;
        readonly raw: Uint8Array<ArrayBufferLike>;
        readonly region?: string | undefined;
    }"
  `)
})
