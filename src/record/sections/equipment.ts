import type { Reading } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readConcepts } from '../fhir/coding.ts';
import { newestFirst, readPeriod } from '../fhir/date.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { read, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isInstrument } from '../silence.ts';
import { deviceName, deviceStateIn } from './device-name.ts';
import { keyOfParts } from './key-of-parts.ts';
import { ORDER_STATES, readCareParts, SERVICE_STATES, type CareParts } from './service-entry.ts';
import { isMedicalDevice } from './which-device.ts';

/**
 * Equipment and adaptations (PRSB Local Authority information: name, date, comment), from DeviceRequest, and from Device
 * and DeviceUseStatement where what they name is no medical device. Must have: what it is. A Device without a patient is
 * the instrument of some measurement: a part of other statements, and no statement itself.
 */
export type EquipmentEntry = CareParts & {
  readonly section: 'equipment';
  /** What told of it: an order says that it was asked for, the others that it is there. */
  readonly record: 'order' | 'device' | 'use';
  /** The source says that it must not be supplied. */
  readonly prohibited?: true;
};

export const equipment: Section<EquipmentEntry> = {
  id: 'equipment',
  heading: 'Equipment and adaptations',
  groupedBy: 'identifier',
  reads: ['DeviceRequest', 'Device', 'DeviceUseStatement'],
  window: null,

  read(resource, context) {
    if (isInstrument(resource)) return { entries: [], unread: [] };
    return isMedicalDevice(resource, context) ? null : readEquipment(resource, context);
  },

  // Two raised toilet seats are two. Only the same number (of the order, of the thing) with the same standing, dates and
  // name makes two copies one.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.record,
      entry.state,
      entry.date,
      entry.period?.end,
      normaliseWords(entry.title),
      entry.provider,
      entry.notes,
    );
  },

  // One organisation seldom knows what another has put into the house.
  conflicts() {
    return [];
  },

  // What is in place first, then what is to come, then what is not known or gone.
  compare(a, b) {
    return rankOf(a) - rankOf(b) || newestFirst(a.entries[0].date, b.entries[0].date);
  },
};

function rankOf(fact: Fact<EquipmentEntry>): number {
  return ['current', 'planned', 'unknown', 'past', 'negated', 'in-error'].indexOf(fact.entries[0].state);
}

const RECORDS: { readonly [type: string]: EquipmentEntry['record'] } = {
  DeviceRequest: 'order',
  Device: 'device',
  DeviceUseStatement: 'use',
};
const MUST_HAVE: { readonly [type: string]: string } = { DeviceRequest: 'code', DeviceUseStatement: 'device' };

function readEquipment(resource: Resource, context: ReadContext): Reading<EquipmentEntry> {
  const title = deviceName(resource, context);
  if (!title) return unreadable(resource, context, MUST_HAVE[resource.resourceType] ?? 'type');
  const record = RECORDS[resource.resourceType] ?? 'device';
  const period = readPeriod(resource['occurrencePeriod']) ?? readPeriod(resource['timingPeriod']);
  const parts = readCareParts(
    resource,
    context,
    'equipment',
    title,
    period,
    record === 'order' ? ORDER_STATES : SERVICE_STATES,
  );
  const prohibited = resource['doNotPerform'] === true;
  const state = deviceStateIn(title.text, parts.state);
  return read({
    ...parts,
    state: prohibited && state !== 'in-error' ? 'negated' : state,
    record,
    ...(prohibited && { prohibited: true as const }),
    reasons: [
      ...readConcepts(resource['reasonCode']).map(({ text }) => text),
      ...readReferenceNames(resource['reasonReference'], context, resource),
    ],
  });
}
