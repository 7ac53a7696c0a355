/**
 * All that the warehouse asks of a disk. A port this small is what makes its failures testable: a test hands in a disk
 * that fails, or stops for good, at any operation.
 */
export interface Disk {
  /** The bytes of a file, or undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>
  /**
   * Puts a file there, replacing one of that name. The name never shows a part of it, and what is there lasts. The bytes go
   * to `temporary` first, on the same file system, by default a random name beside it.
   */
  write(path: string, bytes: Uint8Array, temporary?: string): Promise<void>
  /** As `write`, but only where the name is free; false where it is taken. Of two at once, one gets it. */
  create(path: string, bytes: Uint8Array, temporary?: string): Promise<boolean>
  /** The names in a folder, in no order; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** Makes a folder and those above it, where they are missing. */
  makeFolder(path: string): Promise<void>
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>
}
