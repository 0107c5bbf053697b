import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page loads, under a name that never holds anything else. */
const BUNDLE = ['corridor.js', 'define.js', 'frame.js', 'pictures.js', 'messages.js', 'chunks'];

/**
 * `sdk/<version>/`: the bundle as one unit that may be cached for ever, pinned by version and by hash. `sri.json` names
 * the hash of each file; `integrity` is the same as an import map has it, which covers the parts that are fetched later.
 */
export function writeVersionedBundle(dist: string, version: string): void {
  const folder = join(dist, 'sdk', version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of BUNDLE)
    cpSync(join(dist, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('.map') });
  for (const file of globSync('**/*.js', { cwd: folder })) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
  }
  const files = globSync('**/*.{js,wasm,pfb}', { cwd: folder }).sort();
  const hashes = Object.fromEntries(files.map((file) => [file.replaceAll('\\', '/'), hashOf(join(folder, file))]));
  const integrity = Object.fromEntries(
    Object.entries(hashes)
      .filter(([file]) => file.endsWith('.js'))
      .map(([file, hash]) => [`/sdk/${version}/${file}`, hash]),
  );
  writeFileSync(join(folder, 'sri.json'), `${JSON.stringify({ version, files: hashes, integrity }, undefined, 2)}\n`);
  cpSync(join(folder, 'sri.json'), join(dist, 'sri.json'));
}

function hashOf(path: string): string {
  return `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
}
