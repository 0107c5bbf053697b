import { readLook, type HostLook } from '../../../plugins/host-look.ts';

/** Languages there are words for; both are written from left to right. */
type PageLanguage = 'en-GB' | 'cy';

/** The look of the EPR, and over it what its page says now. Whatever it was before and is not said any more goes. */
export function dressPage(
  page: Document,
  root: HTMLElement,
  looks: readonly (HostLook | undefined)[],
): HostLook['scheme'] {
  const known = looks.map((look) => readLook(look));
  const tokens = Object.assign({}, ...known.map((look) => look.tokens)) as HostLook['tokens'];
  for (const name of [...root.style]) if (name.startsWith('--corridor-')) root.style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
  const scheme = known.findLast((look) => look.scheme !== undefined)?.scheme;
  page.documentElement.style.colorScheme = scheme ?? '';
  return scheme;
}

/**
 * The language of the words that are shown, which is what a screen reader must be told: a host in a language there are no
 * words for gets English that says it is English, and is not mirrored.
 */
export function speakAs(page: Document, locale: string | undefined): PageLanguage {
  const language: PageLanguage = /^cy\b/i.test(locale ?? '') ? 'cy' : 'en-GB';
  page.documentElement.lang = language;
  page.documentElement.dir = 'ltr';
  return language;
}
