import type { Json } from '../resource.ts';
import type { MedicalDeviceEntry } from '../sections/medical-devices.ts';
import { base, part, person, phrase, stated, subjectMatter, texts } from './elements.ts';
import type { Names } from './write-entry.ts';

/** A Device's word for what it is in DeviceUseStatement.status, where that has another, or none. */
const USED: ReadonlyMap<string | undefined, string | undefined> = new Map([
  ['inactive', 'completed'],
  ['unknown', undefined],
]);
/** The human-readable form of a UDI begins with its first part's sign (GS1, HIBCC, ICCBBA); the identifier alone does not. */
const CARRIER = /^[(+=&]/;

/**
 * A device as the statement of its use, with the Device inside: the IPS knows a device only so. That a source told of the
 * device and of its use stays two statements, as everywhere in the document.
 */
export function writeDevice(entry: MedicalDeviceEntry, id: string, names: Names): Json {
  const happened = entry.dateIs === 'recorded' ? undefined : entry.date;
  const { manufacturer, model, serial, lot, udi, expires } = entry;
  return {
    ...base(entry, 'DeviceUseStatement', id),
    contained: [
      {
        resourceType: 'Device',
        id: 'device',
        ...(udi !== undefined && { udiCarrier: [{ [CARRIER.test(udi) ? 'carrierHRF' : 'deviceIdentifier']: udi }] }),
        ...part('manufacturer', manufacturer),
        ...part('expirationDate', expires),
        ...part('lotNumber', lot),
        ...part('serialNumber', serial),
        ...part('modelNumber', model),
        type: subjectMatter(entry),
        patient: names.subject,
        ...part('safety', texts(entry.safety)),
      },
    ],
    ...stated('status', statusOfUse(entry)),
    subject: names.subject,
    ...(entry.period ? { timingPeriod: entry.period } : stated('timingDateTime', happened)),
    ...part('recordedOn', entry.dateIs === 'recorded' ? entry.date : undefined),
    ...part('source', person(entry)),
    device: { reference: '#device' },
    ...part('reasonCode', texts(entry.reasons)),
    ...phrase('bodySite', entry.bodySite),
    ...part('statusReason', texts(entry.statusReasons)),
  };
}

function statusOfUse({ record, statusAsRecorded: status }: MedicalDeviceEntry): string | undefined {
  return record === 'device' && USED.has(status) ? USED.get(status) : status;
}
