import type { Caution, Entry, Reading } from '../entry.ts';
import { readAnswers, readQuestionnaireTitle, type Answer } from '../fhir/answers.ts';
import { readAttachments, type Attachment } from '../fhir/attachment.ts';
import { readCode, readCoded } from '../fhir/coding.ts';
import { readDate } from '../fhir/date.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceName, refersTo } from '../fhir/reference.ts';
import { cautionsBy, read, readStatement, resourceKey, stateBy, unreadable } from '../fhir/statement.ts';
import { DOCUMENT_STATES } from '../fhir/document-status.ts';
import { RESPONSE_STATES } from '../fhir/response-status.ts';
import { plainText } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { momentKey } from './observation-key.ts';
import { isAboutMe } from './which-section.ts';

/**
 * About Me (PRSB About Me standard; IPS Patient Story 81338-6): the person's own words. Must have: something said, or a
 * document to open. Answers are shown as they were given, under the form's own labels; nothing is summarised.
 */
export type AboutMeEntry = Entry & {
  readonly section: 'about-me';
  readonly lines: readonly Answer[];
  /** Set when it is a document: `Type/id` to open at the source. */
  readonly reference?: string;
  readonly attachments: readonly Attachment[];
  /** Who helped the person to say it, or said it for them. */
  readonly supportedBy?: string;
  readonly businessId?: string;
};

const STATUS_CAUTIONS: { readonly [status: string]: Caution } = {
  'in-progress': 'preliminary',
  stopped: 'preliminary',
  preliminary: 'preliminary',
  amended: 'amended',
};

const STATES = { ...RESPONSE_STATES, ...DOCUMENT_STATES } as const;

export const aboutMe: Section<AboutMeEntry> = {
  id: 'about-me',
  heading: 'About Me',
  groupedBy: 'identifier',
  reads: ['QuestionnaireResponse', 'DocumentReference'],
  window: null,

  read(resource, context) {
    if (!isAboutMe(resource)) return null;
    return resource.resourceType === 'DocumentReference'
      ? readDocument(resource, context)
      : readResponse(resource, context);
  },

  // The person's own words are never judged alike; only the same identified form of the same moment is one.
  factKey(entry) {
    return entry.businessId && entry.date
      ? keyOfParts(
          entry.businessId,
          entry.state,
          momentKey(entry.date),
          entry.lines.map((line) => [line.label, line.value]),
        )
      : entry.id;
  },

  conflicts() {
    return [];
  },
};

function readResponse(resource: Resource, context: ReadContext): Reading<AboutMeEntry> {
  const lines = readAnswers(resource);
  if (lines.length === 0) return unreadable(resource, context, 'item');
  const status = readCode(resource['status']);
  const date = readDate(resource['authored']);
  const businessId = readBusinessId(resource);
  const supportedBy = readHelpers(resource, context).join(', ');
  return read({
    ...readStatement(resource, context, 'about-me', cautionsBy(status, STATUS_CAUTIONS)),
    section: 'about-me',
    title: worded(readQuestionnaireTitle(resource, context)) ?? 'About Me',
    state: stateBy(status, STATES),
    ...(status && { statusAsRecorded: status }),
    ...(date && { date }),
    lines,
    attachments: [],
    ...(supportedBy && { supportedBy }),
    ...(businessId && { businessId }),
  });
}

/** Who wrote it down and is not the person, and who said it for the person; of whom only a name is known, by the name. */
function readHelpers(form: Resource, context: ReadContext): readonly string[] {
  const said = readReferenceName(form['source'], context, form);
  const wrote = readReferenceName(form['author'], context, form);
  const speaks = said !== undefined && HELPERS.some((type) => isOf(type, form['source'], context, form));
  const writes = wrote !== undefined && wrote !== said && !isOf('Patient', form['author'], context, form);
  return [...(speaks ? [said] : []), ...(writes ? [wrote] : [])];
}

const HELPERS = ['RelatedPerson', 'Practitioner', 'PractitionerRole'] as const;

function isOf(type: string, reference: unknown, context: ReadContext, form: Resource): boolean {
  return refersTo(reference, type) || context.resolve(asObject(reference), form)?.resourceType === type;
}

/** A form whose only name is the last part of an address (`about-me`) is called by the heading it was recognised by. */
function worded(title: string | undefined): string | undefined {
  return title?.includes(' ') ? title : undefined;
}

function readDocument(resource: Resource, context: ReadContext): Reading<AboutMeEntry> {
  const type = readCoded(resource['type']);
  const attachments = readAttachments(asObjects(resource['content']).map((content) => content['attachment']));
  const status = readCode(resource['status']);
  const docStatus = readCode(resource['docStatus']);
  const written = attachments.find((attachment) => attachment.created)?.created;
  const date = written ?? readDate(resource['date']);
  const businessId = readBusinessId(resource);
  return read({
    ...readStatement(resource, context, 'about-me', cautionsBy(docStatus, STATUS_CAUTIONS)),
    section: 'about-me',
    title:
      plainText(resource['description']) ??
      attachments.find((attachment) => attachment.title)?.title ??
      type?.text ??
      'About Me',
    ...(type && { code: type }),
    state: docStatus === 'entered-in-error' ? 'in-error' : stateBy(status, STATES),
    ...((status ?? docStatus) && { statusAsRecorded: [status, docStatus].filter(Boolean).join(', ') }),
    ...(date && { date }),
    ...(date && !written && { dateIs: 'recorded' as const }),
    lines: [],
    reference: resourceKey(resource),
    attachments,
    ...(businessId && { businessId }),
  });
}
