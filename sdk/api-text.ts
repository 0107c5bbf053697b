import { propertiesOf, type ElementOf } from './manifest.ts';

/** All that a vendor may rely on, a line each: what a review reads when it changes. */
export function apiText(elements: readonly ElementOf[]): string {
  return `${elements.map(oneElement).join('\n\n')}\n`;
}

function oneElement(element: ElementOf): string {
  const methods = (element.members ?? []).filter(({ kind }) => kind === 'method');
  const lines = [
    ...propertiesOf(element).map(({ name, type }) => `  .${name}: ${(type?.text ?? '?').replaceAll(/\s+/g, ' ')}`),
    ...(element.attributes ?? []).map(({ name = '' }) => `  [${name}]`),
    ...methods.map(({ name }) => `  ${name}()`),
    ...(element.events ?? []).map(({ name = '', type }) => `  @${name}: ${type?.text ?? 'Event'}`),
    ...(element.cssParts ?? []).map(({ name = '' }) => `  ::part(${name})`),
    ...(element.cssProperties ?? []).map(({ name = '' }) => `  ${name}`),
    ...(element.slots ?? []).map(({ name = '' }) => `  slot ${name === '' ? '(default)' : name}`),
  ];
  return [`<${element.tagName}> ${element.name}`, ...[...new Set(lines)].sort()].join('\n');
}
