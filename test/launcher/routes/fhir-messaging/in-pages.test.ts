import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Answer, NUMBER, fhirWorldOfEach, URL_OF_LAUNCHER } from '../../../support/fhir-messaging.ts';
import { draftOf, pharmacist, readerOf, RESIDENT, signal, WARD } from '../../../support/messaging.ts';

const epr = fhirWorldOfEach();
const { ask } = epr;
const council = () => readerOf('XC001', 'social-worker', 'Sam Reed');
const OF_RESIDENT = { 'patient:identifier': `${NUMBER.system}|${RESIDENT.nhsNumber}` };

type Page = {
  readonly ids: readonly string[];
  readonly self: string;
  readonly next: string;
  readonly total: unknown;
  readonly cut: boolean;
};

function pageOf({ status, body }: Answer): Page {
  expect(status).toBe(200);
  const entries = (body['entry'] ?? []) as { search: { mode: string }; resource: { id: string } }[];
  const links = body['link'] as { relation: string; url: string }[];
  const linkTo = (which: string): string =>
    links.find(({ relation }) => relation === which)?.url.replace(`${URL_OF_LAUNCHER}/fhir/`, '') ?? '';
  return {
    ids: entries.filter(({ search }) => search.mode === 'match').map(({ resource }) => resource.id),
    self: linkTo('self'),
    next: linkTo('next'),
    total: body['total'],
    cut: entries.some(({ search }) => search.mode === 'outcome'),
  };
}

const search = async (form: object, type = 'Task'): Promise<Page> => pageOf(await ask(`${type}/_search`, { form }));
const turn = async ({ next }: Page): Promise<Page> => pageOf(await ask(next));

/** The newest last, each a minute after the one before. */
async function threads(count: number): Promise<readonly string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n += 1) {
    made.push(
      (await epr.world.messages.send(pharmacist(), draftOf({ subject: `No. ${String(n)}` }), signal)).thread.id,
    );
    epr.world.clock.nowMs += 60_000;
  }
  return made;
}

const codeOf = ({ status, body }: Answer): readonly unknown[] => {
  const [issue] = body['issue'] as { details: { coding: { code: string }[] } }[];
  return [status, issue?.details.coding[0]?.code];
};

