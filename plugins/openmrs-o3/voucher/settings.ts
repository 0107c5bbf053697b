import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import type { NumberSettings } from '../who-is.ts';

export type VoucherSettings = {
  /** `https://openmrs.internal/openmrs`, as this machine reaches it. */
  readonly openmrs: string;
  /** The origin of the pages of O3: no other page is answered. */
  readonly origin: string;
  readonly launcher: string;
  readonly organisation: string;
  readonly issuer: string;
  readonly key: KeyObject;
  readonly keyId: string;
  /** Roles of OpenMRS that may open the record, the first that fits is said. */
  readonly roles: readonly string[];
  readonly nhsNumber: NumberSettings;
  readonly host: string;
  readonly port: number;
};

/** Reads the file, or says which of its lines is wrong. The private key stands in a file of its own, beside it. */
export function readSettings(file: string): VoucherSettings {
  const said = asObject(JSON.parse(readFileSync(file, 'utf8')));
  if (!said) throw new Error(`${file}: not a JSON object`);
  const text = (name: string, fits: RegExp): string => {
    const value = asString(said[name]) ?? '';
    if (!fits.test(value)) throw new Error(`${file}: ${name} is missing or not of its form (${fits.source})`);
    return value;
  };
  const key = createPrivateKey(readFileSync(resolve(dirname(file), text('key', /./))));
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error(`${file}: key is not of the curve P-256`);
  const number = asObject(said['nhsNumber']);
  return {
    openmrs: text('openmrs', SAFE_ADDRESS),
    origin: text('origin', SAFE_ORIGIN),
    launcher: text('launcher', SAFE_ORIGIN),
    organisation: text('organisation', /^[A-Z0-9]{3,10}$/),
    issuer: text('issuer', /^.{1,200}$/),
    key,
    keyId: text('keyId', /^.{1,128}$/),
    roles: listIn(said, 'roles', file),
    nhsNumber: {
      system: asString(number?.['system']) ?? 'https://fhir.nhs.uk/Id/nhs-number',
      identifierType: asString(number?.['identifierType']) ?? '',
    },
    host: asString(said['host']) ?? '127.0.0.1',
    port: typeof said['port'] === 'number' ? said['port'] : 8470,
  };
}

/** https; http only on this machine: the user's session goes over it. */
const SAFE_ORIGIN = /^(?:https:\/\/[a-z0-9.-]+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/;
const SAFE_ADDRESS = new RegExp(`${SAFE_ORIGIN.source.slice(0, -1)}(?:/[A-Za-z0-9._/-]*[A-Za-z0-9])?$`);

function listIn(said: Json, name: string, file: string): readonly string[] {
  const list = Array.isArray(said[name]) ? said[name].flatMap((one) => asString(one) ?? []) : [];
  if (list.length === 0) throw new Error(`${file}: ${name} names no role`);
  return list;
}
