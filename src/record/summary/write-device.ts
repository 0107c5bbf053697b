import type { Json } from '../resource.ts';
import type { MedicalDeviceEntry } from '../sections/medical-devices.ts';
import { base, concept, part, phrase, texts, UNKNOWN } from './elements.ts';
import type { Names } from './write-entry.ts';

/** DeviceUseStatement.status for the words of a Device that speaks for itself: there, or no longer. */
const USED: { readonly [status: string]: string } = { active: 'active', inactive: 'completed' };

/**
 * A device as the statement of its use, with the Device inside: the IPS knows a device only so. That a source told of the
 * device and of its use stays two statements, as everywhere in the document.
 */
export function writeDevice(entry: MedicalDeviceEntry, id: string, names: Names): Json {
  const status =
    entry.record === 'use' || entry.statusAsRecorded === undefined
      ? entry.statusAsRecorded
      : (USED[entry.statusAsRecorded] ?? entry.statusAsRecorded);
  const happened = entry.dateIs === 'recorded' ? undefined : entry.date;
  const { manufacturer, model, serial, lot, udi, expires } = entry;
  return {
    ...base(entry, 'DeviceUseStatement', id),
    contained: [
      {
        resourceType: 'Device',
        id: 'device',
        ...(udi !== undefined && { udiCarrier: [{ deviceIdentifier: udi }] }),
        ...part('manufacturer', manufacturer),
        ...part('expirationDate', expires),
        ...part('lotNumber', lot),
        ...part('serialNumber', serial),
        ...part('modelNumber', model),
        type: concept(entry.code, entry.title),
        ...part('safety', texts(entry.safety)),
      },
    ],
    ...(status === undefined ? { _status: UNKNOWN } : { status }),
    subject: names.subject,
    ...(entry.period
      ? { timingPeriod: entry.period }
      : happened === undefined
        ? { _timingDateTime: UNKNOWN }
        : { timingDateTime: happened }),
    ...part('recordedOn', entry.dateIs === 'recorded' ? entry.date : undefined),
    source: names.author,
    device: { reference: '#device' },
    ...part('reasonCode', texts(entry.reasons)),
    ...phrase('bodySite', entry.bodySite),
    ...part('statusReason', texts(entry.statusReasons)),
  };
}
