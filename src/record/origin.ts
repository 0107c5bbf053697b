import type { RecordedDate } from './fhir/date.ts';
import type { SourceId } from './source.ts';

/**
 * Who said it, where, when, and in which resource. Stamped from the transport (which source the launcher asked),
 * never from what the payload claims about itself (safety H22).
 */
export type Origin = {
  readonly source: SourceId;
  /** `Type/id` at that source; an id the source left out is made from the content and starts with `~`. */
  readonly resource: string;
  readonly version?: string;
  /** When the source last changed the resource (meta.lastUpdated), as recorded. */
  readonly lastUpdated?: RecordedDate;
  /** The person, team or unit the resource names as having recorded, performed, prescribed or authored it. */
  readonly by?: string;
  /** An organisation the resource itself names when it is not plainly the source: shown as a claim, "says …". */
  readonly onBehalfOf?: string;
};
