/** An instance whose memory stays as it is. */
class Fixed extends WebAssembly.Instance {
  override readonly exports: WebAssembly.Exports
  constructor(module: WebAssembly.Module) {
    super(module)
    const { memory, ...functions } = super.exports
    const { buffer } = memory as WebAssembly.Memory
    const grow = (): never => {
      throw new RangeError('no memory')
    }
    this.exports = { ...functions, memory: { buffer, grow } as unknown as WebAssembly.Memory }
  }
}

/** WebAssembly, as far as it is used, of a runtime that gives no more memory than there is at first. */
export const NO_MEMORY: Pick<typeof WebAssembly, 'Module' | 'Instance'> = {
  Module: WebAssembly.Module,
  Instance: Fixed,
}
