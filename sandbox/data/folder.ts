import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Resource } from '../../src/record/resource.ts';
import { Mistake } from '../mistake.ts';
import { readFhirFile } from './read-file.ts';
import type { Brought } from './read-file.ts';
import { settleReferences } from './settle-references.ts';

/** What one file or sub-folder held. */
export type Holding = { readonly name: string; readonly resources: readonly Resource[] };

export type Folder = { readonly holdings: readonly Holding[]; readonly notes: readonly string[] };

/** Reads a folder: each file or sub-folder becomes a holding; what is left out is said. Always in the order of names. */
export async function readFolder(folder: string, pooled: boolean): Promise<Folder> {
  const notes: string[] = [];
  const gathered: { readonly name: string; readonly brought: readonly Brought[] }[] = [];
  const entries = await list(folder);
  for (const entry of [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const path = join(folder, entry.name);
    const brought = entry.isDirectory() ? await readAll(path, notes) : await readOne(path, notes);
    if (brought.length > 0) gathered.push({ name: withoutEndings(entry.name), brought });
  }
  // Pooled, references may cross files: a hospital list beside the bundles that name those hospitals.
  if (pooled)
    return {
      holdings: [{ name: basename(folder), resources: settleReferences(gathered.flatMap((one) => one.brought)) }],
      notes,
    };
  return { holdings: gathered.map(({ name, brought }) => ({ name, resources: settleReferences(brought) })), notes };
}

async function list(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new Mistake(`${folder} can’t be read as a folder of records`, { cause });
  }
}

async function readAll(folder: string, notes: string[]): Promise<readonly Brought[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const all: Brought[] = [];
  for (const file of files.sort()) for (const brought of await readOne(file, notes)) all.push(brought);
  return all;
}

async function readOne(path: string, notes: string[]): Promise<readonly Brought[]> {
  const content = await readFhirFile(path);
  if ('brought' in content) return content.brought;
  notes.push(`left out ${basename(path)}: ${content.reason}`);
  return [];
}

function withoutEndings(name: string): string {
  return name.replace(/\.gz$/i, '').replace(/\.(json|ndjson|jsonl)$/i, '');
}
