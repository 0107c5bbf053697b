/** The part of Trusted Types used here; the types of the language do not have it yet. */
type Factory = {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(address: string): string },
  ): PagePolicy;
};

export type PagePolicy = { createHTML(text: string): unknown; createScriptURL(address: string): unknown };

let made: PagePolicy | null | undefined;

/**
 * The one Trusted Types policy of ours, `corridor`, which a host page names in its `trusted-types` beside `lit-html`.
 * Two things pass it: what `scrub-html.ts` wrote, for DOMPurify to parse into a document without scripts, and the
 * addresses of our own worker. `null` where the page does not allow it: then letters are shown in plain words.
 */
export function pagePolicy(): PagePolicy | null {
  if (made !== undefined) return made;
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (!factory) return (made = { createHTML: (text) => text, createScriptURL: ownScript });
  try {
    made = factory.createPolicy('corridor', { createHTML: (text) => text, createScriptURL: ownScript });
  } catch {
    // The page's policy does not name it, or another bundle of ours came first.
    made = null;
  }
  return made;
}

/** From where this script itself came, and nowhere else. */
function ownScript(address: string): string {
  const url = new URL(address, import.meta.url);
  if (url.origin !== new URL(import.meta.url).origin) throw new TypeError('not a script of this page');
  return url.href;
}
