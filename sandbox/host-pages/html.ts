/** Text made into safe HTML by `html`; nothing else is ever written to a page unescaped. */
export type Html = { readonly html: string };

type Part = Html | string | number | undefined | false | readonly Part[];

/** Every value is escaped unless it is `Html` itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    html: strings.reduce(
      (text, string, index) => text + string + (index < parts.length ? write(parts[index]) : ''),
      '',
    ),
  };
}

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return isList(part) ? part.map(write).join('') : part.html;
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
