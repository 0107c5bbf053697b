import type { Resident, SandboxCommunity } from '../sandbox/community.ts';
import type { Resource } from '../src/record/resource.ts';

/** What the gallery's page is sent of one resident: what each organisation holds of them. */
export type ResidentData = {
  readonly story: string;
  readonly family: string;
  readonly given: string;
  readonly nhsNumber: string;
  readonly birthDate: string;
  readonly gender: string;
  readonly organisations: readonly {
    readonly ods: string;
    readonly name: string;
    readonly kind: string;
    readonly patientId: string;
    readonly resources: readonly Resource[];
  }[];
};

type PatientTold = {
  readonly name: readonly { readonly family?: string; readonly given?: readonly string[] }[];
  readonly birthDate: string;
  readonly gender: string;
};

export function residentData(
  community: SandboxCommunity,
  { story, name, nhsNumber, patientIds }: Resident,
): ResidentData {
  const organisations = community.organisations.flatMap(({ ods, name: called, kind }) => {
    const patientId = patientIds[ods];
    if (patientId === undefined) return [];
    const resources = (community.resources.get(ods) ?? []).filter((resource) => isOf(resource, patientId));
    return [{ ods, name: called, kind, patientId, resources }];
  });
  const told = all(community, patientIds).find(
    ({ resourceType }) => resourceType === 'Patient',
  ) as unknown as PatientTold;
  const [called] = told.name;
  const names = { family: called?.family ?? name, given: called?.given?.join(' ') ?? '' };
  return { story, ...names, birthDate: told.birthDate, gender: told.gender, nhsNumber: nhsNumber ?? '', organisations };
}

function all({ resources }: SandboxCommunity, patientIds: Resident['patientIds']): readonly Resource[] {
  return Object.entries(patientIds).flatMap(([ods, id]) => (resources.get(ods) ?? []).filter((one) => one.id === id));
}

function isOf(resource: Resource, patientId: string): boolean {
  const of = (resource['subject'] ?? resource['patient']) as { readonly reference?: string } | undefined;
  return of?.reference === `Patient/${patientId}`;
}
