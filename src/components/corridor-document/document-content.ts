import { readableHtml, type Block } from './readable-html.ts';

/** What a document is, as far as it can be shown; `url` is the original, which the holder lets go of. */
export type Content =
  | { readonly show: 'text'; readonly blocks: readonly Block[]; readonly url: string }
  | { readonly show: 'pdf' | 'image' | 'other'; readonly url: string };

/** Longer letters are shown to this length and say so; the original has the rest. */
const MAX_TEXT = 400_000;

/** What to show by the type the launcher found in the bytes; a PDF is given that type again so that a frame shows nothing else. */
export async function contentOf(blob: Blob): Promise<Content> {
  const type = blob.type.split(';')[0]?.trim().toLowerCase() ?? '';
  const original = (as: string): string => URL.createObjectURL(new Blob([blob], { type: as }));
  if (type === 'application/pdf') return { show: 'pdf', url: original('application/pdf') };
  if (/^image\/(png|jpeg|gif|webp)$/.test(type)) return { show: 'image', url: original(type) };
  const url = original('application/octet-stream');
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return { show: 'text', blocks: readableHtml((await blob.text()).slice(0, MAX_TEXT)), url };
  if (type === 'text/plain')
    return { show: 'text', blocks: [{ kind: 'paragraph', text: (await blob.text()).slice(0, MAX_TEXT) }], url };
  return { show: 'other', url };
}
