import type { Patient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { PermittedRequest, Refusal } from '../access/decision.ts';
import type { Session } from '../session/session.ts';

/** What a reader may know of events at a source, of one resident. */
export type Sight =
  | {
      readonly seen: true;
      /** Where the person is must not be learnt from it: no organisation is named and no letter offered. */
      readonly hidesPlaces: boolean;
    }
  | { readonly seen: false; readonly rule: string; readonly words: string };

export type SightDeps = {
  /** By what is stored of the person's wishes: a list of forty people asks no keeper forty times. */
  decide(session: Session): Promise<PermittedRequest | Refusal>;
  hidesPlaces(request: PermittedRequest): boolean;
  wordsOf(rule: string): string;
};

/** Judged once for each resident of a list, however many lines they have. */
export function createSight(
  deps: SightDeps,
): (session: Session, source: SourceId, kind: string, about: Pick<Patient, 'restricted'>) => Promise<Sight> {
  const decided = new Map<string, Promise<PermittedRequest | Refusal>>();
  return async (session, source, kind, about) => {
    const { patient } = session.context;
    const request = decided.get(patient.nhsNumber) ?? deps.decide(session);
    decided.set(patient.nhsNumber, request);
    const answer = await request;
    if ('refused' in answer && answer.refused === true)
      return { seen: false, rule: answer.rule, words: answer.words ?? deps.wordsOf(answer.rule) };
    const permitted = answer as PermittedRequest;
    const sections = permitted.permitted.get(source) ?? [];
    if (sections.some((section) => sectionsOf(kind).includes(section)))
      return { seen: true, hidesPlaces: deps.hidesPlaces(about.restricted === true ? marked(permitted) : permitted) };
    const rule = permitted.refused.get(source)?.rule ?? withheldRule(permitted, source, kind);
    return { seen: false, rule, words: deps.wordsOf(rule) };
  };
}

/** Whoever else marks the whereabouts as restricted: to the rules it is as if the reader's own chart did. */
function marked(request: PermittedRequest): PermittedRequest {
  const { session } = request;
  const patient: Patient = { ...session.context.patient, restricted: true };
  return { ...request, session: { ...session, context: { ...session.context, patient } } };
}

function withheldRule(request: PermittedRequest, source: SourceId, kind: string): string {
  const withheld = request.withheld?.get(source);
  const [first] = sectionsOf(kind).flatMap((section) => withheld?.get(section)?.rule ?? []);
  return first ?? 'default.deny';
}

const STAY: readonly SectionId[] = ['admissions', 'discharges', 'encounters'];
const SECTIONS: { readonly [kind: string]: readonly SectionId[] } = {
  conveyance: ['encounters'],
  attendance: ['encounters'],
  death: ['demographics', ...STAY],
  'result-of-concern': ['investigation-results'],
  'package-started': ['services-and-care'],
  'package-ended': ['services-and-care'],
  'plan-changed': ['care-plans', 'services-and-care', 'contingency-plans', 'supporting-plans'],
};

function sectionsOf(kind: string): readonly SectionId[] {
  return SECTIONS[kind] ?? STAY;
}
