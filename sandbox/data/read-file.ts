import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { asObject, asObjects, asString, isResource } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';

/** A resource as a file brought it, with the address the file gave it. */
export type Brought = { readonly resource: Resource; readonly fullUrl?: string };

/** What a file held, or why it was left out. */
export type FileContent = { readonly brought: readonly Brought[] } | { readonly reason: string };

const NAME = /\.(json|ndjson|jsonl)(\.gz)?$/i;
const unzip = promisify(gunzip);
const LIMIT_BYTES = 400_000_000;

/** Reads bundles of any type, single resources, lists of resources and NDJSON; anything else is left out with a reason. */
export async function readFhirFile(path: string): Promise<FileContent> {
  if (!NAME.test(path)) return { reason: 'not .json or .ndjson, plain or .gz' };
  try {
    const bytes = await readFile(path);
    const text = (/\.gz$/i.test(path) ? await unzip(bytes, { maxOutputLength: LIMIT_BYTES }) : bytes).toString('utf8');
    const brought = /\.json(\.gz)?$/i.test(path) ? readJson(text) : readLines(text);
    return brought.length > 0 ? { brought } : { reason: 'holds no FHIR resource' };
  } catch (error) {
    return {
      reason: `could not be read (${error instanceof SyntaxError ? 'not JSON' : error instanceof Error ? error.message : 'unknown'})`,
    };
  }
}

/** Some servers write NDJSON into files named .json: a whole that doesn't parse is tried line by line. */
function readJson(text: string): readonly Brought[] {
  try {
    return flatten(parseFhirJson(text));
  } catch (error) {
    const [first] = text.trimStart().split('\n', 1);
    if (first === undefined || !isComplete(first)) throw error;
    return readLines(text);
  }
}

function isComplete(line: string): boolean {
  try {
    return asObject(JSON.parse(line)) !== undefined;
  } catch {
    // The first line alone is no JSON: this is no NDJSON, and the caller reports the file's own trouble.
    return false;
  }
}

function readLines(text: string): readonly Brought[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => flatten(parseFhirJson(line)));
}

function flatten(value: unknown): readonly Brought[] {
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (!isResource(value)) return [];
  if (value.resourceType !== 'Bundle') return [{ resource: value }];
  return asObjects(value['entry']).flatMap((entry) => {
    const fullUrl = asString(entry['fullUrl']);
    const inner = flatten(entry['resource']);
    const [only] = inner;
    return inner.length === 1 && only && fullUrl !== undefined ? [{ resource: only.resource, fullUrl }] : inner;
  });
}
