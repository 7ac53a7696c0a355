import { afterEach, beforeEach, vi } from 'vitest'

/**
 * Gives each test of a block modules of its own: what it imports inside the test is loaded anew, and forgotten afterwards. The
 * test files of a process share their modules, so that one that was loaded without WebAssembly would change the results of a
 * later file.
 */
export function useFreshModules(): void {
  beforeEach(() => {
    vi.resetModules()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })
}
