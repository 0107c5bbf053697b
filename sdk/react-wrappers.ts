import type { ElementOf } from './manifest.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Components for React before 19, and for whoever likes components better than tags. `@lit/react` and `react` are the
 * host's own: a host that uses the elements alone needs neither. `apart`: tags that come in a file of their own, by file.
 */
export function reactWrappers(elements: readonly ElementOf[], apart: ReadonlyMap<string, ReadonlySet<string>>): Files {
  const isApart = ({ tagName }: ElementOf): boolean => [...apart.values()].some((tags) => tags.has(tagName));
  const at = elements.filter((element) => !isApart(element));
  const files: Record<string, string> = {
    'react/index.js': script(at, '../corridor.js'),
    'react/index.d.ts': types(at),
  };
  for (const [file, tags] of apart) {
    const later = elements.filter(({ tagName }) => tags.has(tagName));
    files[`react/${file}.js`] = script(later, `../${file}.js`);
    files[`react/${file}.d.ts`] = types(later);
  }
  return files;
}

/** The tag is registered by whoever uses the component, for `import` alone has no effect. */
function script(elements: readonly ElementOf[], from: string): string {
  const parts = elements.map(
    (element) => `export const ${element.name} = createComponent({
  react,
  tagName: '${element.tagName}',
  elementClass: elements.${element.name},
  events: { ${(element.events ?? []).map(({ name = '' }) => `${handlerOf(name)}: '${name}'`).join(', ')} },
});`,
  );
  return `import * as react from 'react';
import { createComponent } from '@lit/react';
import * as elements from '${from}';

${parts.join('\n')}
`;
}

function types(elements: readonly ElementOf[]): string {
  const parts = elements.map((element) => {
    const events = (element.events ?? []).map(
      ({ name = '', type }) => `${handlerOf(name)}: EventName<types.${type?.text ?? 'Event'}>`,
    );
    return `export declare const ${element.name}: ReactWebComponent<types.${element.name}, { ${events.join('; ')} }>;`;
  });
  return `import type { EventName, ReactWebComponent } from '@lit/react';
import type * as types from '../types/src/app/public-types.js';

${parts.join('\n')}
`;
}

/** `corridor-source-ask` is heard by `onSourceAsk`. */
function handlerOf(event: string): string {
  return event.replace(/^corridor/, 'on').replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
