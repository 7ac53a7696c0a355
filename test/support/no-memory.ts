/** An instance whose memory cannot grow. */
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

/** The used part of WebAssembly, in a runtime whose memory cannot grow. */
export const NO_MEMORY: Pick<typeof WebAssembly, 'Module' | 'Instance'> = {
  Module: WebAssembly.Module,
  Instance: Fixed,
}
