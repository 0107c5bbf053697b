/** So deep a concept is compared, extensions on its codings included; what lies deeper is never alike. */
export const COMPARED_DEPTH = 6;

/** Whether two parsed values say the same in every part, in whatever order. */
export function alike(a: unknown, b: unknown, depth = COMPARED_DEPTH): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth === 0) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (!alike(a[index], b[index], depth - 1)) return false;
    return true;
  }
  let count = 0;
  for (const name in a) {
    count++;
    if (!alike((a as Parts)[name], (b as Parts)[name], depth - 1)) return false;
  }
  for (const _name in b) count--;
  return count === 0;
}

type Parts = { readonly [name: string]: unknown };
