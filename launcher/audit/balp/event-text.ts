/**
 * The text of an AuditEvent, which is what `JSON.stringify` makes of it. Most of an event is the same in all events of a
 * view, and much in all of a launcher: those parts are spelt once.
 */
export function eventText(event: object): string {
  let text = '';
  for (const [name, value] of Object.entries(event))
    if (value !== undefined) text += `${text === '' ? '{' : ','}"${name}":${textOf(value)}`;
  return `${text}}`;
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  return TEXTS.get(value) ?? JSON.stringify(value);
}

const TEXTS = new WeakMap<object, string>();

/** Remembers the text of a part, which must not be changed any more. */
function keep<Part extends object>(part: Part): Part {
  for (const one of Array.isArray(part) ? (part as readonly object[]) : [part])
    TEXTS.set(Object.freeze(one), JSON.stringify(one));
  return part;
}

const KEPT = new WeakMap<object, Map<string, object>>();
/** Members and sources of a community, a few times over; beyond it parts are made anew each time. */
const MOST = 5_000;

/** A part that is the same for all events of one launcher. `key` says everything that `make` looks at. */
export function keptFor<Part extends object>(owner: object, key: string, make: () => Part): Part {
  const parts = KEPT.get(owner) ?? new Map<string, object>();
  KEPT.set(owner, parts);
  const known = parts.get(key);
  if (known) return known as Part;
  const part = keep(make());
  if (parts.size < MOST) parts.set(key, part);
  return part;
}

/**
 * A part that is the same for all events of a view; `from` is everything that `make` looks at. Only the last is held: no
 * list of people grows here.
 */
export function keepLast<Part extends object>(): (from: readonly (string | undefined)[], make: () => Part) => Part {
  let last: { readonly from: readonly (string | undefined)[]; readonly part: Part } | undefined;
  return (from, make) => {
    if (!last?.from.every((one, index) => one === from[index])) last = { from, part: keep(make()) };
    return last.part;
  };
}
