import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The policy files that come with the launcher, beside this file as a source and in `policies` of the built one. */
export function readAsset(name: 'schema.cedarschema' | 'default.cedar'): string {
  const places = ['./policies/', '../policies/'].map((folder) =>
    fileURLToPath(new URL(folder + name, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} did not come with the launcher`);
  return readFileSync(found, 'utf8');
}
