import { asObject, asString } from '../../../src/record/resource.ts';
import type { NumberSettings } from '../who-is.ts';
import type { Framework } from './framework.ts';

export const MODULE_NAME = '@corridor/esm-shared-record-app';

/** The framework's `Type` is these words; taking them from it would need it before it is there. */
const TEXT = 'String';

/** What an implementer may set, in O3's own configuration system (its Implementer Tools show these words). */
export const configSchema = {
  launcherUrl: {
    _type: TEXT,
    _default: '',
    _description:
      'Where the launcher of the shared record is, e.g. https://record.example.nhs.uk. Nothing else is spoken to.',
    _validators: [(value: unknown) => (isLauncher(value) ? undefined : 'Must be an https address without a path.')],
  },
  organisation: {
    _type: TEXT,
    _default: '',
    _description: 'The code by which this organisation is a member of the shared record (its ODS code).',
  },
  voucherUrl: {
    _type: TEXT,
    _default: '${openmrsBase}/corridor/launch',
    _description: 'Where the site’s voucher answers: on this same origin, so that it sees the user’s OpenMRS session.',
  },
  nhsNumber: {
    system: {
      _type: TEXT,
      _default: 'https://fhir.nhs.uk/Id/nhs-number',
      _description: 'The FHIR system of the identifier that is the NHS number.',
    },
    identifierType: {
      _type: TEXT,
      _default: '',
      _description: 'The UUID of the patient identifier type, where OpenMRS gives its identifiers no system.',
    },
  },
  sections: {
    _type: 'Object',
    _elements: { _type: TEXT },
    _default: {
      allergies: 'allergies',
      problems: 'conditions',
      medications: 'medications',
      vaccinations: 'immunizations',
      'investigation-results': 'results',
      encounters: 'visits',
      appointments: 'appointments',
    },
    _description: 'Sections of the shared record to dashboards of this chart (their path), for “open in my own chart”.',
  },
} as const;

export type ModuleConfig = {
  /** An origin, or empty when nothing usable is set. */
  readonly launcherUrl: string;
  readonly organisation: string;
  readonly voucherUrl: string;
  readonly nhsNumber: NumberSettings;
  readonly sections: { readonly [section: string]: string };
};

export async function readConfig(framework: Framework): Promise<ModuleConfig> {
  const said = await framework.getConfig(MODULE_NAME);
  const text = (value: unknown): string => asString(value)?.trim() ?? '';
  const number = asObject(said['nhsNumber']);
  const launcher = text(said['launcherUrl']);
  const sections = Object.entries(asObject(said['sections']) ?? {}).flatMap(([section, path]) =>
    asString(path) ? [[section, text(path)]] : [],
  );
  return {
    launcherUrl: isLauncher(launcher) ? new URL(launcher).origin : '',
    organisation: /^[A-Z0-9]{3,10}$/.test(text(said['organisation'])) ? text(said['organisation']) : '',
    voucherUrl: framework.interpolateUrl(text(said['voucherUrl'])),
    nhsNumber: { system: text(number?.['system']), identifierType: text(number?.['identifierType']) },
    sections: Object.fromEntries(sections) as { readonly [section: string]: string },
  };
}

/** https, or http on this machine for trials. */
function isLauncher(value: unknown): boolean {
  const text = asString(value) ?? '';
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && `${pathname}${search}${hash}` === '/';
}
