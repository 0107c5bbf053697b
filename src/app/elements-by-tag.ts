import * as elements from '../components/index.ts';
import { CorridorRecord } from './corridor-record.ts';

/** Every element with its tag: `CorridorBanner` is `corridor-banner`. */
export const elementsByTag: ReadonlyMap<string, CustomElementConstructor> = new Map(
  [...Object.entries(elements), ['CorridorRecord', CorridorRecord] as const].map(([name, element]) => [
    tagOf(name),
    element,
  ]),
);

function tagOf(className: string): string {
  return className.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
