import { readFileSync } from 'node:fs';

/** The samples of a page of ours, in the order in which they stand. */
export function codeBlocks(file: string, language: string): readonly string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, said, block]) =>
    said === language && block !== undefined ? [block] : [],
  );
}
