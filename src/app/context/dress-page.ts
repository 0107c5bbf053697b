import { readLook, type HostLook } from '../../../plugins/host-look.ts';
import type { HostPort } from '../../../plugins/host-port.ts';
import type { Words } from '../../words/words.ts';

/** Languages there are words for; both are written from left to right. */
type PageLanguage = 'en-GB' | 'cy';

export type Following = {
  readonly port: HostPort;
  readonly root: HTMLElement;
  /** The EPR's own look, from its style file. */
  readonly look: HostLook | undefined;
  readonly signal: AbortSignal;
  wordsIn?(language: PageLanguage): Promise<Words>;
  readonly dress: (scheme: HostLook['scheme']) => void;
  readonly speak: (words: Words) => void;
};

/** Dresses the page as the host says, and again whenever it says otherwise. */
export function followLook(following: Following): void {
  const { port, root, look, signal, dress, speak } = following;
  const page = root.ownerDocument;
  const once = async (): Promise<void> => {
    dress(dressPage(page, root, [look, port.env.theme]));
    if (port.env.locale === undefined) return;
    const spoken = await following.wordsIn?.(speakAs(page, port.env.locale));
    if (spoken) speak(spoken);
  };
  const again = (): void => void once().catch(() => undefined);
  signal.addEventListener('abort', port.env.onEnv(again), { once: true });
  again();
}

/** The look of the EPR, and over it what its page says now. Whatever it was before and is not said any more goes. */
function dressPage(page: Document, root: HTMLElement, looks: readonly (HostLook | undefined)[]): HostLook['scheme'] {
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
function speakAs(page: Document, locale: string | undefined): PageLanguage {
  const language: PageLanguage = /^cy\b/i.test(locale ?? '') ? 'cy' : 'en-GB';
  page.documentElement.lang = language;
  page.documentElement.dir = 'ltr';
  return language;
}
