/** Calls a hook of the user and ignores its errors, as its documentation says: a display must not stop a delivery. */
export function callHook<Value>(hook: (value: Value) => void, value: Value): void {
  try {
    hook(value)
  } catch {
    // A failing hook must not stop the delivery.
  }
}
