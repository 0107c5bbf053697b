import type { Role } from '../trust/community.ts';
import type { Asking, ItemClass } from './cell.ts';
import { levelOfClearance } from './labels.ts';

/** What of a cell a policy may look at, under the names of `policies/schema.cedarschema`. */
export type Attributes = { readonly [name: string]: string | number | boolean | string[] };

export function ofRole(role: Role): Attributes {
  return {
    clearance: levelOfClearance(role.clearance),
    sections: [...role.sections].sort(),
    emergency: role.emergency === true,
  };
}

export function ofItem({ giver, section, level, sensitivities, unit, released }: ItemClass): Attributes {
  return {
    organisation: giver.ods,
    kind: giver.kind,
    commissioner: giver.kind === 'commissioner',
    section,
    level,
    sensitivities: [...new Set(sensitivities)].sort(),
    unit,
    released,
  };
}

export function ofAsking(
  { home, purpose, relationship, units = [], consentKnown, emergency }: Asking,
  item?: ItemClass,
): Attributes {
  return {
    home: home.ods,
    homeKind: home.kind,
    homeCommissioner: home.kind === 'commissioner',
    purpose,
    own: item?.giver.ods === home.ods,
    agreed: item?.agreed === true,
    relationship,
    units: [...new Set(units)].sort(),
    consent: item?.consent ?? 'silent',
    consentKnown,
    emergency,
  };
}
