import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration, Manifest, Named } from './manifest.ts';
import { PROPERTY_WORDS } from './property-words.ts';

/** What Lit calls of an element, and nobody else: no part of what a vendor may rely on. */
const LIFECYCLE = /^(?:render|connectedCallback|disconnectedCallback|attributeChangedCallback|styles|scheduleUpdate)$/;
/** An element of its own has a tag; what others are made from has none. */
const ELEMENT = /^Corridor[A-Z](?!.*Event$)/;
const BASE = 'SectionElement';
const ROOT = 'CorridorRecord';

/**
 * For the analyser, which knows neither how our tags are registered nor what our events are called: gives each element
 * its tag, its events their names and classes, and leaves out what is not for vendors.
 */
export const nameElements = {
  name: 'corridor-name-elements',
  packageLinkPhase({ customElementsManifest }: { readonly customElementsManifest: Manifest }): void {
    const all = customElementsManifest.modules.flatMap(({ declarations }) => declarations ?? []);
    const events = eventNames();
    const base = all.find(({ name }) => name === BASE);
    const tokens = all.find(({ name }) => name === ROOT)?.cssProperties ?? [];
    for (const declaration of all) {
      if (declaration.kind !== 'class' || !ELEMENT.test(declaration.name)) continue;
      const of = declaration.superclass?.name === BASE ? base : undefined;
      Object.assign(declaration, {
        tagName: declaration.name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase(),
        customElement: true,
        members: publicOnly(together(declaration.members, of?.members)).map((one) => described(one, one.name)),
        attributes: together(declaration.attributes, of?.attributes).map((one) => described(one, one.fieldName)),
        events: namedEvents(together(declaration.events, of?.events), events),
        cssProperties: declaration.name === 'CorridorFrame' ? [] : tokens,
      });
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(({ declarations }) =>
      declarations?.some(({ tagName }) => tagName !== undefined),
    );
    for (const module of customElementsManifest.modules) {
      module.declarations = (module.declarations ?? []).filter(({ tagName }) => tagName !== undefined);
      delete module.exports;
    }
  },
};

/** What the element says of itself stands before what it has from the class it is made from. */
function together<T extends Named>(own: readonly T[] = [], base: readonly T[] = []): T[] {
  return [...own, ...base.filter(({ name }) => !own.some((one) => one.name === name))];
}

/** With its words, where it has none of its own. */
function described<T extends Named>(one: T, property = one.name): T {
  const words = property === undefined ? undefined : PROPERTY_WORDS[property];
  return one.description === undefined && words !== undefined ? { ...one, description: words } : one;
}

function publicOnly(members: NonNullable<Declaration['members']>): NonNullable<Declaration['members']> {
  return members.filter(
    ({ name, privacy, static: isStatic }) =>
      (privacy === undefined || privacy === 'public') && !isStatic && !name.startsWith('#') && !LIFECYCLE.test(name),
  );
}

function namedEvents(
  events: NonNullable<Declaration['events']>,
  names: ReadonlyMap<string, string>,
): NonNullable<Declaration['events']> {
  const classes = new Map([...names].map(([className, name]) => [name, className]));
  const named = events.flatMap((event) => {
    const name = names.get(event.type?.text ?? '') ?? event.name ?? '';
    const className = classes.get(name);
    return className === undefined ? [] : [{ ...event, name, type: { text: className } }];
  });
  const once = new Map<string, (typeof named)[number]>();
  for (const event of named) once.set(event.name ?? '', { ...once.get(event.name ?? ''), ...event });
  return [...once.values()].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
}

/** Each class of event with what it is called on the wire of the page. */
export function eventNames(): ReadonlyMap<string, string> {
  const root = join(import.meta.dirname, '..');
  const files = globSync(['src/components/**/*.ts', 'src/app/**/*.ts'], { cwd: root });
  return new Map(
    files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /export class (\w+) extends Event \{[\s\S]*?super\(\s*'(corridor-[a-z-]+)'/g,
        ),
      ].map(([, className = '', name = '']) => [className, name] as const),
    ),
  );
}
