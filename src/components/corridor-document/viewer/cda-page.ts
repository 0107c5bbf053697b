import { proseOfMarkup, type Media } from './markup-prose.ts';
import { element, type Page, type PageFact, type Prose } from './prose.ts';
import { childrenNamed, descend, xmlText, type XmlElement } from './xml-tree.ts';

/** What a C-CDA document holds for a reader: its head in facts, its sections in words, or another file it carries. */
export type CdaContent = Page & { readonly carried?: Uint8Array };

/** What is said in place of what can't be shown. */
export type CdaWords = { readonly pictureMissing: string; readonly emptySection: string };

const MAX_SECTIONS = 500;

export function isCda(root: XmlElement): boolean {
  return root.name === 'ClinicalDocument';
}

/**
 * A clinical document (CDA R2, C-CDA) as it is meant to be read: the narrative of each section is what its author
 * signed (CDA R2 §4.3.5), so that is shown, and no coded entry is read into it.
 */
export function readCda(root: XmlElement, words: CdaWords): CdaContent {
  const title = squeezed(xmlText(descend(root, 'title')));
  const facts = [...(title === '' ? [] : [{ what: 'title', value: title } as const]), ...headFacts(root)];
  const inside = descend(root, 'component', 'nonXMLBody', 'text');
  const carried = inside?.attributes['representation'] === 'B64' ? bytesOf(xmlText(inside)) : undefined;
  if (carried) return { facts, prose: [], carried };
  const media = mediaOf(root, words.pictureMissing);
  const sections = childrenNamed(descend(root, 'component', 'structuredBody'), 'component').flatMap((component) =>
    childrenNamed(component, 'section'),
  );
  const prose = sections.slice(0, MAX_SECTIONS).flatMap((section) => sectionProse(section, 0, media, words));
  return { facts, prose: inside ? [element('preformatted', [xmlText(inside)])] : prose };
}

function sectionProse(section: XmlElement, depth: number, media: Media, words: CdaWords): readonly Prose[] {
  const title = squeezed(
    xmlText(descend(section, 'title')) || (descend(section, 'code')?.attributes['displayName'] ?? ''),
  );
  const text = descend(section, 'text');
  const said = text ? proseOfMarkup(text, media) : [];
  const nested = childrenNamed(section, 'component').flatMap((component) => childrenNamed(component, 'section'));
  const within = depth > 8 ? [] : nested.flatMap((one) => sectionProse(one, depth + 1, media, words));
  const empty = said.length === 0 && within.length === 0;
  return [
    ...(title === '' ? [] : [element(depth === 0 ? 'heading' : 'subheading', [title])]),
    ...said,
    ...(empty ? [element('note', [words.emptySection])] : []),
    ...within,
  ];
}

function headFacts(root: XmlElement): readonly PageFact[] {
  const role = descend(root, 'recordTarget', 'patientRole');
  const person = descend(role, 'patient');
  const author = descend(root, 'author', 'assignedAuthor');
  const custodian = descend(root, 'custodian', 'assignedCustodian', 'representedCustodianOrganization');
  const recipient = descend(root, 'informationRecipient', 'intendedRecipient', 'informationRecipient');
  const encounter = descend(root, 'componentOf', 'encompassingEncounter', 'effectiveTime');
  const gender = descend(person, 'administrativeGenderCode')?.attributes;
  const facts: readonly (readonly [PageFact['what'], string])[] = [
    ['person', nameOf(descend(person, 'name'))],
    ['born', timeOf(descend(person, 'birthTime'))],
    ['number', idsOf(role)],
    ['gender', gender?.['displayName'] ?? gender?.['code'] ?? ''],
    ['written', timeOf(descend(root, 'effectiveTime'))],
    ['author', [nameOf(descend(author, 'assignedPerson', 'name')), orgOf(author)].filter(Boolean).join(', ')],
    ['custodian', squeezed(xmlText(descend(custodian, 'name')))],
    ['recipient', nameOf(descend(recipient, 'name'))],
    ['event', [timeOf(descend(encounter, 'low')), timeOf(descend(encounter, 'high'))].filter(Boolean).join(' – ')],
  ];
  return facts.flatMap(([what, value]) => (value === '' ? [] : [{ what, value }]));
}

/** The NHS number by its own name (2.16.840.1.113883.2.1.4.1), else the numbers as they stand. */
function idsOf(role: XmlElement | undefined): string {
  const ids = childrenNamed(role, 'id').map(({ attributes }) => attributes);
  const nhs = ids.find(({ root }) => root === '2.16.840.1.113883.2.1.4.1');
  return nhs?.['extension'] ?? ids.flatMap(({ extension }) => extension ?? []).join(', ');
}

function nameOf(name: XmlElement | undefined): string {
  if (!name) return '';
  const parts = ['prefix', 'given', 'family', 'suffix'].flatMap((part) =>
    childrenNamed(name, part).map((one) => squeezed(xmlText(one))),
  );
  return parts.filter(Boolean).join(' ') || squeezed(xmlText(name));
}

function orgOf(author: XmlElement | undefined): string {
  return squeezed(xmlText(descend(author, 'representedOrganization', 'name')));
}

/** `20260328101500+0000` to the precision that was given, as a date a screen can write out. */
function timeOf(time: XmlElement | undefined): string {
  const value = time?.attributes['value'] ?? descend(time, 'low')?.attributes['value'] ?? '';
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?/.exec(value) ?? [];
  if (year === undefined) return '';
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  return hour !== undefined && minute !== undefined ? `${date} ${hour}:${minute}` : date;
}

/** Pictures within the document (`observationMedia`), by the id a narrative names them with. */
function mediaOf(root: XmlElement, missing: string): Media {
  const found = new Map<string, Blob>();
  const walk = (at: XmlElement): void => {
    for (const child of at.children) {
      if (typeof child === 'string') continue;
      const id = child.name === 'observationMedia' ? child.attributes['ID'] : undefined;
      const value = id === undefined ? undefined : descend(child, 'value');
      const type = value?.attributes['mediaType'] ?? '';
      const bytes = value && /^image\/(?:png|jpeg|gif)$/.test(type) ? bytesOf(xmlText(value)) : undefined;
      if (id !== undefined && bytes) found.set(id, new Blob([bytes], { type }));
      walk(child);
    }
  };
  walk(root);
  return { pictureOf: (id) => found.get(id), missing };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    // Not base64: there is no file in it.
    return undefined;
  }
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
