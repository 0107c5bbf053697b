import { LADDER } from '../src/record/confidentiality.ts';
import { sectionsReading } from '../src/record/sections/index.ts';
import type { OdsCode } from '../src/record/source.ts';
import type { ConsentStatement } from './access/consent.ts';
import type { Decide } from './access/decide.ts';
import { createJudgeMessage } from './access/judge-message.ts';
import { labelsOf, levelOfClearance } from './access/labels.ts';
import type { Policy } from './access/policy.ts';
import type { Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import { lookAtItem } from './federation/look-at-item.ts';
import type { RecordServices } from './build-record.ts';
import type { MessageJudge } from './messaging/reader.ts';
import type { SendingDeps } from './messaging/sending-rules.ts';
import { fetchPermitted } from './routes/fetch-permitted.ts';
import { loadConsents } from './storage/tables/consents.ts';

type Rules = { readonly decide: Decide; readonly policy: Policy };

/** Whether a role may learn where somebody is whose whereabouts are restricted (safety H24). */
export function mayLearnPlaces(policy: Policy, role: string): boolean {
  return levelOfClearance(policy.role(role)?.clearance ?? 'N') >= LADDER.V;
}

/** The rules of the record, asked for messages. */
export function buildMessageJudge(
  parts: Pick<Parts, 'community' | 'database'>,
  { decide, policy }: Rules,
  now: () => number,
): MessageJudge {
  const { community, database } = parts;
  const stored = async (nhsNumber: string): Promise<readonly ConsentStatement[]> =>
    (await loadConsents(database.queries, nhsNumber)).map(({ statement }) => JSON.parse(statement) as ConsentStatement);
  const see = createJudgeMessage({ community, policy, stored, now });
  return {
    see,
    open: async (session, item) => {
      const { role, home, patient } = session.context;
      const decided = await decide(session, { kind: 'record' });
      if ('code' in decided)
        return {
          allowed: false,
          rule: decided.rule,
          words: decided.words ?? 'The sharing agreement does not allow this.',
        };
      if (item && !mayName(item, decided.permitted.get(item.source)))
        return { allowed: false, rule: 'message.item', words: 'This item is not one that you may see.' };
      // What one writes is one's own organisation's: only a restricted person's whereabouts hold it back.
      return see(
        { ods: home.ods, role, names: [] },
        {
          nhsNumber: patient.nhsNumber,
          ...(patient.supersedes !== undefined && { supersedes: patient.supersedes }),
          ...(patient.formerNumbers && { formerNumbers: patient.formerNumbers }),
          restricted: patient.restricted === true,
        },
        { giver: home.ods as OdsCode },
      );
    },
  };
}

function mayName({ resource }: { readonly resource: string }, sections: readonly string[] | undefined): boolean {
  const reading = sectionsReading(resource.split('/')[0] ?? '');
  return sections !== undefined && (reading.length === 0 || reading.some((section) => sections.includes(section)));
}

const LOOK_MS = 8_000;

/** An item as its source has it now, by the way of everything that is fetched singly: rules, person, labels, audit. */
export function buildLookAt(
  record: Pick<RecordServices, 'decide' | 'locate' | 'ruleOf' | 'federation' | 'audit' | 'now'>,
): SendingDeps['lookAt'] {
  return async (session, { source, resource: reference }, outer) => {
    const ask = { kind: 'document', source, reference } as const;
    const decided = await record.decide(session, ask);
    if ('code' in decided) throw new CorridorError('access.refused', decided.rule, { cause: decided });
    const [type = '', id = ''] = reference.split('/');
    const signal = AbortSignal.any([outer, AbortSignal.timeout(LOOK_MS)]);
    const { resource, sections } = await fetchPermitted(
      { ...ask, type, id },
      lookAtItem,
      decided,
      record,
      signal,
    ).catch((cause: unknown) => {
      throw outer.aborted || !signal.aborted ? cause : new CorridorError('source.timeout', 'item', { cause });
    });
    return { source, resource: reference, labels: labelsOf(resource), sections };
  };
}
