import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link says, once its signature has been checked. Untrusted until then. */
export type Link = {
  readonly ods: string;
  readonly nhsNumber: string;
  readonly birthDate: string;
  readonly user: string;
  readonly name: string;
  readonly role: string;
  /** Seconds since 1970. */
  readonly at: string;
  /** Any text that comes once. */
  readonly nonce: string;
};

const FIELDS = ['ods', 'nhsNumber', 'birthDate', 'user', 'name', 'role', 'at', 'nonce'] as const;

export function signLink(link: Link, secret: string): string {
  return createHmac('sha256', secret).update(textOf(link)).digest('base64url');
}

export function isSigned(link: Link, signature: string, secret: string): boolean {
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signLink(link, secret))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Every field once and none of them empty, or nothing. */
export function readLink(query: { readonly [name: string]: string }): Link | undefined {
  return FIELDS.every((name) => query[name] !== undefined && query[name] !== '')
    ? (query as unknown as Link)
    : undefined;
}

/** Lengths stand before the values, so that no two links can have the same text. */
function textOf(link: Link): string {
  return FIELDS.map((name) => `${name}:${String(link[name].length)}:${link[name]}`).join('\n');
}
