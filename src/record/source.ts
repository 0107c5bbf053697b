import type { SectionId } from './section.ts';

declare const odsCode: unique symbol;
declare const sourceId: unique symbol;

/** An organisation's code in the Organisation Data Service. */
export type OdsCode = string & { readonly [odsCode]: true };

/** One EPR of one organisation. Unique in a community; safe in a log. */
export type SourceId = string & { readonly [sourceId]: true };

/** What an organisation does, in the community file's words. It decides its letter mark and its timeline lane. */
export type OrganisationKind =
  | 'commissioner'
  | 'gp'
  | 'acute'
  | 'community'
  | 'mental-health'
  | 'ambulance'
  | 'council'
  | 'hospice'
  | 'out-of-hours'
  | 'pharmacy'
  | 'urgent-care'
  | 'independent-hospital'
  | 'home-care';

export const ORGANISATION_KINDS: readonly OrganisationKind[] = [
  'commissioner',
  'gp',
  'acute',
  'community',
  'mental-health',
  'ambulance',
  'council',
  'hospice',
  'out-of-hours',
  'pharmacy',
  'urgent-care',
  'independent-hospital',
  'home-care',
];

export type Organisation = { readonly ods: OdsCode; readonly name: string; readonly kind: OrganisationKind };

/** One EPR that is part of this view, as the screen names it. */
export type Source = {
  readonly id: SourceId;
  readonly organisation: Organisation;
  /** The EPR the reader launched from. */
  readonly home: boolean;
  /** It gives these sections and no others, by the community file (a source of letters only). Left out: any. */
  readonly offers?: readonly SectionId[];
  /** Its EPR opens at one item, and this reader may be led there. */
  readonly opens?: true;
};
