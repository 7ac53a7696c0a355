import { peerError } from '../peer.ts'

/**
 * The error to throw if the `import()` of an AWS SDK package, an optional peer, failed: `MissingDependency`, with the command
 * that installs it. A user who passes a client of the package has it loaded already.
 *
 * The `import()` itself is in a `try` of each target: this tells bundlers that the package may be absent, so a function with
 * a target for one service bundles without the SDK of the other.
 */
export function sdkError(name: string, cause: unknown): unknown {
  return peerError({ ...SDK, name, install: `npm install ${name}` }, cause)
}

const SDK = { user: 'putting records back', entry: 'firehose-iceberg-router/reingest' }
