/**
 * The window's half of a launch: what ties the answer of the EPR's sign-in to the frame that asked (smart.md 2.1). It
 * lives in this window's session storage between two pages, names nobody, and is gone once read. No cookie is needed.
 */
export function keepBinding(storage: () => Storage, handle: string, binding: string): boolean {
  try {
    storage().setItem(keyOf(handle), binding);
    return storage().getItem(keyOf(handle)) === binding;
  } catch {
    // Storage is closed to this frame (sandbox without allow-same-origin, blocked by policy): the caller says so on screen.
    return false;
  }
}

/** Empty when this window kept none: the launcher then refuses, burns the state and writes it down. */
export function takeBinding(storage: () => Storage, handle: string): string {
  try {
    const binding = storage().getItem(keyOf(handle)) ?? '';
    storage().removeItem(keyOf(handle));
    return binding;
  } catch {
    return '';
  }
}

function keyOf(handle: string): string {
  return `corridor:${handle}`;
}
