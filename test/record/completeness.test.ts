import { describe, expect, it } from 'vitest';
import { countNotOffered, countSources, readAbsence, readAnswers } from '../../src/record/completeness.ts';
import type { SectionAnswers, SourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { answered, aSource, entriesFrom } from '../support/record.ts';

const GP = aSource('gp', 'gp', true);
const HOSPITAL = aSource('hospital', 'acute');
const LETTERS = { ...aSource('letters'), offers: ['documents'] as const };
const AT = { at: '2026-11-22T09:00:00Z', tookMs: 1 };

/** A source in each state a source can be in. */
const STATUS: { readonly [state in SourceStatus['state']]: (sections?: SectionAnswers) => SourceStatus } = {
  waiting: () => ({ state: 'waiting' }),
  answered,
  'nothing-held': (sections = {}) => ({ ...AT, sections, state: 'nothing-held' }),
  withheld: (sections = {}) => ({ ...AT, sections, state: 'withheld', by: 'policy', rule: 'role' }),
  'not-agreed': (sections = {}) => ({ ...AT, sections, state: 'not-agreed', rule: 'no-pathway' }),
  'not-connected': (sections = {}) => ({ ...AT, sections, state: 'not-connected' }),
  'not-asked': (sections = {}) => ({ ...AT, sections, state: 'not-asked' }),
  late: (sections = {}) => ({ ...AT, sections, state: 'late', deadlineMs: 8000 }),
  unavailable: (sections = {}) => ({ ...AT, sections, state: 'unavailable', code: 'source.unavailable' }),
  failed: (sections = {}) => ({ ...AT, sections, state: 'failed', code: 'source.invalid_answer' }),
  truncated: (sections = {}) => ({ ...AT, sections, state: 'truncated', code: 'source.truncated' }),
};
const STATES = Object.keys(STATUS) as readonly SourceStatus['state'][];

const ledger = (status: SourceStatus, more: SourceStatus = status): ReadonlyMap<SourceId, SourceStatus> =>
  new Map([
    [GP.id, status],
    [HOSPITAL.id, more],
    [LETTERS.id, more],
  ]);

const asthma = (id: string): { readonly resourceType: string; readonly id: string; readonly code: object } => ({
  resourceType: 'Condition',
  id,
  code: { text: 'Asthma' },
});
const TWO_PROBLEMS = entriesFrom('gp', asthma('1'), asthma('2'));

describe('what a source answered for a section', () => {
  it.each([
    ['waiting', { state: 'waiting', count: 2 }],
    ['late', { state: 'late', count: 2 }],
    ['unavailable', { state: 'unavailable', count: 2, code: 'source.unavailable' }],
    ['failed', { state: 'failed', count: 2, code: 'source.invalid_answer' }],
    ['truncated', { state: 'truncated', count: 2, code: 'source.truncated' }],
    ['withheld', { state: 'withheld', count: 2, code: 'role' }],
  ] as const)('is its own state where it is %s as a whole, with what had come by then', (state, answer) => {
    expect(readAnswers('problems', [GP], ledger(STATUS[state]()), TWO_PROBLEMS)).toStrictEqual([
      { source: GP.id, answer },
    ]);
  });

  it.each(['answered', 'nothing-held', 'not-agreed', 'not-connected', 'not-asked'] as const)(
    'is no cell at all where it is %s and its row does not name the section',
    (state) => {
      expect(readAnswers('problems', [GP], ledger(STATUS[state]()), TWO_PROBLEMS)).toEqual([]);
    },
  );

  it.each(STATES.filter((state) => state !== 'waiting'))(
    'is what its row says of the section, wherever it stands as a whole: %s',
    (state) => {
      const answer = { state: 'answered', count: 7 } as const;
      expect(readAnswers('problems', [GP], ledger(STATUS[state]({ problems: answer })), TWO_PROBLEMS)).toEqual([
        { source: GP.id, answer },
      ]);
    },
  );

  it('is waiting where nothing is known of the source, and each has its own count', () => {
    expect(readAnswers('problems', [GP, HOSPITAL], new Map(), TWO_PROBLEMS)).toEqual([
      { source: GP.id, answer: { state: 'waiting', count: 2 } },
      { source: HOSPITAL.id, answer: { state: 'waiting', count: 0 } },
    ]);
  });

  it('is asked only of those that offer the section, waiting or not', () => {
    expect(readAnswers('problems', [LETTERS], new Map(), [])).toEqual([]);
    expect(readAnswers('documents', [LETTERS], new Map(), [])).toEqual([
      { source: LETTERS.id, answer: { state: 'waiting', count: 0 } },
    ]);
  });
});

describe('the sources that can say nothing of a section', () => {
  const count = (status: SourceStatus, sources = [GP, HOSPITAL]): number => {
    const statuses = ledger(answered({ problems: { state: 'answered', count: 0 } }), status);
    return countNotOffered('problems', sources, statuses, readAnswers('problems', sources, statuses, []));
  };

  it('are those that answered without it while others were asked for it', () => {
    expect(count(answered())).toBe(1);
  });

  it('are none where nobody was asked for it', () => {
    expect(countNotOffered('problems', [GP, HOSPITAL], ledger(answered()), [])).toBe(0);
  });

  it('are none where all were asked for it', () => {
    expect(count(answered({ problems: { state: 'nothing-held', count: 0 } }))).toBe(0);
  });

  it.each(STATES.filter((state) => state !== 'answered'))('are not those that are %s: they may hold it', (state) => {
    expect(count(STATUS[state]())).toBe(0);
  });

  it.each(['waiting', 'answered', 'nothing-held', 'late', 'failed', 'unavailable', 'truncated', 'withheld'] as const)(
    'are those that do not offer it, while they are %s',
    (state) => {
      expect(count(STATUS[state](), [LETTERS])).toBe(1);
    },
  );

  it('are those that do not offer it, before anything is known of them', () => {
    expect(countNotOffered('problems', [LETTERS, GP], new Map(), [])).toBe(1);
  });

  it.each(['not-agreed', 'not-connected', 'not-asked'] as const)('are never those that were not asked: %s', (state) => {
    expect(count(STATUS[state](), [LETTERS])).toBe(0);
  });

  it('are not those of which nothing is known yet while others have answered', () => {
    const statuses = new Map([[GP.id, answered({ problems: { state: 'answered', count: 0 } })]]);
    const answers = readAnswers('problems', [GP], statuses, []);
    expect(countNotOffered('problems', [GP, HOSPITAL], statuses, answers)).toBe(0);
  });

  it('are not those that offer just this', () => {
    expect(countNotOffered('documents', [LETTERS], new Map(), [])).toBe(0);
  });
});

describe('an empty section', () => {
  const answers = (...states: readonly string[]): ReturnType<typeof readAnswers> =>
    states.map((state) => ({ source: GP.id, answer: { state, count: 0 } })) as ReturnType<typeof readAnswers>;
  const silence = { kind: 'incomplete', answered: 1, waiting: 0, silent: 0, withheld: 0 } as const;

  it('is not known to be empty where nobody has answered', () => {
    expect(readAbsence(0, [], 0)).toEqual({ ...silence, answered: 0 });
  });

  it.each([
    ['waiting', 'waiting'],
    ['late', 'silent'],
    ['unavailable', 'silent'],
    ['failed', 'silent'],
    ['truncated', 'silent'],
    ['withheld', 'withheld'],
    ['not-agreed', 'withheld'],
  ] as const)('is not known to be empty where one of two is %s: it counts as %s', (state, kind) => {
    expect(readAbsence(0, answers('answered', state), 0)).toStrictEqual({ ...silence, [kind]: 1 });
  });

  it('is not made empty by two gaps of different kinds', () => {
    for (const states of [
      ['late', 'withheld'],
      ['late', 'waiting'],
      ['waiting', 'withheld'],
    ])
      expect(readAbsence(0, answers('answered', ...states), 0).kind).toBe('incomplete');
    for (const state of ['late', 'withheld', 'waiting'])
      expect(readAbsence(0, answers('answered', state), 1).kind).toBe('incomplete');
  });

  it('is not known to be empty where something of it was unread', () => {
    expect(readAbsence(0, answers('answered'), 2)).toStrictEqual({ ...silence, unread: 2 });
  });

  it('says who is missing, each kind by itself', () => {
    expect(readAbsence(0, answers('answered', 'nothing-held', 'waiting', 'late', 'failed', 'withheld'), 3)).toEqual({
      kind: 'incomplete',
      answered: 2,
      waiting: 1,
      silent: 2,
      withheld: 1,
      unread: 3,
    });
  });

  it('is "nothing recorded" where all that were asked have answered', () => {
    expect(readAbsence(0, answers('answered', 'nothing-held'), 0)).toStrictEqual({
      kind: 'nothing-recorded',
      answered: 2,
    });
  });

  it('is none where there is a fact, whoever is missing', () => {
    expect(readAbsence(1, answers('late'), 2)).toStrictEqual({ kind: 'none' });
  });
});

describe('the count of sources', () => {
  it.each([
    ['waiting', { waiting: 1, settled: false }],
    ['answered', { answered: 1 }],
    ['nothing-held', { answered: 1 }],
    ['late', { gaps: 1 }],
    ['unavailable', { gaps: 1 }],
    ['failed', { gaps: 1 }],
    ['truncated', { gaps: 1 }],
    ['withheld', { withheld: 1 }],
    ['not-agreed', { notAsked: 1 }],
    ['not-connected', { notAsked: 1 }],
    ['not-asked', { notAsked: 1 }],
  ] as const)('has one that is %s in one place only', (state, place) => {
    expect(countSources([GP], ledger(STATUS[state]()))).toStrictEqual({
      total: 1,
      answered: 0,
      waiting: 0,
      gaps: 0,
      withheld: 0,
      notAsked: 0,
      settled: true,
      ...place,
    });
  });

  it('waits for a source of which nothing is known', () => {
    expect(countSources([GP, HOSPITAL], new Map())).toMatchObject({ total: 2, waiting: 2, settled: false });
  });
});
