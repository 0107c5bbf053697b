import type { ServiceEntry } from '../../record/sections/services-and-care.ts';
import { activityInWords } from '../activity-in-words.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Services and packages of care: who provides, who pays, since when. */
export class CorridorServicesAndCare extends SectionElement<ServiceEntry> {
  static override readonly lineOf = serviceLine;
  static override readonly limit = 5;
}

/** The package or service; who provides and who pays; since when. */
export function serviceLine(entry: ServiceEntry, { words }: Surroundings): Line {
  const { services } = words;
  return {
    main: entry.title,
    flags: [{ tone: 'quiet', word: services.kinds[entry.kind] }],
    parts: [
      entry.provider,
      entry.worker,
      entry.funding && services.funding(entry.funding),
      entry.reasons.join(', '),
      entry.priority,
    ],
    ...(entry.period && { when: spanInWords(entry, entry.period, words) }),
    body: [
      ...entry.goals.map((goal) => `${words.care.goal}: ${goal}`),
      ...entry.activities.map((activity) => activityInWords(activity, words)),
    ],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-services-and-care': CorridorServicesAndCare;
  }
}
