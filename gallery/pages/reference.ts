import type { ElementOf, Named } from '../../sdk/manifest.ts';

type Row = Named & { readonly type?: { readonly text: string } };

/** What the manifest says of an element, as tables, and the lines to copy. */
export function reference(element: ElementOf): readonly HTMLElement[] {
  const fields = (element.members ?? []).filter(({ kind }) => kind === 'field');
  const parts: readonly (readonly [string, readonly Row[]])[] = [
    ['Properties', fields],
    ['Attributes', element.attributes ?? []],
    ['Events', element.events ?? []],
    ['Parts', element.cssParts ?? []],
    ['Tokens', element.cssProperties ?? []],
    ['Slots', element.slots ?? []],
  ];
  return [
    made('h2', 'To copy'),
    made(
      'pre',
      toCopy(
        element,
        fields.map(({ name }) => name),
      ),
    ),
    ...parts.flatMap(([heading, rows]) => (rows.length > 0 ? [made('h2', heading), table(rows)] : [])),
  ];
}

function toCopy({ tagName, attributes = [] }: ElementOf, fields: readonly string[]): string {
  const flags = attributes.filter(({ type }) => type?.text === 'boolean').map(({ name = '' }) => ` ${name}`);
  const set = fields.filter((name) => ['patient', 'entries', 'sources', 'record', 'view', 'store'].includes(name));
  return [
    `<script type="module" src="/sdk/VERSION/define.js" integrity="sha384-…" crossorigin></script>`,
    `<${tagName}${flags.slice(0, 1).join('')}></${tagName}>`,
    ...(set.length > 0 ? [`<script type="module">`, `  const element = document.querySelector('${tagName}');`] : []),
    ...set.map((name) => `  element.${name} = …;`),
    ...(set.length > 0 ? [`</script>`] : []),
  ].join('\n');
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
