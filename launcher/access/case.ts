import { z } from 'zod';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { type OdsCode, ORGANISATION_KINDS, type OrganisationKind } from '../../src/record/source.ts';
import type { Role } from '../trust/community.ts';
import type { Cell } from './cell.ts';
import { classOf } from './labels.ts';

const sectionIds = SECTIONS.map(({ id }) => id) as [SectionId, ...SectionId[]];
const kinds = ORGANISATION_KINDS as [OrganisationKind, ...OrganisationKind[]];

/** One question to the policy, flat, as a person writes it in a test beside the policy or on a command line. */
export const questionSchema = z.strictObject({
  action: z.enum(['see', 'tell', 'openRecord', 'openDocument', 'breakGlass']).default('see'),
  clearance: z.enum(['N', 'R', 'V']).default('N'),
  /** Sections the role has; `all` or a list. */
  sections: z.union([z.literal('all'), z.array(z.enum(sectionIds))]).default('all'),
  mayBreakGlass: z.boolean().default(false),
  role: z.string().default('tester'),
  home: z.string().default('HOME'),
  homeKind: z.enum(kinds).default('acute'),
  giver: z.string().default('GIVER'),
  kind: z.enum(kinds).default('gp'),
  purpose: z.string().default('direct-care'),
  relationship: z.enum(['encounter', 'registration', 'referral', 'self-claimed', 'none']).default('encounter'),
  /** Of the encounter the reader is acting in. */
  acting: z.array(z.string()).default([]),
  consent: z.enum(['silent', 'permit', 'deny', 'deny-always']).default('silent'),
  consentKnown: z.boolean().default(true),
  emergency: z.boolean().default(false),
  section: z.enum(sectionIds).default('problems'),
  /** Confidentiality (U to V) and sensitivities (HIV, PSY …). */
  labels: z.array(z.string()).default([]),
  unit: z.string().default(''),
  released: z.boolean().default(true),
  agreed: z.boolean().default(true),
});

export type Question = z.infer<typeof questionSchema>;

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** A person writes R or HIV; an item carries the code system too. */
export function labelOf(code: string): string {
  return `${/^[ULMNRV]$/.test(code) ? CONFIDENTIALITY : ACT_CODE}|${code}`;
}

export function buildCell(question: Question): Cell {
  const { clearance, sections, mayBreakGlass, purpose, relationship, acting, consentKnown, emergency } = question;
  const role: Role = {
    id: question.role,
    name: question.role,
    sections: sections === 'all' ? sectionIds : sections,
    clearance,
    emergency: mayBreakGlass,
  };
  const home = { ods: question.home as OdsCode, kind: question.homeKind };
  const asking = { role, home, purpose, relationship, units: acting, consentKnown, emergency };
  if (question.action !== 'see' && question.action !== 'tell') return { action: question.action, asking };
  const { section, unit, released, agreed, consent } = question;
  const giver = { ods: question.giver as OdsCode, kind: question.kind };
  const item = { giver, section, ...classOf(question.labels.map(labelOf)), unit, released, agreed, consent };
  return { action: question.action, asking, item };
}
