import type { Entry, EntryState, Reading } from '../entry.ts';
import { readAttachments, type Attachment } from '../fhir/attachment.ts';
import { normaliseWords, readCode, readCoded } from '../fhir/coding.ts';
import { dayOf, readDate, readPeriod, type Period, type RecordedDate } from '../fhir/date.ts';
import { DOCUMENT_CAUTIONS, DOCUMENT_STATES } from '../fhir/document-status.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import {
  cautionsBy,
  codedCautions,
  linksTo,
  read,
  readStatement,
  resourceKey,
  stateBy,
  unreadable,
} from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { ownNumber } from './one-event.ts';
import { isAboutMe } from './which-section.ts';

/**
 * Documents (PRSB CIS: title, date; UKCore-DocumentReference, UKCore-Composition). Must have: a title, a type or a
 * description. The reader opens `reference`; the URL inside the payload never leaves this file.
 */
export type DocumentEntry = Entry & {
  readonly section: 'documents';
  /** `Type/id` at the source: what the launcher fetches, through the same checks as everything else. */
  readonly reference: string;
  readonly kind: 'document' | 'composition';
  readonly type?: string;
  readonly categories: readonly string[];
  readonly authors: readonly string[];
  readonly custodian?: string;
  readonly attachments: readonly Attachment[];
  /** When the reference to it was made at the source. */
  readonly registered?: RecordedDate;
  /** The time the document tells of. */
  readonly covers?: Period;
  /** Where in care it belongs, and which event it tells of. */
  readonly setting?: string;
  readonly events: readonly string[];
  /** Headings of a composition's sections. */
  readonly headings: readonly string[];
  readonly businessId?: string;
};

/** Composition.status. */
const COMPOSITION_STATES: { readonly [status: string]: EntryState } = {
  preliminary: 'current',
  final: 'current',
  amended: 'current',
  'entered-in-error': 'in-error',
};

export const documents: Section<DocumentEntry> = {
  id: 'documents',
  heading: 'Documents',
  groupedBy: 'identifier',
  reads: ['DocumentReference', 'Composition'],
  window: null,

  read(resource, context) {
    if (resource.resourceType === 'Composition') return readComposition(resource, context);
    return isAboutMe(resource) ? null : readDocument(resource, context);
  },

  // One letter, held at two places. The same bytes (hash) are the same letter, whatever each place calls it. Without a hash
  // its title, its moment and either its size in bytes with its type or its own number must agree: a number used again for
  // the next version must not hide that version, and a size that one source has for two letters of that title proves
  // nothing. Standing, doubts and the day are equal in any case. With none of the three, each stands alone.
  identity(entry) {
    if (entry.date === undefined) return undefined;
    const titled = keyOfParts(normaliseWords(entry.title), momentKey(entry.date));
    const file = fileKey(entry);
    return {
      base: keyOfParts(entry.kind, entry.state, [...entry.cautions].sort(), dayOf(entry.date)),
      names: () => [
        ...(file?.hash ? [{ reason: 'same-file' as const, name: `hash:${file.hash}` }] : []),
        ...(file?.size
          ? [{ reason: 'same-file' as const, name: `size:${file.size} ${titled}`, onceASource: true as const }]
          : []),
        ...ownNumber(entry.businessId).map((own) => ({ ...own, name: `${own.name} ${titled}` })),
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, documents.identity?.(entry));
  },

  conflicts() {
    return [];
  },
};

/** What is told of the bytes of all its files; nothing where one of them tells nothing, or is empty. */
function fileKey({ attachments }: DocumentEntry): { readonly hash?: string; readonly size?: string } | undefined {
  if (attachments.length === 0) return undefined;
  const hashes = attachments.flatMap(({ hash }) => hash ?? []);
  const sizes = attachments.flatMap(({ sizeBytes, contentType }) =>
    sizeBytes ? `${sizeBytes} ${contentType ?? ''}` : [],
  );
  return {
    ...(hashes.length === attachments.length && { hash: hashes.sort().join(' ') }),
    ...(sizes.length === attachments.length && { size: sizes.sort().join(', ') }),
  };
}

function readDocument(resource: Resource, context: ReadContext): Reading<DocumentEntry> {
  const type = readCoded(resource['type']);
  const attachments = readAttachments(asObjects(resource['content']).map((content) => content['attachment']));
  const title =
    plainText(resource['description']) ?? attachments.find((attachment) => attachment.title)?.title ?? type?.text;
  if (title === undefined) return unreadable(resource, context, 'type');
  const status = readCode(resource['status']);
  const docStatus = readCode(resource['docStatus']);
  const about = asObjects(resource['context'])[0];
  const period = readPeriod(about?.['period']);
  const setting = readCoded(about?.['practiceSetting'])?.text;
  // The letter's own date; when it was registered only if there is no other. An event's period is neither.
  const registered = readDate(resource['date']);
  const written = attachments.find((attachment) => attachment.created)?.created;
  const date = written ?? registered;
  const statement = readStatement(resource, context, 'documents', [
    ...codedCautions(type),
    ...cautionsBy(docStatus, DOCUMENT_CAUTIONS),
  ]);
  const replaces = asObjects(resource['relatesTo']).flatMap((relation) =>
    linksTo('document', relation['target'], context, resource),
  );
  return read({
    ...statement,
    ...sharedParts(resource, context),
    section: 'documents',
    kind: 'document',
    links: [...statement.links, ...replaces],
    title,
    ...(type && { code: type, type: type.text }),
    state: docStatus === 'entered-in-error' ? 'in-error' : stateBy(status, DOCUMENT_STATES),
    ...((status ?? docStatus) && { statusAsRecorded: [status, docStatus].filter(Boolean).join(', ') }),
    ...(date && { date }),
    ...(registered && !written && { dateIs: 'recorded' as const }),
    ...(registered && { registered }),
    ...(period && { covers: period }),
    attachments,
    ...(setting && { setting }),
    events: asObjects(about?.['event']).flatMap((event) => readCoded(event)?.text ?? []),
    headings: [],
  });
}

function readComposition(resource: Resource, context: ReadContext): Reading<DocumentEntry> {
  const type = readCoded(resource['type']);
  const title = plainText(resource['title']) ?? type?.text;
  if (title === undefined) return unreadable(resource, context, 'title');
  const status = readCode(resource['status']);
  const date = readDate(resource['date']);
  return read({
    ...readStatement(resource, context, 'documents', [
      ...codedCautions(type),
      ...cautionsBy(status, DOCUMENT_CAUTIONS),
    ]),
    ...sharedParts(resource, context),
    section: 'documents',
    kind: 'composition',
    title,
    ...(type && { code: type, type: type.text }),
    state: stateBy(status, COMPOSITION_STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    attachments: [],
    events: asObjects(resource['event']).flatMap((event) =>
      asObjects(event['code']).flatMap((code) => readCoded(code)?.text ?? []),
    ),
    headings: asObjects(resource['section']).flatMap(
      (section) => plainText(section['title']) ?? readCoded(section['code'])?.text ?? [],
    ),
  });
}

function sharedParts(resource: Resource, context: ReadContext) {
  const custodian = readReferenceNames(resource['custodian'], context, resource)[0];
  const businessId = readBusinessId(resource);
  return {
    reference: resourceKey(resource),
    categories: asObjects(resource['category']).flatMap((category) => readCoded(category)?.text ?? []),
    authors: readReferenceNames(resource['author'], context, resource),
    ...(custodian && { custodian }),
    ...(businessId && { businessId }),
  };
}
