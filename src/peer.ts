import { IcebergRouterError } from './error.ts'

/**
 * Loads a package of the AWS SDK when it is first needed: an optional peer, so that nobody who puts nothing back has to
 * have it. Whoever passes its client has it loaded already.
 *
 * @throws IcebergRouterError `MissingDependency`, with the command that installs it
 */
export async function loadSdk<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause
    const headline = `putting records back needs ${name}: npm install ${name}`
    throw new IcebergRouterError('MissingDependency', headline, { cause })
  }
}

/** A package that is there but lacks something of its own is broken, not missing. */
function isMissing(error: unknown, name: string): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return false
  return error instanceof Error && error.message.includes(`'${name}'`)
}
