import { propertiesOf, type ElementOf } from './manifest.ts';

/** Props of every tag for React 19, which sets properties and listens to events of custom elements by itself. */
export function jsxTypes(elements: readonly ElementOf[]): string {
  const rows = elements.map((element) => {
    const events = (element.events ?? []).map(
      ({ name = '', type }) => `'on${name}'?: (event: ${type?.text ?? 'Event'}) => void`,
    );
    return `      ${doc(element.summary)}'${element.tagName}': Props<${element.name}, ${keysOf(element)}, { ${[...events, ...attributes(element)].join('; ')} }>;`;
  });
  return `${importsOf(elements)}
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type Props<E extends HTMLElement, K extends keyof E, More> = DetailedHTMLProps<HTMLAttributes<E>, E> & {
  [Property in K]?: E[Property] | undefined;
} & More;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${rows.join('\n')}
    }
  }
}
`;
}

export function keysOf(element: ElementOf): string {
  const names = propertiesOf(element).map(({ name }) => `'${name}'`);
  return names.length > 0 ? names.join(' | ') : 'never';
}

/** Classes of elements and events, from the declarations that come with the package. */
export function importsOf(elements: readonly ElementOf[]): string {
  const events = elements.flatMap(({ events = [] }) => events.map(({ type }) => type?.text ?? ''));
  const names = [...new Set([...elements.map(({ name }) => name), ...events])].filter((name) => name !== '').sort();
  return `import type {\n  ${names.join(',\n  ')},\n} from './types/src/app/public-types.js';`;
}

/** Attributes whose name is not that of the property. */
function attributes({ attributes: all = [] }: ElementOf): readonly string[] {
  return all.flatMap(({ name = '', fieldName }) =>
    name === fieldName || name.toLowerCase() === fieldName?.toLowerCase() ? [] : [`'${name}'?: string | undefined`],
  );
}

function doc(text: string | undefined): string {
  return text === undefined ? '' : `/** ${text.replaceAll(/\s+/g, ' ').trim()} */\n      `;
}
