/**
 * All operations that the warehouse needs of a disk. The interface is small, so that tests can use a disk that fails, or stops
 * for ever, at any operation.
 */
export interface Disk {
  /** The bytes of a file; undefined if it does not exist. */
  read(path: string): Promise<Uint8Array | undefined>
  /**
   * Writes a file, and replaces one of that name. Readers see the whole file or nothing, and it survives a power cut. The bytes
   * are first written to `temporary` on the same file system, by default a random name in the same folder.
   */
  write(path: string, bytes: Uint8Array, temporary?: string): Promise<void>
  /** Like `write`, but only if the name is free; false if it is taken. If two callers try at once, one of them succeeds. */
  create(path: string, bytes: Uint8Array, temporary?: string): Promise<boolean>
  /** The names in a folder, in no order; empty if the folder does not exist. */
  list(folder: string): Promise<readonly string[]>
  /** Makes a folder, and missing folders above it. */
  makeFolder(path: string): Promise<void>
  /** Removes a file if it exists. */
  remove(path: string): Promise<void>
}
