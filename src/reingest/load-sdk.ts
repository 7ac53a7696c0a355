import { importPeer } from '../peer.ts'

/**
 * Loads a package of the AWS SDK, an optional peer. A user who passes a client of the package has it loaded already.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export function loadSdk<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  return importPeer({ ...SDK, name, install: `npm install ${name}` }, load)
}

const SDK = { user: 'putting records back', entry: 'firehose-iceberg-router/reingest' }
