import type { Unread } from '../entry.ts';
import type { SectionView } from '../patient-record.ts';
import { asObject, asObjects, asString, type Json } from '../resource.ts';

/**
 * Why a section of the document is empty, or not all there. "Nothing recorded" is no "nil known": FHIR keeps that word for
 * a clinician's positive statement, "not a default position asserted by a computer system" (list-empty-reason). Such a
 * statement is an entry of its own ("No known allergy"), never an empty section.
 */
export type SectionGap = 'withheld' | 'unavailable' | 'notasked';
/** What a document says of a section when it is read back. */
export type SectionStanding = 'given' | 'nil-known' | 'nothing-recorded' | SectionGap;

const EMPTY_REASON = 'http://terminology.hl7.org/CodeSystem/list-empty-reason';
const ABSENCE = 'https://corridor.invalid/StructureDefinition/absence';
const SILENT: readonly string[] = ['waiting', 'late', 'unavailable', 'failed', 'truncated'];

/**
 * What keeps this section from being whole; undefined when every organisation asked has answered in full. What came of its
 * types and could not be read may belong among its entries, though there are some.
 */
export function gapOf({ answers, section }: SectionView, unread: readonly Unread[]): SectionGap | undefined {
  const states = answers.map(({ answer }) => answer.state);
  if (states.length === 0) return 'notasked';
  const hidden = unread.some(({ resourceType }) => section.reads.includes(resourceType));
  if (hidden || states.some((state) => SILENT.includes(state))) return 'unavailable';
  return states.some((state) => state === 'withheld' || state === 'not-agreed') ? 'withheld' : undefined;
}

/** Of a section made of several headings: what keeps any of them from being whole; not asked only where none was. */
export function worstGap(gaps: readonly (SectionGap | undefined)[]): SectionGap | undefined {
  if (gaps.every((gap) => gap === 'notasked')) return 'notasked';
  return (['unavailable', 'withheld'] as const).find((gap) => gaps.includes(gap));
}

const SENTENCES: { readonly [gap in SectionGap]: string } = {
  withheld: 'Incomplete: something may be withheld.',
  unavailable: 'Incomplete: not every organisation has answered in full, or something it sent could not be read.',
  notasked: 'Not asked of any organisation.',
};

/** What is missing, in words: of what was asked, and what is held and not carried. */
export function gapSentences(gap: SectionGap | undefined, empty: boolean, left: number): readonly string[] {
  const held = left > 0 ? [`Held and not part of this summary: ${String(left)}.`] : [];
  if (gap !== undefined) return [SENTENCES[gap], ...held];
  return empty && left === 0 ? ['Nothing recorded at the organisations asked.'] : held;
}

/** `emptyReason` of an empty section; of one with entries, an extension that says that they are not all. */
export function absenceElements(gap: SectionGap | undefined, empty: boolean, left: number): Json {
  if (!empty) return gap === undefined ? {} : { extension: [{ url: ABSENCE, valueCode: gap }] };
  const own = gap ?? (left > 0 ? 'unavailable' : 'nothing-recorded');
  return {
    emptyReason: {
      extension: [{ url: ABSENCE, valueCode: own }],
      coding: [{ system: EMPTY_REASON, code: own === 'nothing-recorded' ? 'unavailable' : own }],
      text: gapSentences(gap, true, left).join(' '),
    },
  };
}

const READ: ReadonlyMap<string, SectionStanding> = new Map<string, SectionStanding>([
  ['nilknown', 'nil-known'],
  ['nothing-recorded', 'nothing-recorded'],
  ['withheld', 'withheld'],
  ['unavailable', 'unavailable'],
  ['notasked', 'notasked'],
  ['notstarted', 'notasked'],
]);

/** `lacks`: an entry of the section is not in the document, so what is there is not all. */
export function readStanding(section: Json, lacks: boolean): SectionStanding {
  const reason = asObject(section['emptyReason']);
  const own = extensionCode(reason) ?? extensionCode(section);
  const code = own ?? asObjects(reason?.['coding']).flatMap((coding) => asString(coding['code']) ?? [])[0];
  const read = READ.get(code ?? '');
  // An empty section that gives no reason, or an unheard-of one, is no statement that there is nothing.
  if (!isFilled(section)) return read ?? 'unavailable';
  // What holds something and says that it is empty (R4 cmp-2) may hold more, whatever it says.
  if (lacks || (read !== 'withheld' && (read ?? reason) !== undefined)) return 'unavailable';
  return read ?? 'given';
}

/** By entries of its own or of a section within it. */
function isFilled(section: Json): boolean {
  return asObjects(section['entry']).length > 0 || asObjects(section['section']).some(isFilled);
}

function extensionCode(element: Json | undefined): string | undefined {
  const found = asObjects(element?.['extension']).find(({ url }) => url === ABSENCE);
  return asString(found?.['valueCode']);
}
