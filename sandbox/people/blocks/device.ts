import type { Chart } from '../chart.ts';
import { concept, words, type Reference } from './codes.ts';

/** An implant or device and the statement that it is in use (UKCore-Device, base DeviceUseStatement). */
export function medicalDevice(
  chart: Chart,
  spec: {
    readonly what: string;
    readonly since: string;
    readonly until?: string;
    readonly by?: string;
    readonly site?: string;
    readonly maker?: string;
    readonly model?: string;
    readonly serial?: string;
    /** Unique device identifier (GS1), invented. */
    readonly udi?: string;
    readonly safety?: string;
    readonly reason?: string;
    readonly note?: string;
  },
): Reference {
  const device = chart.add(
    'Device',
    spec.since,
    {
      ...(spec.udi && { udiCarrier: [{ deviceIdentifier: spec.udi, issuer: 'http://hl7.org/fhir/NamingSystem/gs1' }] }),
      status: spec.until ? 'inactive' : 'active',
      ...(spec.maker && { manufacturer: spec.maker }),
      ...(spec.model && { modelNumber: spec.model }),
      ...(spec.serial && { serialNumber: spec.serial }),
      type: concept(spec.what),
      ...(spec.safety && { safety: [words(spec.safety)] }),
      patient: chart.patient,
      owner: chart.organisation,
    },
    { profile: 'UKCore-Device' },
  );
  chart.add('DeviceUseStatement', spec.since, {
    status: spec.until ? 'stopped' : 'active',
    subject: chart.patient,
    timingPeriod: { start: spec.since, ...(spec.until && { end: spec.until }) },
    recordedOn: spec.since,
    ...(spec.by && { source: chart.staff(spec.by) }),
    device,
    ...(spec.reason && { reasonCode: [concept(spec.reason)] }),
    ...(spec.site && { bodySite: words(spec.site) }),
    ...(spec.note && { note: [{ text: spec.note }] }),
  });
  return device;
}
