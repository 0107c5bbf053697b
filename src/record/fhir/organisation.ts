import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../resource.ts';
import { readReferenceName } from './reference.ts';
import { readTelecom, type Telecom } from './telecom.ts';
import { plainText } from './text.ts';

/** An organisation as a statement names it: its name, its national code, how to reach it. */
export type Organisation = { readonly name?: string; readonly code?: string; readonly telecom: readonly Telecom[] };

/** ODS codes of organisations and sites, under the addresses they have had, and the codes of local authorities. */
const CODE_SYSTEMS =
  /(?:ods-organi[sz]ation-code|ods-site-code|local-?authority(?:-code)?)$|^urn:oid:2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.18\.48$/i;

/**
 * What a reference to an organisation says. The code is that of an identifier, the reference's own or the resource's:
 * never a resource id, which at another server means another organisation. Nothing readable in it: undefined.
 */
export function readOrganisation(reference: unknown, context: ReadContext, within: Resource): Organisation | undefined {
  const ref = asObject(reference);
  if (!ref) return undefined;
  const target = context.resolve(ref, within);
  const name = readReferenceName(ref, context, within);
  const code = [...asObjects(ref['identifier']), ...asObjects(target?.['identifier'])].flatMap(
    (identifier) => codeOf(identifier) ?? [],
  )[0];
  if (name === undefined && code === undefined) return undefined;
  return { ...(name && { name }), ...(code && { code }), telecom: readTelecom(target?.['telecom']) };
}

function codeOf(identifier: Json): string | undefined {
  const system = asString(identifier['system']);
  return system !== undefined && CODE_SYSTEMS.test(system) ? plainText(identifier['value'])?.toUpperCase() : undefined;
}
