import fc from 'fast-check'
import { inject } from 'vitest'

fc.configureGlobal({ seed: inject('seed') })

// The default report of a batch with failures goes to standard output; vitest's own output does not come from this process.
process.stdout.write = () => true
