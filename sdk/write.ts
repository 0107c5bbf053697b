import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeDeclarations } from './declarations.ts';
import { htmlData } from './html-data.ts';
import { jsxTypes } from './jsx-types.ts';
import { elementsOf, type Manifest } from './manifest.ts';
import { reactWrappers } from './react-wrappers.ts';
import { writeVersionedBundle } from './versioned-bundle.ts';
import { vueTypes } from './vue-types.ts';

/**
 * The last step of `npm run build`: what a vendor needs besides the scripts, all from the manifest and the sources, so
 * that none of it can say anything else than the elements do.
 */
const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

const elements = elementsOf(JSON.parse(readFileSync(join(DIST, 'custom-elements.json'), 'utf8')) as Manifest);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

rmSync(join(DIST, 'types'), { recursive: true, force: true });
writeDeclarations(join(DIST, 'types'));
write('jsx.d.ts', jsxTypes(elements));
write('vue.d.ts', vueTypes(elements));
write('vscode.html-custom-data.json', `${JSON.stringify(htmlData(elements), undefined, 2)}\n`);
for (const [name, text] of Object.entries(reactWrappers(elements, apart()))) write(name, text);
writeVersionedBundle(DIST, version);

function write(name: string, text: string): void {
  const path = join(DIST, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The elements that come in files of their own, by file. */
function apart(): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map([
    ['pictures', tagsIn('picture-elements')],
    ['messages', tagsIn('message-elements')],
  ]);
}

function tagsIn(list: string): ReadonlySet<string> {
  const listed = readFileSync(join(ROOT, `src/components/${list}.ts`), 'utf8');
  const names = [...listed.matchAll(/export \{ (\w+) \}/g)].map(([, name = '']) => name);
  return new Set(elements.filter(({ name }) => names.includes(name)).map(({ tagName }) => tagName));
}
