import fc from 'fast-check';
import { SourceTrouble, type SourceConnection, type SourcePage, type TypeEnd } from '../../plugins/plugin.ts';
import type { Resource } from '../../src/record/resource.ts';
import { NHS_NUMBER, type openBench } from './federation.ts';
import { allergy, person } from './fhir-server.ts';
import { answersAfter } from './quiet.ts';

/** Sources that do what a random script says: answer in part, wait, break, hang, or speak of somebody else. */

/** One thing a source may do, in the order in which it does them. */
type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'page'; readonly count: number; readonly foreign: number; readonly junk: number }
  | { readonly do: 'end'; readonly end: TypeEnd }
  | { readonly do: 'trouble'; readonly code: string }
  | { readonly do: 'fault' }
  | { readonly do: 'hang'; readonly listens: boolean };

export type Schedule = {
  readonly find: 'one' | 'none' | 'two' | 'other' | 'trouble' | 'fault' | 'hang';
  readonly steps: readonly Step[];
};

const END: fc.Arbitrary<TypeEnd> = fc.constantFrom<TypeEnd>(
  { state: 'complete', received: 1 },
  { state: 'truncated', code: 'source.truncated', received: 1, total: 9 },
  { state: 'withheld' },
  { state: 'not-supported' },
  { state: 'failed', code: 'source.unavailable' },
  { state: 'failed', code: 'source.invalid_answer' },
);

const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 30 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('page' as const),
      count: fc.integer({ min: 0, max: 5 }),
      foreign: fc.integer({ min: 0, max: 2 }),
      junk: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), end: END }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('trouble' as const),
      code: fc.constantFrom(
        'source.unavailable',
        'source.auth',
        'source.withheld',
        'source.timeout',
        'source.too_large',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'fault' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hang' as const), listens: fc.boolean() }) },
);

export const SCHEDULE: fc.Arbitrary<Schedule> = fc.record({
  find: fc.oneof(
    { weight: 8, arbitrary: fc.constant('one' as const) },
    fc.constantFrom('none', 'two', 'other', 'trouble', 'fault', 'hang'),
  ),
  steps: fc.array(STEP, { maxLength: 8 }),
});

const DEADLINE_MS = 120;

export function scripted(schedules: readonly Schedule[], buffer: number): Parameters<typeof openBench>[1] {
  return {
    open: (source) => ({ ...connectionOf(schedules[Number(String(source).slice(1))]), requestId: 'r' }),
    deadlineMs: () => DEADLINE_MS,
    limits: { heartbeatMs: 1_000, idleMs: 60, buffer },
  };
}

function connectionOf(schedule: Schedule | undefined): SourceConnection {
  return {
    findPatients: (_number, signal) => findBy(schedule?.find ?? 'none', signal),
    fetch: (_ask, signal) => play(schedule?.steps ?? [], signal),
    fetchDocument: () => Promise.resolve(null),
  };
}

async function findBy(find: Schedule['find'], signal: AbortSignal): Promise<readonly Resource[]> {
  if (find === 'trouble') throw new SourceTrouble('source.unavailable', 'scripted');
  if (find === 'fault') throw new TypeError('scripted');
  if (find === 'hang') await hang(true, signal);
  if (find === 'none') return [];
  const one = person('p1', NHS_NUMBER, find === 'other' ? { birthDate: '1999-01-01' } : {});
  return find === 'two' ? [one, person('p2', NHS_NUMBER)] : [one];
}

async function* play(steps: readonly Step[], signal: AbortSignal): AsyncGenerator<SourcePage> {
  let made = 0;
  for (const step of steps) {
    if (step.do === 'wait') await answersAfter(step.ms);
    else if (step.do === 'trouble') throw new SourceTrouble(step.code, 'scripted');
    else if (step.do === 'fault') throw new RangeError('scripted');
    else if (step.do === 'hang') await hang(step.listens, signal);
    else if (step.do === 'end') yield { type: 'AllergyIntolerance', resources: [], end: step.end };
    else yield { type: 'AllergyIntolerance', resources: pageOf(step, () => made++) };
  }
}

function pageOf(step: Extract<Step, { do: 'page' }>, next: () => number): readonly unknown[] {
  return [
    ...Array.from({ length: step.count }, () => allergy(`own${String(next())}`, 'p1')),
    ...Array.from({ length: step.foreign }, () => allergy(`foreign${String(next())}`, 'p2')),
    ...Array.from({ length: step.junk }, () => 'junk'),
  ];
}

/** A source that hears that nobody waits, or one that doesn't. */
function hang(listens: boolean, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (listens) signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}
