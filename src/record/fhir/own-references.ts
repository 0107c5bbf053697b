/**
 * A server may name its own resources by their whole address. Those below its base are made relative (`Type/id`) before
 * anything reads them, and only those: what stays absolute is another server's, where the same id means somebody else.
 */
export function ownReferences(base: string): { readonly makeRelative: (resource: unknown) => unknown } {
  const roots = [...new Set([base, canonical(base)])].map((root) => `${root.replace(/\/+$/, '')}/`);
  const relative = (literal: string): string => {
    const rest = literal.slice(roots.find((root) => literal.startsWith(root))?.length);
    return TYPE_AND_ID.test(rest) ? rest : literal;
  };
  return { makeRelative: (resource) => walk(resource, relative) };
}

const TYPE_AND_ID = /^[A-Z][A-Za-z]{1,63}\/[^/?#\s]{1,128}(?:\/_history\/[^/?#\s]{1,64})?$/;

/** The same value where there was nothing to change, so that a page without such references is not copied. */
function walk(value: unknown, relative: (literal: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return walkList(value, relative);
  let copy: Record<string, unknown> | undefined;
  for (const [name, child] of Object.entries(value)) {
    const next = name === 'reference' && typeof child === 'string' ? relative(child) : walk(child, relative);
    if (next !== child) copy = { ...(copy ?? value), [name]: next };
  }
  return copy ?? value;
}

function walkList(list: readonly unknown[], relative: (literal: string) => string): readonly unknown[] {
  const walked = list.map((item) => walk(item, relative));
  return walked.some((item, index) => item !== list[index]) ? walked : list;
}

/** Host in lower case and without its usual port: both ways of writing it are the same server. */
function canonical(base: string): string {
  return base.replace(/^https?:\/\/[^/?#]+/i, (server) =>
    server.toLowerCase().replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2'),
  );
}
