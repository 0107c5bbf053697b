import type { ElementOf, Named } from './manifest.ts';

/** Tags and attributes for Visual Studio Code (`html.customData`), version 1.1 of its format. */
export function htmlData(elements: readonly ElementOf[]): object {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tagName,
      description: describe(element),
      attributes: (element.attributes ?? []).map(({ name = '', description, type }) => ({
        name,
        ...(description !== undefined && { description }),
        ...valuesOf(type?.text),
      })),
    })),
  };
}

function describe(element: ElementOf): string {
  const lists: readonly (readonly [string, readonly Named[]])[] = [
    ['Events', element.events ?? []],
    ['Parts', element.cssParts ?? []],
    ['Slots', element.slots ?? []],
  ];
  const said = lists.flatMap(([heading, all]) =>
    all.length > 0
      ? [
          `${heading}:\n${all.map(({ name, description = '' }) => `- \`${name ?? ''}\` ${description}`.trimEnd()).join('\n')}`,
        ]
      : [],
  );
  return [(element.summary ?? '').replaceAll(/\s+/g, ' '), ...said].join('\n\n');
}

function valuesOf(type: string | undefined): object {
  if (type === 'boolean') return { valueSet: 'v' };
  const values = [...(type ?? '').matchAll(/'([^']+)'/g)].map(([, name = '']) => ({ name }));
  return values.length > 0 ? { values } : {};
}
