import { html, type TemplateResult } from 'lit';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { SourceId } from '../../record/source.ts';
import { messageWords } from '../../words/message-words.ts';
import { lineTemplate, type LineOf } from '../line.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';
import { entryAt } from './entry-at.ts';

type Place = { readonly record: PatientRecord | undefined; readonly around: Surroundings; readonly lineOf: LineOf };

/** The item a conversation hangs on, read from the record that is open: never a copy that came with the message. */
export function itemLine(
  { source, resource }: { readonly source: SourceId; readonly resource: string },
  { record, around, lineOf }: Place,
): TemplateResult {
  const entry = entryAt(record, source, resource);
  const organisation = sourceName(source, around);
  if (!entry) return html`${messageWords(around.words.language).aboutElsewhere(organisation)}`;
  return html`${lineTemplate(lineOf(entry, around), [])}
    <span class="small">${around.words.sections[entry.section].short}, ${organisation}</span>`;
}
