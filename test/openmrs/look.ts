import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenmrsWorld } from './world.ts';

export const chart = ({ id }: { readonly id: string }, dashboard = 'shared-record'): string =>
  `/patient/${id}/chart/${dashboard}`;

/** Everything that can be read in a document, its elements' own trees too. */
const WORDS = `(() => {
  const read = (node) => [...node.childNodes].map((one) => (one.nodeType === 3 ? one.data : read(one) + (one.shadowRoot ? read(one.shadowRoot) : ''))).join(' ');
  return document.body ? read(document.body) : '';
})()`;

/** The element that frames the record in the page of O3, for programs that run there. */
export const RECORD = `(() => [...document.querySelectorAll('[data-extension-id] section')].map(({ shadowRoot }) => shadowRoot?.querySelector('iframe')).find(Boolean))()`;

export function framesOf(page: Page, { launcher }: OpenmrsWorld): readonly Frame[] {
  return page.frames().filter((one) => one.url().startsWith(launcher.url));
}

/** All that the launcher's frames show; a frame that goes while it is read shows nothing. */
export async function shownIn(page: Page, world: OpenmrsWorld): Promise<string> {
  const texts = framesOf(page, world).map((frame) => frame.evaluate<string>(WORDS).catch(() => ''));
  return (await Promise.all(texts)).join(' ');
}

/** Waits for this person's record, drawn. */
export async function seeRecord(page: Page, world: OpenmrsWorld, { family, nhsNumber }: Person): Promise<void> {
  await expect.poll(() => shownIn(page, world), { timeout: 30_000 }).toContain(family);
  await expect.poll(() => shownIn(page, world), { timeout: 30_000 }).toContain(nhsNumber);
}

export type Person = { readonly id: string; readonly family: string; readonly nhsNumber: string };

/** What the module itself says in O3's page. */
export function sayings(page: Page): Promise<string> {
  return page.evaluate<string>(
    `[...document.querySelectorAll('[data-extension-id] section')].map(({ shadowRoot }) => shadowRoot?.querySelector('[role=status]')?.textContent ?? '').join(' ')`,
  );
}

/** O3's own way to another place: its framework, as the patient chart publishes it. */
export const GO = (path: string): string =>
  `window._openmrs_esm_framework.navigate({ to: window.spaBase + ${JSON.stringify(path)} });`;
