import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `npm run new -- plugin NAME`: copies the template and its tests under another name, and says what is left to do. */
const [what, name] = process.argv.slice(2);
const ROOT = process.env['CORRIDOR_NEW_ROOT'] ?? join(import.meta.dirname, '..', '..');

/** What the template says of being one, which is not so of its copies. */
const OF_THE_TEMPLATE =
  /<!-- only of the template -->[\s\S]*?<!-- \/only of the template -->\s*|\/\*\* Only of the template: .*\*\/\n/g;

if (what !== 'plugin' || name === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
  console.error('Use: npm run new -- plugin NAME   (small letters, digits and hyphens: my-epr)');
  process.exit(1);
}
const folders = [
  [join(ROOT, 'plugins', '_template'), join(ROOT, 'plugins', name)],
  [join(ROOT, 'test', 'plugins', '_template'), join(ROOT, 'test', 'plugins', name)],
] as const;
if (folders.some(([, to]) => existsSync(to))) {
  console.error(`There is a plugin ${name} already.`);
  process.exit(1);
}
for (const [from, to] of folders) {
  await cp(from, to, { recursive: true });
  await renameWithin(to, name);
}
console.log(`plugins/${name} and test/plugins/${name} are there. What is left:
  1. plugins/index.ts: import { ${camel(name)}Plugin } from './${name}/plugin.ts', and add it to PLUGINS
  2. plugins/hosts.ts: '${name}': () => import('./${name}/host.ts')
  3. test/plugins/contract.test.ts: settings an organisation might write for it
  4. npm test -- ${name}`);

async function renameWithin(folder: string, to: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    const renamed = text
      .replaceAll(OF_THE_TEMPLATE, '')
      .replaceAll('_template', to)
      .replaceAll('TemplateSettings', `${camel(`-${to}`)}Settings`)
      .replaceAll('templatePlugin', `${camel(to)}Plugin`)
      .replaceAll(/\b[Tt]emplate\b/g, to);
    await writeFile(`${file}.new`, renamed);
    await rename(`${file}.new`, file);
  }
}

function camel(text: string): string {
  return text.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
