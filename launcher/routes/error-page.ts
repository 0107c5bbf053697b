import { createHash } from 'node:crypto';
import type { ErrorEntry } from '../errors.ts';

/** What a reader is told of an error: words of our own table and two numbers, never anything that came in. */
export type ErrorAnswer = ErrorEntry & { readonly code: string; readonly supportId: string };

const STYLE = `
body { margin: 0; font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; background: #f0f4f5; }
main { max-width: 40rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-left: 6px solid #005eb8; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.3; }
dl { margin: 1.5rem 0 0; font-size: 0.875rem; color: #4c6272; display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; }
dt { font-weight: 700; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (forced-colors: active) { main { border: 1px solid; } }
`;

/** Lets exactly this style through `style-src`; the page then needs no other file and works when the build is missing. */
export const ERROR_STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

export function errorPage(answer: ErrorAnswer): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shared record: it could not be opened</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(answer.message)}</h1>
<p>${escape(answer.nextStep)}</p>
<dl>
<dt>Code</dt><dd>${escape(answer.code)}</dd>
<dt>Support number</dt><dd>${escape(answer.supportId)}</dd>
</dl>
</main>
</body>
</html>
`;
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
