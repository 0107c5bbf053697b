import type { Entry } from '../record/entry.ts';
import type { Fact } from '../record/fact.ts';
import type { Attachment } from '../record/fhir/attachment.ts';
import type { SourceId } from '../record/source.ts';
import type { DocumentEntry } from '../record/sections/documents.ts';
import type { EndOfLifeEntry } from '../record/sections/end-of-life-care.ts';
import type { LegalEntry } from '../record/sections/legal-information.ts';
import type { InvestigationEntry } from '../record/sections/investigation-results.ts';

/** What can be fetched for a line, by its place at its source. */
export type Openable = {
  readonly entry: Entry;
  readonly source: SourceId;
  /** `Type/id`, the only address a document has here; never one the payload chose. */
  readonly reference: string;
  readonly title: string;
  readonly attachments: readonly Attachment[];
};

/** The file behind a fact: a letter, the signed form of a decision, a report's own pages. The first record that has one. */
export function openableOf(fact: Fact): Openable | undefined {
  return copiesOf(fact)[0];
}

/** Every copy of it: one for each record that has a file. */
export function copiesOf({ entries }: Fact): readonly Openable[] {
  return entries.flatMap((entry) => {
    const reference = referenceOf(entry);
    if (reference === undefined) return [];
    const attachments = 'attachments' in entry ? (entry.attachments as readonly Attachment[]) : [];
    return [{ entry, source: entry.origin.source, reference, title: entry.title, attachments }];
  });
}

function referenceOf(entry: Entry): string | undefined {
  if (entry.section === 'documents') {
    const { attachments, kind, reference } = entry as DocumentEntry;
    return attachments.length > 0 || kind === 'composition' ? reference : undefined;
  }
  if (entry.section === 'end-of-life-care') {
    const { attachments, reference } = entry as EndOfLifeEntry;
    return reference ?? (attachments.length > 0 ? entry.origin.resource : undefined);
  }
  if (entry.section === 'legal-information') {
    const { attachments, reference } = entry as LegalEntry;
    return reference ?? (attachments.length > 0 ? entry.origin.resource : undefined);
  }
  if (entry.section !== 'investigation-results') return undefined;
  return (entry as InvestigationEntry).attachments.length > 0 ? entry.origin.resource : undefined;
}
