import type { Entry, EntryState, Reading } from '../entry.ts';
import { absenceIn, saysNone } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readDate, readPeriod, readTiming, type RecordedDate } from '../fhir/date.ts';
import { localReference, readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, resourceKey, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isInstrument } from '../silence.ts';
import { deviceName, deviceStateIn } from './device-name.ts';
import { keyOfParts } from './key-of-parts.ts';
import { isMedicalDevice } from './which-device.ts';

/**
 * Medical devices (the second half of PRSB "Medications and medical devices": name; IPS 46264-8): implants, pacemakers,
 * pumps, lines, from Device and DeviceUseStatement. Must have: what it is. No window: a pacemaker of twenty years ago
 * decides about a scan today. An order for a device is no device and stands with the equipment.
 */
export type MedicalDeviceEntry = Entry & {
  readonly section: 'medical-devices';
  readonly statement: 'device' | 'none-known' | 'not-asked';
  /** The thing itself, or that it is used. */
  readonly record: 'device' | 'use';
  /** The Device meant, `Type/id` at that source: what a statement of its use joins. */
  readonly device?: string;
  readonly bodySite?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly lot?: string;
  /** Unique device identifier, as carried by the device. */
  readonly udi?: string;
  readonly expires?: RecordedDate;
  /** What the source says of safety: "MR conditional", "Contains latex". */
  readonly safety: readonly string[];
  readonly reasons: readonly string[];
  readonly statusReasons: readonly string[];
};

/** Device.status; a device that is inactive is no longer available, which is not to say where it is. */
const DEVICE_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  inactive: 'past',
  'entered-in-error': 'in-error',
};
/** DeviceUseStatement.status. On hold: it is there and not in use. */
const USE_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  'on-hold': 'current',
  intended: 'planned',
  stopped: 'past',
  completed: 'past',
  'entered-in-error': 'in-error',
};

export const medicalDevices: Section<MedicalDeviceEntry> = {
  id: 'medical-devices',
  heading: 'Medical devices',
  groupedBy: 'identifier',
  reads: ['Device', 'DeviceUseStatement'],
  window: null,

  read(resource, context) {
    if (isInstrument(resource)) return { entries: [], unread: [] };
    return isMedicalDevice(resource, context) ? readDevice(resource, context) : null;
  },

  // The unique device identifier with the serial number is the very thing, wherever it is recorded; a Device and the
  // statement of its use at one source name each other. Without either, like devices are two: hips come in pairs. Another
  // standing, place in the body or word on safety is another statement; what a record leaves out of the latter two is as
  // the others say.
  identity(entry) {
    if (entry.statement !== 'device') return undefined;
    return {
      base: keyOfParts(entry.state),
      names: () => [
        ...(entry.udi && entry.serial
          ? [{ reason: 'identifier' as const, name: keyOfParts('udi', entry.udi, entry.serial) }]
          : []),
        ...(entry.device
          ? [{ reason: 'identifier' as const, name: keyOfParts('device', entry.origin.source, entry.device) }]
          : []),
      ],
      details: () => [
        entry.bodySite && normaliseWords(entry.bodySite),
        entry.safety.length > 0 ? keyOfParts(...entry.safety.map(normaliseWords).sort()) : undefined,
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, medicalDevices.identity?.(entry));
  },

  // An implant that one organisation knows of and another does not is everyday, and every one is shown.
  conflicts() {
    return [];
  },

  // What is in the body or in use, then what is not known, then what is over, then "none known".
  compare(a, b) {
    return rankOf(a.entries[0]) - rankOf(b.entries[0]);
  },
};

function rankOf(entry: MedicalDeviceEntry): number {
  if (entry.statement !== 'device') return 9;
  return ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'].indexOf(entry.state);
}

function readDevice(resource: Resource, context: ReadContext): Reading<MedicalDeviceEntry> {
  const isUse = resource.resourceType === 'DeviceUseStatement';
  const name = deviceName(resource, context);
  if (!name) return unreadable(resource, context, isUse ? 'device' : 'type');
  const used = isUse ? context.resolve(asObject(resource['device']), resource) : resource;
  const status = readCode(resource['status']);
  const period = readPeriod(resource['timingPeriod']);
  const statement = statementOf(name);
  const recorded = readDate(resource['recordedOn']);
  const happened = readTiming(resource, 'timing');
  return read({
    ...readStatement(resource, context, 'medical-devices', codedCautions(name)),
    section: 'medical-devices',
    title: name.text,
    code: name,
    state: stateOf(standing(stateBy(status, isUse ? USE_STATES : DEVICE_STATES), period, resource), statement, name),
    ...optional('statusAsRecorded', status),
    ...optional('date', happened ?? recorded),
    ...(happened === undefined && recorded && { dateIs: 'recorded' as const }),
    ...optional('period', period),
    statement,
    record: isUse ? 'use' : 'device',
    ...optional('device', isUse ? localReference(resource['device']) : resourceKey(resource)),
    ...optional('bodySite', readCoded(resource['bodySite'])?.text),
    ...makeOf(used),
    reasons: [
      ...readConcepts(resource['reasonCode']).map(({ text }) => text),
      ...readReferenceNames(resource['reasonReference'], context, resource),
    ],
    statusReasons: readConcepts(resource['statusReason']).map(({ text }) => text),
  });
}

/** Who made it and which one it is, from the Device, whether it speaks itself or its use does. */
function makeOf(device: Resource | undefined) {
  const carrier = asObjects(device?.['udiCarrier'])[0];
  return {
    ...optional('manufacturer', plainText(device?.['manufacturer'])),
    ...optional('model', plainText(device?.['modelNumber'])),
    ...optional('serial', plainText(device?.['serialNumber'])),
    ...optional('lot', plainText(device?.['lotNumber'])),
    ...optional('udi', plainText(carrier?.['deviceIdentifier']) ?? plainText(carrier?.['carrierHRF'])),
    ...optional('expires', readDate(device?.['expirationDate'])),
    safety: readConcepts(device?.['safety']).map(({ text }) => text),
  };
}

function statementOf(name: Coded): MedicalDeviceEntry['statement'] {
  return absenceIn(name) ?? (saysNone(name, /\b(devices?|implants?)\b/) ? 'none-known' : 'device');
}

function stateOf(state: EntryState, statement: MedicalDeviceEntry['statement'], name: Coded): EntryState {
  if (statement === 'device') return deviceStateIn(name.text, state);
  return state === 'in-error' ? state : statement === 'none-known' ? 'negated' : 'unknown';
}
