import { expect } from 'vitest'
import { type Engines, findDisagreement } from './agreement.ts'

export { bothEngines, type Engines } from './agreement.ts'

/** Runs records with both engines and expects the same rows, codes, messages and paths. */
export async function expectAgreement(engines: Engines, documents: readonly Uint8Array[]): Promise<void> {
  const found = await findDisagreement(engines, documents)
  expect(found?.compiled).toEqual(found?.plain)
  expect(found).toBeUndefined()
}
