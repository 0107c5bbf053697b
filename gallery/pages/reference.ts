import { propertiesOf, type ElementOf, type Named } from '../../sdk/manifest.ts';
import { SCRIPT, type Lines } from './to-copy.ts';

type Row = Named & { readonly type?: { readonly text: string } };

/** What the manifest says of an element, as tables, and the lines to copy. */
export function reference(element: ElementOf, { page, script }: Lines): readonly HTMLElement[] {
  const methods = (element.members ?? []).filter(({ kind }) => kind === 'method');
  const parts: readonly (readonly [string, readonly Row[]])[] = [
    ['Properties', propertiesOf(element)],
    ['Attributes', element.attributes ?? []],
    ['Methods', methods],
    ['Events', element.events ?? []],
    ['Parts', element.cssParts ?? []],
    ['Tokens', element.cssProperties ?? []],
    ['Slots', element.slots ?? []],
  ];
  return [
    made('h2', 'To copy'),
    made('pre', page),
    ...(script === undefined ? [] : [made('p', `and in ${SCRIPT}:`), made('pre', script)]),
    ...parts.flatMap(([heading, rows]) => (rows.length > 0 ? [made('h2', heading), table(rows)] : [])),
  ];
}

function table(rows: readonly Row[]): HTMLElement {
  const whole = document.createElement('table');
  for (const { name = '', type, description = '' } of rows) {
    const row = whole.insertRow();
    const head = made('th', name === '' ? '(default)' : name);
    head.setAttribute('scope', 'row');
    row.append(head);
    for (const text of [type?.text ?? '', description]) row.insertCell().textContent = text;
  }
  return whole;
}

function made(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
