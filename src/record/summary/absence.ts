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

/** What keeps this section from being whole; undefined when every organisation asked has answered in full. */
export function gapOf({ answers, absence }: SectionView): SectionGap | undefined {
  const states = answers.map(({ answer }) => answer.state);
  if (states.length === 0) return 'notasked';
  const unread = absence.kind === 'incomplete' && (absence.unread ?? 0) > 0;
  const silent = states.some((state) => ['waiting', 'late', 'unavailable', 'failed', 'truncated'].includes(state));
  if (silent || unread) return 'unavailable';
  return states.some((state) => state === 'withheld' || state === 'not-agreed') ? 'withheld' : undefined;
}

/** Of a section made of several headings: what keeps any of them from being whole; not asked only where none was. */
export function worstGap(gaps: readonly (SectionGap | undefined)[]): SectionGap | undefined {
  const asked = gaps.filter((gap) => gap !== 'notasked');
  if (asked.length === 0) return 'notasked';
  return asked.includes('unavailable') ? 'unavailable' : asked.find((gap) => gap !== undefined);
}

const SENTENCES: { readonly [gap in SectionGap]: string } = {
  withheld: 'Incomplete: something may be withheld.',
  unavailable: 'Incomplete: not every organisation has answered in full.',
  notasked: 'Not asked of any organisation.',
};

export function gapSentence(gap: SectionGap | undefined, empty: boolean): string | undefined {
  if (gap !== undefined) return SENTENCES[gap];
  return empty ? 'Nothing recorded at the organisations asked.' : undefined;
}

/** `emptyReason` of an empty section; of one with entries, an extension that says that they are not all. */
export function absenceElements(gap: SectionGap | undefined, empty: boolean): Json {
  if (!empty) return gap === undefined ? {} : { extension: [{ url: ABSENCE, valueCode: gap }] };
  return {
    emptyReason: {
      extension: [{ url: ABSENCE, valueCode: gap ?? 'nothing-recorded' }],
      coding: [{ system: EMPTY_REASON, code: gap ?? 'unavailable' }],
      text: gapSentence(gap, true),
    },
  };
}

const READ: { readonly [code: string]: SectionStanding } = {
  nilknown: 'nil-known',
  'nothing-recorded': 'nothing-recorded',
  withheld: 'withheld',
  unavailable: 'unavailable',
  notasked: 'notasked',
  // Begun and not done, or closed: either way nobody may take the list for the whole.
  notstarted: 'notasked',
  closed: 'unavailable',
};

export function readStanding(section: Json): SectionStanding {
  const filled = asObjects(section['entry']).length > 0;
  const reason = asObject(section['emptyReason']);
  const own = extensionCode(reason) ?? extensionCode(section);
  const code = own ?? asObjects(reason?.['coding']).flatMap((coding) => asString(coding['code']) ?? [])[0];
  const read = code !== undefined && Object.hasOwn(READ, code) ? READ[code] : undefined;
  // An empty section that gives no reason, or an unheard-of one, is no statement that there is nothing.
  return read ?? (filled && reason === undefined ? 'given' : 'unavailable');
}

function extensionCode(element: Json | undefined): string | undefined {
  const found = asObjects(element?.['extension']).find(({ url }) => url === ABSENCE);
  return asString(found?.['valueCode']);
}