describe('a page of messages', () => {
  it.each([
    ['of fewer than none', { _count: '-1' }],
    ['of many in words', { _count: 'many' }],
    ['of nothing', { _count: '' }],
    ['with something asked for beside its mark', { _page: 'x', _count: '2' }],
  ])('is refused %s', async (_what, form) => {
    expect(codeOf(await ask('Task/_search', { form: { ...OF_RESIDENT, ...form } }))).toEqual([400, 'request.invalid']);
  });

  it('is nobody’s but the client’s that searched, of that type alone, for an hour, and cannot be made up', async () => {
    await threads(2);
    const { next } = await search({ ...OF_RESIDENT, _count: '1' });
    const gone = [410, 'message.page_gone'];
    expect(codeOf(await ask(next, { client: 'council-epr' }))).toEqual(gone);
    expect(codeOf(await ask(next.replace('Task', 'Communication')))).toEqual(gone);
    expect(codeOf(await ask(`${next.slice(0, -8)}AAAAAAAA`))).toEqual(gone);
    expect(codeOf(await ask('Task?_page=made-up'))).toEqual(gone);
    epr.world.clock.nowMs += 3_600_001;
    expect(codeOf(await ask(next))).toEqual(gone);
  });

  it('has what is this organisation’s own, however many newer conversations others have of the resident', async () => {
    const [own] = await threads(1);
    for (let n = 0; n < 201; n += 1) await epr.world.messages.send(council(), draftOf({ to: WARD }), signal);
    expect(await search(OF_RESIDENT)).toMatchObject({ ids: [own], next: '', total: 1, cut: false });
  }, 120_000);

  it('is as long as was asked for, and the next is named by a link in which nobody can read of whom it is', async () => {
    const made = await threads(5);
    const first = await search({ ...OF_RESIDENT, _count: '2' });
    expect(first).toMatchObject({ ids: [made[4], made[3]], total: undefined, cut: true });
    expect(first.next).toMatch(/^Task\?_page=[\w-]+$/);
    for (const said of [RESIDENT.nhsNumber, epr.world.base.vault.handle(RESIDENT.nhsNumber)])
      for (const read of [first.next, Buffer.from(first.next.slice(11), 'base64url').toString('latin1')])
        expect(read).not.toContain(said);
    const second = await turn(first);
    expect(second).toMatchObject({ ids: [made[2], made[1]], total: undefined, cut: true });
    expect(await turn(second)).toMatchObject({ ids: [made[0]], next: '', total: undefined, cut: false });
  });

  it('names itself by a link under which the very same is found, and by no number of a resident', async () => {
    const made = await threads(3);
    for (const asked of [
      await search(OF_RESIDENT),
      await search({ ...OF_RESIDENT, _count: '2' }),
      await turn(await search({ ...OF_RESIDENT, _count: '2' })),
    ]) {
      expect(asked.self).toMatch(/^Task\?_page=[\w-]+$/);
      const plain = Buffer.from(asked.self.slice(11), 'base64url').toString('latin1');
      expect(plain).not.toContain(RESIDENT.nhsNumber);
      const again = pageOf(await ask(asked.self));
      expect([again.ids, again.self, again.total]).toEqual([asked.ids, asked.self, asked.total]);
    }
    const ofTeam = pageOf(await ask('Task?owner:identifier=XB001/duty-doctor&_count=1'));
    expect(ofTeam.self).toBe('Task?recipient%3Aidentifier=urn%3Acorridor%3Aaddress%7CXB001%2Fduty-doctor&_count=1');
    expect(pageOf(await ask(ofTeam.self)).ids).toEqual(ofTeam.ids);
    expect(pageOf(await ask(`Task?_id=${made[0] ?? ''}`)).self).toBe(`Task?_id=${made[0] ?? ''}`);
  });

  it('counts all there are where it has them all, and for a count of none says how many and shows none', async () => {
    const made = await threads(3);
    expect(await search({ ...OF_RESIDENT, _count: '3' })).toMatchObject({ total: 3, next: '' });
    expect(await search({ ...OF_RESIDENT, _count: '0' })).toMatchObject({ ids: [], next: '', total: 3, cut: false });
    expect(await search({ ...OF_RESIDENT, _count: '100000' })).toMatchObject({ ids: [...made].reverse(), total: 3 });
  });

  it('may end in the midst of a conversation, and the next goes on there', async () => {
    const [thread = ''] = await threads(1);
    const id = randomUUID();
    await epr.world.messages.act(pharmacist(), thread, { id, version: 1, kind: 'reply', body: 'And the other one?' });
    const first = await search({ ...OF_RESIDENT, _count: '1' }, 'Communication');
    const second = await turn(first);
    expect([first.ids.length, second.ids, second.next]).toEqual([1, [id], '']);
    expect(epr.world.audit.filter(({ type }) => type === 'message.listed')).toHaveLength(2);
  });

  it('gives last what has moved to a page that was read already, once more rather than never', async () => {
    const [old = '', middle, newest] = await threads(3);
    const first = await search({ ...OF_RESIDENT, _count: '1' });
    const id = randomUUID();
    await epr.world.messages.act(pharmacist(), old, { id, version: 1, kind: 'reply', body: 'Still waiting.' });
    const second = await turn(first);
    const third = await turn(second);
    expect([first, second, third].map(({ ids }) => ids)).toEqual([[newest], [middle], [old]]);
    expect(third.next).toBe('');
  });

  it('is of a team too, what is open before what is closed', async () => {
    const [done = '', open] = await threads(2);
    await epr.world.messages.act(pharmacist(), done, { id: randomUUID(), version: 1, kind: 'close' });
    const first = pageOf(await ask('Task?owner:identifier=XB001/duty-doctor&_count=1'));
    expect(first.ids).toEqual([open]);
    expect((await turn(first)).ids).toEqual([done]);
  });
});
