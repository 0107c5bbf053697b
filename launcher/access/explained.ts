import type { RecordEvent } from '../../src/record/wire.ts';
import type { PermittedRequest } from './decision.ts';
import type { PolicySet } from './policy-set.ts';
import { wordsOfRule } from './rules.ts';

/**
 * The same stream with the rules in words: what a rule withholds says so in the community's own words, and the view
 * says whether the glass is broken, and whether it may be.
 */
export async function* explained(
  events: AsyncGenerator<RecordEvent>,
  about: {
    readonly request: PermittedRequest;
    readonly mayBreakGlass: boolean;
    /** Whether what happens now is written to the spool, the store being out of order. */
    readonly spooled?: () => boolean;
    readonly set: Pick<PolicySet, 'rules'> | undefined;
  },
): AsyncGenerator<RecordEvent> {
  const { emergency } = about.request;
  for await (const event of events) {
    if (event.type === 'opened')
      yield {
        ...event,
        ...(emergency
          ? { emergency: inEmergency(emergency.until, about.spooled) }
          : about.mayBreakGlass && { mayBreakGlass: true }),
      };
    else if (event.type === 'settled' && 'rule' in event.status && !isOfSource(event.status))
      yield { ...event, status: { ...event.status, words: wordsOfRule(event.status.rule, about.set) } };
    else yield event;
  }
}

function inEmergency(until: string, spooled?: () => boolean): { readonly until: string; readonly spooled?: true } {
  return { until, ...(spooled?.() === true && { spooled: true }) };
}

/** A source's own refusal is its own; the community has no words for it. */
function isOfSource(status: Extract<RecordEvent, { type: 'settled' }>['status']): boolean {
  return status.state === 'withheld' && status.by === 'source';
}
