import { describe, expect, it } from 'vitest';
import { signLink, type Link } from '../../../plugins/_template/link.ts';
import { templatePlugin } from '../../../plugins/_template/plugin.ts';
import { request } from '../../contracts/plugin.contract.ts';
import { pluginTools } from '../../support/plugin-tools.ts';

const SECRET = 'k'.repeat(64);
const SETTINGS = { secret: SECRET, roles: { DR: 'gp' } };
const [route] = templatePlugin.router?.routes ?? [];

function link(changes: Partial<Link> = {}): Link {
  const at = String(Date.parse('2026-06-01T12:00:00Z') / 1_000 - 10);
  const whole = {
    ods: 'XB001',
    nhsNumber: '9990000018',
    birthDate: '1950-01-01',
    user: 'u1',
    name: 'Dr A',
    role: 'DR',
  };
  return { ...whole, at, nonce: 'n1', ...changes };
}

function open(query: object, bench = pluginTools(templatePlugin, SETTINGS)) {
  return {
    ...bench,
    answer: route?.handle(request(undefined, { query: query as Link & { signature: string } }), bench.tools),
  };
}

describe('a signed link', () => {
  it.each<[string, object]>([
    ['unsigned', link()],
    ['signed with another key', { ...link(), signature: signLink(link(), 'x'.repeat(64)) }],
    ['changed after signing', { ...link({ nhsNumber: '9990000026' }), signature: signLink(link(), SECRET) }],
    ['a minute old', signed(link({ at: String(Date.parse('2026-06-01T11:58:59Z') / 1_000) }))],
    ['from the future', signed(link({ at: String(Date.parse('2026-06-01T12:00:10Z') / 1_000) }))],
    ['without a time', signed(link({ at: 'now' }))],
    ['of nobody we know', signed(link({ ods: 'XB999' }))],
  ])('opens nothing when it is %s', async (_name, query) => {
    const { answer, issued, events } = open(query);
    await expect(answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(issued).toEqual([]);
    expect(events).toMatchObject([{ outcome: 'refused' }]);
  });

  it('opens nothing the second time', async () => {
    const bench = pluginTools(templatePlugin, SETTINGS);
    await open(signed(link()), bench).answer;
    await expect(open(signed(link()), bench).answer).rejects.toMatchObject({ code: 'launch.state_invalid' });
    expect(bench.issued).toHaveLength(1);
  });

  it('leads to a clean address, with a ticket for the patient and the user it names', async () => {
    const { answer, issued } = open(signed(link()));
    expect(await answer).toEqual({ see: 'https://corridor.example/open/XB001#t' });
    expect(issued).toMatchObject([
      { patient: { nhsNumber: '9990000018', birthDate: '1950-01-01' }, user: { role: 'gp' }, evidence: 'signed-url' },
    ]);
  });
});

function signed(given: Link): object {
  return { ...given, signature: signLink(given, SECRET) };
}
