import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkDepth, decodeText } from '../../launcher/federation/source-body.ts';
import type { Reading } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';

/**
 * Records that other people wrote (see the folder's README for sources and licences). They are read where they lie and
 * are never copied here; without the folder there is nothing to prove.
 */
const DATA = resolve(import.meta.dirname, '../../../shared/data');

export const HAS_SHARED_DATA = existsSync(DATA);

/** Why nothing of a file's text, or of one line of it, can be read: each the launcher's own refusal of such an answer. */
export type Refusal = 'not UTF-8' | 'nested too deeply' | 'not JSON' | 'not FHIR';

export type SharedFile = {
  /** The folder: one origin and licence. */
  readonly set: string;
  readonly file: string;
  readonly refusals: readonly Refusal[];
  readonly resources: readonly Resource[];
  readonly reading: Reading;
};

/** The folder's own papers are no data. */
const PAPERS = /^(README\.md|SOURCES\.tsv|_licences\/.*)$/;
const NESTING = 64;

export function readSharedData(): readonly SharedFile[] {
  if (!HAS_SHARED_DATA) return [];
  return readdirSync(DATA, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(DATA, join(entry.parentPath, entry.name)))
    .filter((file) => !PAPERS.test(file))
    .sort()
    .map(readFile);
}

function readFile(file: string): SharedFile {
  const sent = readFileSync(join(DATA, file));
  const bytes = file.endsWith('.gz') ? gunzipSync(sent) : sent;
  const answers = file.includes('.ndjson') ? linesOf(bytes) : [bytes];
  const read = answers.map(readAnswer);
  const resources = read.flatMap((answer) => (typeof answer === 'string' ? [] : answer));
  return {
    set: file.split('/', 1)[0] ?? file,
    file,
    refusals: read.filter((answer) => typeof answer === 'string'),
    resources,
    reading: readResources(resources, 'somewhere' as SourceId),
  };
}

function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines = bytes.toString('latin1').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => Buffer.from(line, 'latin1'));
}

/** As the launcher takes an answer: how it is written first, then how deep, then what it says. */
function readAnswer(bytes: Buffer): readonly Resource[] | Refusal {
  let value: unknown;
  try {
    const text = decodeText(bytes);
    checkDepth(bytes, NESTING);
    value = parseFhirJson(text);
  } catch (error) {
    const said = (error as Error).message;
    return said === 'not UTF-8' || said === 'nested too deeply' ? said : 'not JSON';
  }
  return isResource(value) ? flatten(value) : 'not FHIR';
}

/** The resources of a bundle, also of one inside another. What is no resource there is `not-a-resource` to the reader. */
function flatten(value: unknown): readonly Resource[] {
  if (!isResource(value)) return [];
  if (value.resourceType !== 'Bundle') return [value];
  return asObjects(value['entry']).flatMap((entry) => flatten(entry['resource']));
}
