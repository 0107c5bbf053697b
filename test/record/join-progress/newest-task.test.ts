import { describe, expect, it } from 'vitest';
import type { Entry, EntryState } from '../../../src/record/entry.ts';
import { joinProgress } from '../../../src/record/join-progress.ts';
import { aDate } from '../../support/record.ts';

type Said = { readonly state?: EntryState; readonly date?: string; readonly [name: string]: unknown };

/** An entry as it is read, with what the test says of it. */
function entry(id: string, kind: string, { state, date, ...more }: Said): Entry {
  return {
    id,
    section: 'referrals',
    kind,
    state,
    cautions: [],
    links: [],
    origin: { source: 'gp', resource: id },
    ...(date && { date: aDate(date) }),
    ...more,
  } as unknown as Entry;
}
const referral = (more: Said = {}): Entry => entry('r', 'referral', { state: 'planned', date: '2026-10-01', ...more });
const task = (id: string, more: Said = {}): Entry =>
  entry(id, 'progress', { state: 'negated', date: '2026-10-12', links: [{ rel: 'request', to: 'r' }], ...more });
const after = (asked: Entry, ...tasks: readonly Entry[]): Entry | undefined =>
  joinProgress([...tasks, asked]).find(({ id }) => id === asked.id);
const about = (entries: readonly Entry[], id: string): unknown =>
  (entries.find((one) => one.id === id) as (Entry & { readonly about?: Entry }) | undefined)?.about;

describe('a referral goes on', () => {
  it.each<[what: string, tasks: readonly Entry[]]>([
    ['nobody has told of it', []],
    ['its Task was accepted', [task('t', { state: 'planned' })]],
    ['another was accepted later', [task('a', { state: 'planned', date: '2026-10-13' }), task('t')]],
    ['another of the same moment says otherwise', [task('t'), task('u', { state: 'planned' })]],
    ['the newest Task cannot be interpreted', [task('t', { cautions: ['not-interpretable'] })]],
    ['what was refused was refused before it', [task('t', { date: '2026-09-30' })]],
    ['the refusal is of no day and another is of one', [task('t', { date: '' }), task('u', { state: 'planned' })]],
    ['the Task was withdrawn', [task('t', { state: 'in-error' })]],
    ['the Task leads to it by another way', [task('t', { links: [{ rel: 'reason', to: 'r' }] })]],
    ['the Task is of another request', [task('t', { links: [{ rel: 'request', to: 's' }] })]],
    ['the Task is of another source', [task('t', { origin: { source: 'hospital', resource: 't' } })]],
    ['what refuses is no Task', [task('t', { kind: 'referral' })]],
    ['what refuses is of another heading', [task('t', { section: 'appointments' })]],
  ])('where %s', (_what, tasks) => {
    for (const order of [tasks, [...tasks].reverse()]) {
      expect(after(referral(), ...order)?.state).toBe('planned');
      expect(after(referral(), ...order)?.cautions).toEqual([]);
    }
  });

  it.each<EntryState>(['past', 'negated', 'in-error'])('as it is where it is %s already', (state) => {
    expect(after(referral({ state }), task('t'))).toEqual(referral({ state }));
  });

  it('only where it is a referral', () => {
    for (const more of [{ section: 'appointments' }, { kind: 'progress' }, { kind: 'other' }])
      expect(after(referral(more), task('t'))).toEqual(referral(more));
  });
});

describe('a referral waits no longer', () => {
  it.each<EntryState>(['planned', 'current', 'unknown'])(
    'once its newest Task was refused, though it says %s',
    (state) => {
      const ended = after(
        referral({ state, cautions: ['amended'] }),
        task('t'),
        task('u', { state: 'planned', date: '2026-10-02' }),
      );
      expect(ended).toMatchObject({ state: 'negated', cautions: ['amended', 'cancelled'] });
    },
  );

  it.each<[what: string, asked: Said, refused: Said]>([
    ['on the day on which it was made', {}, { date: '2026-10-01' }],
    ['on a day nobody knows', {}, { date: '' }],
    ['of a request without a day', { date: '' }, {}],
    ['where neither has a day', { date: '' }, { date: '' }],
    ['where it was called off already', { cautions: ['cancelled'] }, {}],
  ])('where it was refused %s', (_what, asked, refused) => {
    expect(after(referral(asked), task('t', refused))).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it('whatever a newer Task said that was withdrawn', () => {
    const withdrawn = task('u', { state: 'in-error', date: '2026-10-20' });
    expect(after(referral(), task('t'), withdrawn)?.state).toBe('negated');
  });

  it('where two of one moment refuse it', () => {
    expect(after(referral(), task('t'), task('u'))?.state).toBe('negated');
  });
});

describe('a Task', () => {
  it('is given the referral that it is of, as that stands after all', () => {
    const joined = joinProgress([task('t'), referral(), task('x', { links: [] })]);
    expect(about(joined, 't')).toMatchObject({ id: 'r', state: 'negated' });
    expect(about(joined, 'x')).toBeUndefined();
    expect(joined).toHaveLength(3);
  });

  it('that was withdrawn, or is of a referral that was, is given none', () => {
    const withdrawn = joinProgress([task('t', { state: 'in-error' }), task('u'), referral()]);
    expect([about(withdrawn, 't'), about(withdrawn, 'u')]).toEqual([undefined, expect.objectContaining({ id: 'r' })]);
    expect(about(joinProgress([task('t'), referral({ state: 'in-error' })]), 't')).toBeUndefined();
    expect(about(joinProgress([task('t')]), 't')).toBeUndefined();
  });

  it('of two requests is given the one that came, and the first of two that did', () => {
    const links = ['s', 'r'].map((to) => ({ rel: 'request', to }));
    expect(about(joinProgress([task('t', { links }), referral()]), 't')).toMatchObject({ id: 'r' });
    const other = entry('s', 'referral', { state: 'planned' });
    expect(about(joinProgress([task('t', { links }), referral(), other]), 't')).toMatchObject({ id: 's' });
  });
});
