import type { Resource } from '../src/record/resource.ts';
import type { OrganisationKind } from '../src/record/source.ts';

/** What the pretend community is made of, wherever it comes from: generated here (`people/`) or read from a folder (`--data`). */
export type SandboxCommunity = {
  readonly name: string;
  /** Its residents are stories of ours: their short names are nobody's. Left out: they may be somebody's. */
  readonly stories?: true;
  readonly organisations: readonly SandboxOrganisation[];
  readonly residents: readonly Resident[];
  /** What each organisation's EPR holds, by ODS code: Patients, clinical resources, and those they refer to. */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
};

export type SandboxOrganisation = {
  readonly ods: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** `none`: a member that holds no patient data (commissioners) or is known but has no connected EPR yet. */
  readonly epr: 'full' | 'documents-only' | 'none';
  /** People who can open a chart there. */
  readonly users: readonly SandboxUser[];
};

export type SandboxUser = {
  /** id of the Practitioner in that organisation's EPR. */
  readonly practitionerId: string;
  readonly name: string;
  /** National role code as CIS2 writes it, e.g. R8000 (Clinical Practitioner Access Role). */
  readonly roleCode: string;
  readonly roleName: string;
  /** SDS user id: the same person at two organisations has the same one. */
  readonly sdsUserId: string;
};

export type Resident = {
  /** Short name of the story, kebab-case: `hero`, `objection`, `penicillin-conflict`. */
  readonly story: string;
  /** One line that says what the story shows. */
  readonly shows: string;
  readonly name: string;
  readonly nhsNumber?: string;
  /** Patient id at each organisation that holds a record of this person. */
  readonly patientIds: Readonly<Record<string, string>>;
};

/** How an organisation's EPR misbehaves; switched at run time from the control page or the environment. */
export type Mode = 'normal' | 'slow' | 'down' | 'half-way' | 'wrong-patient' | 'garbage';
