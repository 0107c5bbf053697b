import { asObjects, asString } from '../../src/record/resource.ts';
import type { IdClaims } from './id-token.ts';

type RoleMap = { readonly [code: string]: string };

/** `said`: the token named a role. When it did, nothing else is looked at, mapped or not. */
export type ClaimedRole = { readonly said: false } | { readonly said: true; readonly role?: string };

/**
 * NHS CIS2 lists the roles of the signed-in person and which one was selected; some EPRs send one `role_code`.
 * A code such as `S0010:G0020:R8000` is looked up whole, then by its last part (the job role).
 */
export function roleFromClaims(claims: IdClaims, roleMap: RoleMap): ClaimedRole {
  const listed = asObjects(claims['nhsid_nrbac_roles']).filter((role) => asString(role['role_code']) !== undefined);
  const selected = asString(claims['selected_roleid']);
  const chosen = selected === undefined ? listed : listed.filter((role) => role['person_roleid'] === selected);
  const codes = listed.length > 0 ? chosen.map((role) => role['role_code']) : [claims['role_code']];
  const said = listed.length > 0 || asString(claims['role_code']) !== undefined;
  if (!said) return { said: false };
  const mapped = new Set(
    codes.map(asString).flatMap((code) => (code === undefined ? [] : (lookUpRole(code, roleMap) ?? []))),
  );
  const [role] = mapped;
  return role !== undefined && mapped.size === 1 ? { said: true, role } : { said: true };
}

/** The codes of a CodeableConcept list as the role map writes them: `system|code` and the bare code. */
export function codesOf(concepts: unknown): readonly string[] {
  return asObjects(concepts)
    .flatMap((concept) => asObjects(concept['coding']))
    .flatMap((coding) => {
      const code = asString(coding['code']);
      const system = asString(coding['system']);
      return code === undefined ? [] : system === undefined ? [code] : [`${system}|${code}`, code];
    });
}

export function lookUpRole(code: string, roleMap: RoleMap): string | undefined {
  const last = code.split(':').at(-1) ?? code;
  return own(roleMap, code) ?? own(roleMap, last);
}

function own(roleMap: RoleMap, code: string): string | undefined {
  return Object.hasOwn(roleMap, code) ? roleMap[code] : undefined;
}
