/** Calls a hook of the user. What it throws is ignored, as the option's documentation says: a display must not stop a delivery. */
export function callHook<Value>(hook: (value: Value) => void, value: Value): void {
  try {
    hook(value)
  } catch {
    // Said above.
  }
}
