import { LADDER } from '../../src/record/confidentiality.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { FindEncounter } from '../../src/record/fhir/encounter-units.ts';
import { sectionsReading } from '../../src/record/sections/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import type { Role } from '../trust/community.ts';
import { classOf, labelsOf, type LabelClass } from './labels.ts';
import { marksOf, observationsIn, UNMARKED } from './release.ts';
import type { ItemFacts, SourceStanding } from './standing.ts';
import { saysOnlyWhere, withoutWhereabouts } from './whereabouts.ts';

/** What was decided about this reader, as data: redaction judges nothing by itself. */
export type RedactionRule = {
  readonly clearance: Role['clearance'];
  /** Whether it may be said how much is withheld. Otherwise nothing is said, whether or not there is anything. */
  readonly tellWithheld: boolean;
  /** The home EPR marks the whereabouts of this person as restricted. */
  readonly restrictedPatient: boolean;
  /** The decision's own judgement of each source's classes of items. Left out: the clearance alone. */
  readonly standings?: ReadonlyMap<SourceId, SourceStanding>;
};

/** Where a resource stands: whose it is, and in which sections it would be shown. */
export type RedactionPlace = {
  readonly source?: SourceId;
  readonly sections: readonly SectionId[];
  /** Encounters of this source, by `Encounter/id`. Left out: none is to be had. */
  readonly encounter?: FindEncounter;
};

export type Redaction = {
  judge(resource: Resource, place?: RedactionPlace): 'shown' | 'withheld' | 'hidden';
  /** Whether an item of this source may be held back for the unit of the encounter it was made in. */
  needsEncounters(source: SourceId): boolean;
  cut(
    entries: readonly Entry[],
    place: { readonly sections: readonly SectionId[]; readonly restricted: boolean },
  ): readonly Entry[];
  describe(source: Source): Source;
};

/** Cuts at the launcher, before anything leaves it: what the browser does not get it can't show, print or keep. */
export function createRedaction(rule: RedactionRule): Redaction {
  /** Sections of single resources that are fewer than their source's, by `Type/id` of the source. */
  const narrowed = new Map<string, readonly SectionId[]>();
  return {
    judge(resource, place) {
      const standing = standingOf(rule, place?.source);
      const facts = factsOf(resource, standing, place?.encounter ?? NOT_TO_BE_HAD);
      const sections = sectionsFor(resource, place);
      const factsIn = (section: SectionId): ItemFacts => withVoice(section, facts, resource, standing);
      const sees = (section: SectionId): boolean => standing.sees(section, factsIn(section));
      const seen = sections.filter(sees);
      if (seen.length > 0) {
        const all = [...sections, ...sectionsInside(resource, place)];
        const seenOfAll = all.filter(sees);
        if (seenOfAll.length < all.length && place?.source !== undefined)
          narrowed.set(`${place.source}/${resource.resourceType}/${String(resource.id)}`, seenOfAll);
        return 'shown';
      }
      return sections.length > 0 && sections.every((section) => standing.tells(section, factsIn(section)))
        ? 'withheld'
        : 'hidden';
    },
    needsEncounters: (source) => standingOf(rule, source).looksAtUnits,
    cut(entries, { sections, restricted }) {
      const seen = entries.filter(
        (entry) =>
          sections.includes(entry.section) &&
          (narrowed.get(`${entry.origin.source}/${entry.origin.resource}`)?.includes(entry.section) ?? true) &&
          standingOf(rule, entry.origin.source).seesLabels(entry.section, classOf(entry.labels)),
      );
      return mask(restricted) ? seen.filter((entry) => !saysOnlyWhere(entry)).map(withoutWhereabouts) : seen;
    },
    describe(source) {
      return mask(false) ? { ...source, organisation: { ...source.organisation, ...UNNAMED } } : source;
    },
  };

  /** Only the highest clearance may learn where the person is (`hidesPlaces`), whichever side marks the restriction. */
  function mask(bySource: boolean): boolean {
    return (rule.restrictedPatient || bySource) && LADDER[rule.clearance] < LADDER.V;
  }
}

