import { createHash } from 'node:crypto';
import { html, Markup } from './html.ts';

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.45 Arial, Helvetica, sans-serif; color: #212b32; background: #f0f4f5; }
header { background: #003087; color: #fff; padding: 12px 24px; }
header p { margin: 0; font-size: 0.875rem; }
nav { background: #fff; border-bottom: 1px solid #d8dde0; padding: 0 24px; display: flex; flex-wrap: wrap; gap: 0 24px; }
nav a { padding: 12px 0; color: #005eb8; }
nav a[aria-current] { color: #212b32; font-weight: 700; text-decoration: none; border-bottom: 4px solid #005eb8; }
main { max-width: 84rem; margin: 0 auto; padding: 24px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 32px 0 8px; }
p { margin: 0 0 12px; max-width: 44rem; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid #212b32; outline-offset: 2px; background-color: #ffeb3b; color: #212b32; }
.ask { background: #fff; border: 1px solid #d8dde0; padding: 16px; margin: 16px 0 24px; display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 16px; align-items: end; }
label, legend { display: block; font-size: 0.875rem; font-weight: 700; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; grid-column: 1 / -1; }
fieldset label, .tick { display: inline-flex; align-items: center; gap: 8px; font-weight: 400; margin: 4px 16px 0 0; min-height: 28px; }
select, input:not([type=checkbox]) { width: 100%; min-height: 40px; margin-top: 4px; padding: 4px 8px; font: inherit;
  color: inherit; background: #fff; border: 1px solid #4c6272; }
input[type=checkbox] { width: 20px; height: 20px; margin: 0; }
button { font: inherit; font-weight: 700; min-height: 40px; padding: 4px 16px; color: #fff; background: #005eb8; border: 1px solid #005eb8; cursor: pointer; }
button:hover { background: #003087; }
button.quiet { color: #005eb8; background: #fff; }
.scroll { overflow-x: auto; background: #fff; border: 1px solid #d8dde0; margin: 8px 0 16px; }
table { border-collapse: collapse; width: 100%; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px; border-top: 1px solid #d8dde0; }
thead th { border-top: 0; font-size: 0.875rem; background: #f0f4f5; }
code { font: 0.8125rem/1.4 Consolas, Menlo, monospace; color: #4c6272; overflow-wrap: anywhere; }
th.name code, td.name code { white-space: nowrap; }
.mark { font-weight: 700; white-space: nowrap; }
.yes { color: #00682f; }
.no { color: #b3150c; }
.answer { background: #fff; border-left: 6px solid #005eb8; padding: 16px; margin: 0 0 16px; }
.answer.is-no { border-color: #d5281b; }
.answer p:last-child { margin-bottom: 0; }
.answer strong { font-size: 1.125rem; }
.small { font-size: 0.875rem; color: #4c6272; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.row form { margin: 0; }
@media (max-width: 42rem) {
  header, nav { padding-left: 16px; padding-right: 16px; }
  main { padding: 16px; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack, .stack tbody, .stack tr, .stack td, .stack th { display: block; }
  .stack tr { border-top: 1px solid #d8dde0; padding: 8px 0; }
  .stack td, .stack th { border: 0; padding: 4px 12px; }
}
@media (forced-colors: active) { .answer, .scroll, .ask { border: 1px solid; } }
`;

/** Written out whole: a space more between the tags, and its hash is another. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

/** No script at all, our own style and nothing else, forms to ourselves, in nobody's frame. */
export const ADMIN_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const PAGES = { '/admin': 'Try the rules', '/admin/rules': 'Rules in force', '/admin/alerts': 'Alerts' } as const;
export type AdminPath = keyof typeof PAGES;

export function layout(path: AdminPath, community: string, body: Markup): string {
  const links = Object.entries(PAGES).map(
    ([href, name]) => html`<a href="${href}" ${path === href && new Markup('aria-current="page"')}>${name}</a>`,
  );
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${PAGES[path]} · ${community}</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header><p>${community} · who may see what</p></header>
        <nav aria-label="Pages">${links}</nav>
        <main>${body}</main>
      </body>
    </html>`.text;
}

/** `03-Mar-2026`, as everywhere on screen. */
export function sayDay(day: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  const name = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(month) - 1];
  return name === undefined ? day : `${date}-${name}-${year}`;
}

export function saySection(id: string): string {
  const words = id.replaceAll('-', ' ').replace(/^gp\b/, 'GP');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A choice of one, with its label. `options` are value and words. */
export function select(
  name: string,
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
): Markup {
  return html`<div>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(
        ([value, words]) =>
          html`<option value="${value}" ${value === chosen && new Markup('selected')}>${words}</option>`,
      )}
    </select>
  </div>`;
}

/** The mark of a verdict is a word and a sign, never a colour alone. */
export function verdict(allowed: boolean, words = allowed ? 'Can see' : 'Can’t see'): Markup {
  return html`<span class="mark ${allowed ? 'yes' : 'no'}">${allowed ? '✓' : '✕'} ${words}</span>`;
}
