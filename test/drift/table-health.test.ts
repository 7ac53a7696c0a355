import { describe, expect, it } from 'vitest'
import { tableHealth } from '../../src/drift/table-health.ts'

const MINUTE = 60_000
const MONTH = 43_200

/** The metadata of a table after some commits, one a minute. */
function metadataOf(
  commits: number,
  { properties = {}, expired = 0 }: { properties?: object; expired?: number } = {},
): object {
  const snapshots = Array.from({ length: commits }, (_, index) => ({
    'snapshot-id': 1_000_000 + index,
    'timestamp-ms': 1_700_000_000_000 + index * MINUTE,
    'manifest-list': `s3://bucket/t/metadata/snap-${1_000_000 + index}.avro`,
    summary: {
      operation: 'append',
      'total-data-files': '300',
      'total-delete-files': '20',
      'total-files-size': '3200000',
    },
  }))
  return {
    'format-version': 2,
    location: 's3://bucket/t',
    'last-sequence-number': commits + expired,
    'current-snapshot-id': 1_000_000 + commits - 1,
    properties,
    snapshots,
    'snapshot-log': snapshots.map((snapshot) => ({
      'snapshot-id': snapshot['snapshot-id'],
      'timestamp-ms': snapshot['timestamp-ms'],
    })),
    'metadata-log': [],
  }
}

/** The same month, commit by commit. */
function simulate(commits: number, { bytes, each, kept }: { bytes: number; each: number; kept: number }): number {
  const files: number[] = []
  for (let commit = 1; commit <= commits; commit++) {
    files.push(bytes + commit * each)
    if (files.length > kept) files.shift()
  }
  return files.reduce((sum, file) => sum + file, 0)
}

const clean = { 'write.metadata.delete-after-commit.enabled': 'true', 'write.metadata.previous-versions-max': '50' }

describe('tableHealth', () => {
  it('counts snapshots, files and the rate of commits', () => {
    const health = tableHealth(metadataOf(500), 'shop.t')
    expect(health).toMatchObject({ snapshots: 500, dataFiles: 300, deleteFiles: 20, meanFileBytes: 10_000 })
    expect(health.commitsPerDay).toBeCloseTo(1440)
    expect(health.month?.commits).toBe(MONTH)
  })

  it.each([
    ['nothing is removed', {}, 0, Number.POSITIVE_INFINITY],
    ['old metadata files are removed', clean, 0, 50],
    ['snapshots are removed too', clean, 7, 50],
  ])('computes the growth of a month as a simulation does: %s', (_, properties, expired, kept) => {
    const { month, metadataBytes: bytes, bytesPerSnapshot } = tableHealth(metadataOf(100, { properties, expired }), 't')
    const each = expired > 0 ? 0 : bytesPerSnapshot
    const simulated = simulate(MONTH, { bytes, each, kept })
    expect((month?.metadataBytes ?? 0) / simulated).toBeCloseTo(1, 9)
    expect(month?.dollars).toBeCloseTo((simulated / 1e9) * 0.023)
  })

  it('a commit a minute for a month adds hundreds of gigabytes, and upkeep takes at most a fiftieth of that', () => {
    const without = tableHealth(metadataOf(100), 't').month?.metadataBytes ?? 0
    const withUpkeep = tableHealth(metadataOf(100, { properties: clean, expired: 1 }), 't').month?.metadataBytes ?? 0
    expect(without).toBeGreaterThan(2e11)
    expect(withUpkeep).toBeLessThan(without / 50)
  })

  it('says what to do, as commands', () => {
    const { findings } = tableHealth(metadataOf(500), 'shop.t')
    expect(findings.map(({ path }) => path)).toEqual(['properties', 'snapshots', 'files'])
    expect(findings.map(({ remedy }) => remedy).join('\n')).toMatch(
      /ALTER TABLE shop\.t SET(.|\n)*VACUUM shop\.t(.|\n)*OPTIMIZE shop\.t/,
    )
    expect(tableHealth(metadataOf(50, { properties: clean, expired: 1 }), 'shop.t').findings).toHaveLength(1)
  })

  it('knows a table without rows, and refuses other JSON', () => {
    expect(tableHealth(metadataOf(0, { properties: clean }), 't')).toMatchObject({ month: undefined, findings: [] })
    expect(() => tableHealth({}, 't')).toThrow('the metadata of t: expected an Iceberg metadata file')
  })
})
