import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** One thing wrong with the community file: where, what, and what to do about it. */
export type CommunityProblem = {
  /** Line in the file, from 1. */
  readonly line: number;
  /** e.g. `organisations[2].launch.iss`. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
};

export type FieldPath = readonly (string | number)[];

/** A YAML text that remembers where each field stands. */
export type PlacedText = {
  readonly value: unknown;
  readonly problems: readonly CommunityProblem[];
  place(path: FieldPath, message: string, remedy: string): CommunityProblem;
};

/** One document, no aliases that unfold without end, no key twice. */
export function readPlacedText(text: string): PlacedText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    field: '(file)',
    message: error.code === 'DUPLICATE_KEY' ? 'has the same field twice' : 'is not readable YAML here',
    remedy: error.code === 'DUPLICATE_KEY' ? 'leave one of the two' : 'check the indentation and quotes of this line',
  }));
  const value = problems.length > 0 ? undefined : plainValue(document);
  if (value === UNFOLDS) problems.push({ line: 1, field: '(file)', ...ALIASES });
  return {
    value: problems.length > 0 ? undefined : value,
    problems,
    place: (path, message, remedy) => ({ line: lineOf(document, lines, path), field: nameOf(path), message, remedy }),
  };
}

const UNFOLDS = Symbol('unfolds');
const ALIASES = {
  message: 'has an alias (*name) that leads nowhere or unfolds without end',
  remedy: 'write the value out',
};

function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    // The only thing that is left to go wrong in a document without errors; anything else is a fault of ours.
    if (cause instanceof ReferenceError) return UNFOLDS;
    throw cause;
  }
}

export function nameOf(path: FieldPath): string {
  if (path.length === 0) return '(file)';
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`),
    '',
  );
}

/** The line of the field's name; of the nearest thing around it when the field is not there. */
function lineOf(document: Document, lines: LineCounter, path: FieldPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

function offsetOf(document: Document, path: FieldPath): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
    );
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const item = isSeq(parent) && typeof last === 'number' ? parent.items[last] : undefined;
  return isNode(item) ? item.range?.[0] : undefined;
}

/** zod's issues in words an integration team can act on. */
export function placeIssues(issues: readonly z.core.$ZodIssue[], text: PlacedText): CommunityProblem[] {
  return issues.flatMap((issue) => placeIssue(issue, text));
}

function placeIssue(issue: z.core.$ZodIssue, text: PlacedText): CommunityProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      text.place([...path, key], 'is not a field of this file', 'remove it or correct its spelling'),
    );
  if (isMissing(text.value, path)) return [text.place(path, 'is missing', 'add it')];
  return [text.place(path, wordsFor(issue), 'correct the value')];
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'string' ? 'text (put it in quotes if it looks like a number)' : `of type ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'array' ? 'must not be empty' : `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}`;
    case 'invalid_union':
      return 'must be the word all, a list, or one of the known profiles';
    case 'invalid_format':
    case 'custom':
      return issue.message;
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return 'has a value that can’t be used';
  }
}

function isMissing(value: unknown, path: FieldPath): boolean {
  const found = path.reduce<unknown>(
    (at, part) => (at as Record<string | number, unknown> | null | undefined)?.[part],
    value,
  );
  return found === undefined || found === null;
}
