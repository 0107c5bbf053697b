import type { Resource } from '../../src/record/resource.ts';

/** The same three fields of a resource in every peer: what it is, its value, its day. */
export type Row = { readonly id: string; readonly what: string; readonly value: string; readonly day: string };

type Told = {
  readonly code?: { readonly text?: string };
  readonly medicationCodeableConcept?: { readonly text?: string };
  readonly vaccineCode?: { readonly text?: string };
  readonly type?: { readonly text?: string } | readonly { readonly text?: string }[];
  readonly valueQuantity?: { readonly value: number; readonly unit: string };
  readonly [name: string]: unknown;
};

export function rowOf(resource: Resource, index: number): Row {
  const told = resource as unknown as Told;
  const quantity = told.valueQuantity;
  const day = [told['effectiveDateTime'], told['authoredOn'], told['recordedDate'], told['date']].find(
    (one) => typeof one === 'string',
  );
  return {
    id: String(index),
    what:
      told.code?.text ??
      told.medicationCodeableConcept?.text ??
      told.vaccineCode?.text ??
      [told.type].flat()[0]?.text ??
      resource.resourceType,
    value: quantity ? `${String(quantity.value)} ${quantity.unit}` : '',
    day: typeof day === 'string' ? day.slice(0, 10) : '',
  };
}

/** All resources, fetched before anything is timed. */
export async function fetched(): Promise<readonly Resource[]> {
  const count = Number(new URLSearchParams(location.search).get('count'));
  return ((await (await fetch('/record.json')).json()) as readonly Resource[]).slice(0, count);
}

/** All text of a page, through every shadow root: what find, print and a screen reader have to go by. */
function textOf(root: ParentNode): string {
  const parts: string[] = [];
  const walk = (node: Node): void => {
    for (const child of node.childNodes) {
      if (child instanceof Text) parts.push(child.data);
      else if (!(child instanceof HTMLScriptElement) && !(child instanceof HTMLStyleElement)) {
        if (child instanceof Element && child.shadowRoot) walk(child.shadowRoot);
        walk(child);
      }
    }
  };
  walk(root);
  // A medicine's parts stand between dashes.
  return parts.join(' ').replace(/[\s—]+/g, ' ');
}

/** The share of what was given whose words are on the page: the same question of every peer. */
export function answersFor(rows: readonly Row[]): void {
  Object.assign(globalThis, {
    benchShown: () => {
      const text = textOf(document.body);
      const said = new Map<string, boolean>();
      const has = (words: string): boolean => {
        const known = said.get(words) ?? text.includes(words);
        said.set(words, known);
        return known;
      };
      return rows.filter(({ what, value }) => has(what) && (value === '' || has(value))).length / rows.length;
    },
  });
}

/** From the first line of drawing until the frame that holds the first row has been painted. */
export function timed(draw: () => void, there: () => boolean): void {
  const started = performance.now();
  const painted = new MessageChannel();
  painted.port1.onmessage = () => Object.assign(globalThis, { benchPainted: performance.now() - started });
  const look = (): void => {
    if (there()) painted.port2.postMessage(0);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  draw();
}
