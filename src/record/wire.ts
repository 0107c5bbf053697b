import type { Entry, Unread } from './entry.ts';
import type { Patient } from './patient.ts';
import { asObject } from './resource.ts';
import type { FinalSourceStatus } from './source-status.ts';
import type { Source, SourceId } from './source.ts';

/** Goes up when an older reader would misread a newer stream (safety H33). */
export const WIRE_VERSION = 1;

/**
 * One line of the record stream (application/x-ndjson). `opened` comes first and names every source; each source
 * then sends any number of `entries` and exactly one `settled`; `closed` comes last. A stream without `closed` was cut.
 */
export type RecordEvent =
  | {
      readonly type: 'opened';
      readonly version: typeof WIRE_VERSION;
      /** Random handle of this view, joins the audit trail; tells nothing about the patient. */
      readonly viewId: string;
      readonly at: string;
      readonly patient: Patient;
      readonly sources: readonly Source[];
      /** The reader broke the glass: what an objection or a label held back is in this record, until then (ISO instant). */
      readonly emergency?: {
        readonly until: string;
        /** The audit's store can't be written: this view is kept in an emergency file and handed in later. */
        readonly spooled?: true;
      };
      /** The reader's role may break the glass. It is said whether or not anything is held back. */
      readonly mayBreakGlass?: boolean;
    }
  | {
      readonly type: 'entries';
      readonly source: SourceId;
      readonly entries: readonly Entry[];
      readonly unread: readonly Unread[];
    }
  | { readonly type: 'settled'; readonly source: SourceId; readonly status: FinalSourceStatus }
  /** Nothing new: keeps proxies from cutting a quiet stream (safety F39). */
  | { readonly type: 'alive'; readonly at: string }
  | { readonly type: 'closed'; readonly at: string };

export function encodeEvent(event: RecordEvent): string {
  return `${JSON.stringify(event)}\n`;
}

const TYPES: ReadonlySet<unknown> = new Set(['opened', 'entries', 'settled', 'alive', 'closed']);

/** Reads one line. `unknown-version` and `malformed` end the view with a clear word; nothing half-understood is shown. */
export function parseEvent(line: string): RecordEvent | { readonly error: 'malformed' | 'unknown-version' } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'malformed' };
  }
  const event = asObject(value);
  if (!event || !TYPES.has(event['type'])) return { error: 'malformed' };
  if (event['type'] === 'opened' && event['version'] !== WIRE_VERSION) return { error: 'unknown-version' };
  return event as RecordEvent;
}
