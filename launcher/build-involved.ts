import type { OdsCode } from '../src/record/source.ts';
import type { SectionId } from '../src/record/section.ts';
import type { PermittedRequest } from './access/decision.ts';
import { createRedaction } from './access/redact.ts';
import { mayLearnPlaces } from './build-judge.ts';
import type { RecordServices } from './build-record.ts';
import type { Parts } from './build-services.ts';
import { federate } from './federation/federate.ts';
import type { FoundInvolved } from './messaging/address-book.ts';
import type { Hearings } from './messaging/heard.ts';
import { involvedBy } from './messaging/involved.ts';
import type { PatientReader } from './messaging/reader.ts';
import type { Session } from './session/session.ts';

/** The headings that say who cares for somebody, and whether their whereabouts are restricted. */
const SECTIONS: readonly SectionId[] = ['professional-contacts', 'gp-practice', 'demographics'];
/** Somebody waits with a message in their hands: who has not answered by then is said not to have. */
const WAIT_MS = 3_000;
const NOBODY: FoundInvolved = { involved: [], unheard: [] };

/**
 * Who cares for the resident of a session, by what its record said on the way to the reader. Where no record was opened at
 * this launcher the sources are asked for these headings alone, under the rules, the redaction and the audit of a record.
 */
export function buildFindInvolved(
  { community, log }: Pick<Parts, 'community' | 'log'>,
  record: Pick<RecordServices, 'decide' | 'locate' | 'ruleOf' | 'federation' | 'streams' | 'policy'>,
  hearings: Hearings,
): (reader: PatientReader, signal: AbortSignal) => Promise<FoundInvolved> {
  const asking = new Map<string, Promise<void>>();

  async function ask(session: Session): Promise<void> {
    const place = record.streams.open(session.context.user.key);
    try {
      const decided = await record.decide(session, { kind: 'record' });
      if ('code' in decided) return;
      const permitted = narrowed(decided);
      const located = await record.locate(permitted);
      const federation = { ...record.federation, redactor: createRedaction(record.ruleOf(permitted)) };
      const events = federate(located, federation, AbortSignal.any([place.signal, AbortSignal.timeout(WAIT_MS)]));
      for await (const event of hearings.listen(session.id, events)) if (event.type === 'closed') break;
    } finally {
      place.close();
    }
  }

  /** Asked once, however many windows of a session want to know. */
  function askOnce(session: Session): Promise<void> {
    const running = asking.get(session.id);
    if (running) return running;
    const asked = ask(session)
      .catch((error: unknown) => log.error('message.involved_not_asked', { error }))
      .finally(() => asking.delete(session.id));
    asking.set(session.id, asked);
    return asked;
  }

  return async ({ session, role }, signal) => {
    const enough = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]);
    const before = hearings.of(session.id);
    await Promise.race([before?.whenSettled ?? askOnce(session), aborted(enough)]);
    const heard = hearings.of(session.id);
    if (!heard) return NOBODY;
    // Whoever marks the whereabouts as restricted speaks for all: no organisation is told by name (safety H24).
    const restricted = [...heard.said.values()].some((said) => said.restricted);
    if (restricted && !mayLearnPlaces(record.policy, role)) return NOBODY;
    const unheard = [...heard.unheard].flatMap((source) => community.source(source)?.ods ?? []);
    return { involved: involvedBy(heard.said, community), unheard: [...new Set<OdsCode>(unheard)] };
  };
}

/** No more is asked than what is wanted, and of nobody who may not be asked for any of it. */
function narrowed(decided: PermittedRequest): PermittedRequest {
  const permitted = [...decided.permitted].flatMap(([source, sections]) => {
    const wanted = sections.filter((section) => SECTIONS.includes(section));
    return wanted.length > 0 ? [[source, wanted] as const] : [];
  });
  return { ...decided, permitted: new Map(permitted) };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