const NOT_TO_BE_HAD: FindEncounter = () => undefined;

type Sight = {
  readonly looksAtMarks: boolean;
  readonly looksAtUnits: boolean;
  readonly voiceOf?: SourceStanding['voiceOf'];
  sees(section: SectionId, facts: ItemFacts): boolean;
  tells(section: SectionId, facts: ItemFacts): boolean;
  /** By labels alone: what units, categories and single items decide was decided of the whole resource. */
  seesLabels(section: SectionId, labels: LabelClass): boolean;
};

function standingOf(rule: RedactionRule, source: SourceId | undefined): Sight {
  const standing = source === undefined ? undefined : rule.standings?.get(source);
  if (standing)
    return {
      looksAtMarks: standing.looksAtMarks,
      looksAtUnits: standing.looksAtUnits,
      ...(standing.voiceOf && { voiceOf: standing.voiceOf }),
      sees: (section, facts) => standing.see(section, facts).allowed,
      tells: (section, facts) => standing.tell(section, facts),
      seesLabels: (section, labels) => standing.seesLabels(section, labels),
    };
  const cleared = LADDER[rule.clearance];
  return {
    looksAtMarks: false,
    looksAtUnits: false,
    // A decision that judges sources and has nothing to say of this one has not allowed it.
    sees: (_section, { labels }) => rule.standings === undefined && labels.level <= cleared,
    tells: (_section, { labels }) =>
      rule.standings === undefined && rule.tellWithheld && labels.level < LADDER.V && labels.sensitivities.length === 0,
    seesLabels: (_section, labels) => rule.standings === undefined && labels.level <= cleared,
  };
}

function factsOf(resource: Resource, { looksAtMarks, looksAtUnits }: Sight, find: FindEncounter): ItemFacts {
  const marks = looksAtMarks ? marksOf(resource, looksAtUnits ? find : undefined) : UNMARKED;
  return { labels: classOf(labelsOf(resource)), marks };
}

function withVoice(section: SectionId, facts: ItemFacts, resource: Resource, { voiceOf }: Sight): ItemFacts {
  return voiceOf ? { ...facts, consent: voiceOf(section, facts.labels, resource) } : facts;
}

const SOME_SECTION: readonly SectionId[] = ['documents'];

/** A type that no section reads is shown as unread by its type alone: it is judged in every section asked for. */
function sectionsFor({ resourceType }: Resource, place: RedactionPlace | undefined): readonly SectionId[] {
  if (!place) return SOME_SECTION;
  const reading = sectionsReading(resourceType).filter((section) => place.sections.includes(section));
  return reading.length > 0 ? reading : place.sections;
}

/** Where what lies inside it may stand besides: no reason to show the whole, but each may be refused by itself. */
function sectionsInside(resource: Resource, place: RedactionPlace | undefined): readonly SectionId[] {
  if (!place || observationsIn(resource).length === 0) return [];
  const own = sectionsFor(resource, place);
  return sectionsReading('Observation').filter((section) => place.sections.includes(section) && !own.includes(section));
}

/** A role of the community file and the patient, as the data this file works by. */
export function ruleFor(
  role: Role,
  patient: Patient,
  standings?: ReadonlyMap<SourceId, SourceStanding>,
): RedactionRule {
  return {
    clearance: role.clearance,
    tellWithheld: false,
    restrictedPatient: patient.restricted === true,
    ...(standings && { standings }),
  };
}

/**
 * Whether this reader must not learn where the person is, be it from the name of an organisation (safety H24). Being
 * cleared for restricted items (R) is no leave to learn where a person hides: that takes the highest clearance.
 */
export function hidesPlaces(rule: RedactionRule): boolean {
  return rule.restrictedPatient && LADDER[rule.clearance] < LADDER.V;
}

/** Letters carry addresses and can't be cut: those of a restricted person need the clearance. */
export function mayOpenDocuments(rule: RedactionRule): boolean {
  return !hidesPlaces(rule);
}

/** That somebody is there, and of what kind; the page names them in its reader's language. For whoever reads no page it has words. */
const UNNAMED = { ods: '' as Source['organisation']['ods'], name: 'An organisation' };
