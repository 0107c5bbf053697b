import type { MedicalDeviceEntry } from '../../record/sections/medical-devices.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Implants and devices in use, with what is said of their safety. */
export class CorridorMedicalDevices extends SectionElement<MedicalDeviceEntry> {
  static override readonly lineOf = medicalDeviceLine;
}

/** What and where in the body, what is said of its safety, which one it is. */
export function medicalDeviceLine(
  entry: MedicalDeviceEntry,
  { words }: Surroundings,
  entries: readonly MedicalDeviceEntry[] = [entry],
): Line {
  const { devices } = words;
  // What any record of it says of its safety is said of it.
  const safety = [...new Set(entries.flatMap((one) => one.safety))];
  return {
    main: entry.title,
    flags: [
      entry.statement === 'none-known' ? { tone: 'quiet', word: devices.noneKnown } : undefined,
      entry.statement === 'not-asked' ? { tone: 'quiet', word: devices.notAsked } : undefined,
      ...safety.map((word) => ({ tone: 'information' as const, word })),
    ],
    parts: [
      entries.find((one) => one.bodySite)?.bodySite,
      [entry.manufacturer, entry.model].filter(Boolean).join(' '),
      entry.serial && { label: devices.serial, value: entry.serial },
      entry.reasons.join(', '),
      entry.statusReasons.join(', '),
    ],
    detail: [...(entry.lot ? [`${devices.lot} ${entry.lot}`] : []), ...(entry.udi ? [`UDI ${entry.udi}`] : [])],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-medical-devices': CorridorMedicalDevices;
  }
}
