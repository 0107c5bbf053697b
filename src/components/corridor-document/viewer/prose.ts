/**
 * Words with the little structure a letter needs. Every reader of a format gives this and nothing else, so what is built
 * from it is built of these elements and of text alone: there is no attribute in it that could load, run or lead away.
 */
export type Prose = string | ProseElement;

export type ProseElement = {
  readonly kind: ProseKind;
  readonly children: readonly Prose[];
  /** A cell over several columns or rows. */
  readonly columns?: number;
  readonly rows?: number;
  /** A picture that came within the document. */
  readonly picture?: Blob;
};

export type ProseKind =
  | 'heading'
  | 'subheading'
  | 'paragraph'
  | 'preformatted'
  | 'bullets'
  | 'numbers'
  | 'item'
  | 'table'
  | 'caption'
  | 'row'
  | 'head-cell'
  | 'cell'
  | 'strong'
  | 'emphasis'
  | 'underlined'
  | 'struck'
  | 'raised'
  | 'lowered'
  | 'break'
  | 'rule'
  | 'picture'
  | 'note';

/** A document made of words: what its head says of it, then the words. */
export type Page = {
  readonly facts: readonly PageFact[];
  readonly prose: readonly Prose[];
};

export type PageFact = { readonly what: FactName; readonly value: string };

export type FactName =
  'person' | 'born' | 'number' | 'gender' | 'written' | 'author' | 'custodian' | 'recipient' | 'event' | 'title';

export function element(kind: ProseKind, children: readonly Prose[] = []): ProseElement {
  return { kind, children };
}

/** All of its words, a line for each block. */
export function textOf(prose: readonly Prose[]): string {
  return prose
    .map((part) => {
      if (typeof part === 'string') return part;
      const text = textOf(part.children);
      return INLINE.has(part.kind) ? text : `${text}\n`;
    })
    .join('');
}

export const INLINE: ReadonlySet<ProseKind> = new Set([
  'strong',
  'emphasis',
  'underlined',
  'struck',
  'raised',
  'lowered',
]);
