import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { extensionPart, extensionsNamed } from '../fhir/extension.ts';
import { readHumanName } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, entryIdOf, readStatement } from '../fhir/statement.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { LegalEntry } from './legal-information.ts';
import { isAttorney, powersIn, standingInWords } from './legal-kinds.ts';

/** A relative who is attorney or deputy. The relative stays among the personal contacts, where the number to call is. */
export function attorney(resource: Resource, context: ReadContext): readonly LegalEntry[] {
  const roles = readConcepts(resource['relationship']).filter(isAttorney);
  const [role] = roles;
  const name = readHumanName(resource['name']);
  if (!role || name === undefined) return [];
  const period = readPeriod(resource['period']);
  const { active } = resource;
  const state = standing(active === true ? 'current' : active === false ? 'past' : 'unknown', period, resource);
  const kind = /\bdeputy\b/.test(normaliseWords(role.text)) ? 'deputy' : 'lpa';
  return [
    {
      ...readStatement(resource, context, 'legal-information', codedCautions(role)),
      id: entryIdOf(resource, context, 'legal'),
      section: 'legal-information',
      title: role.text,
      code: role,
      // "Power of attorney (revoked)", "no LPA": whom to ask is decided by it, and the relative is in use all the same.
      state: standingInWords([role.text], kind) ?? state,
      ...optional('date', period?.start),
      ...optional('period', period),
      kind,
      powers: powersIn(roles),
      holders: [name],
      attachments: [],
    },
  ];
}

/** UKCore-LegalStatus on an admission. "Informal" and "not applicable" restrict nobody and are left with the admission. */
const NO_STATUS = /^(informal|not applicable|not formally detained|voluntary|not known)\b/;

export function legalStatuses(encounter: Resource, context: ReadContext): readonly LegalEntry[] {
  const over = ['finished', 'cancelled'];
  const status = readCode(encounter['status']);
  const period = readPeriod(encounter['period']);
  return extensionsNamed(encounter, 'Extension-UKCore-LegalStatus').flatMap((extension, index): LegalEntry[] => {
    const held = readCoded(extensionPart(extension, 'legalStatusClassification')?.['valueCodeableConcept']);
    if (!held || NO_STATUS.test(normaliseWords(held.text))) return [];
    return [
      {
        ...readStatement(encounter, context, 'legal-information', codedCautions(held)),
        id: entryIdOf(encounter, context, `legal-${index + 1}`),
        section: 'legal-information',
        title: held.text,
        code: held,
        state:
          status === 'entered-in-error'
            ? 'in-error'
            : status !== undefined && over.includes(status)
              ? 'past'
              : status === 'in-progress' || status === 'onleave'
                ? 'current'
                : 'unknown',
        ...optional('statusAsRecorded', status),
        ...optional('date', period?.start),
        ...optional('period', period),
        kind: 'mha',
        powers: [],
        holders: [],
        attachments: [],
      },
    ];
  });
}
