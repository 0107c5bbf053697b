import { describe, expect, it } from 'vitest';
import { readService } from '../../../launcher/messaging/read-service.ts';
import { createTeamServices } from '../../../launcher/messaging/team-services.ts';
import type { KnownTeam } from '../../../launcher/messaging/teams.ts';
import type { TeamServiceReference } from '../../../launcher/trust/community.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const SOURCE = 'north' as SourceId;
const ODS = 'XB001' as OdsCode;
const NOW = Date.parse('2026-11-22T09:00:00.000Z');
const signal = new AbortController().signal;

const service = (more: object = {}): Resource => ({ resourceType: 'HealthcareService', id: 'duty', ...more });
const read = (more: object) => readService(service(more), { source: SOURCE, ods: ODS, nowMs: NOW });

const team = (id: string, reference: Partial<TeamServiceReference>): KnownTeam => ({
  correspondent: { address: `${ODS}/${id}`, organisation: { ods: ODS, name: 'Northcliffe Surgery' }, team: id },
  roles: ['gp'],
  deadlineHours: { urgent: 4, routine: 72 },
  listed: true,
  service: { source: SOURCE, ...reference },
});
const DUTY = team('duty', { id: 'duty' });

/** A source in memory, a clock, and what was asked. */
function world(answer: () => Promise<readonly Resource[]>, listed: readonly KnownTeam[] = [DUTY]) {
  const clock = { nowMs: NOW };
  const asked: (readonly TeamServiceReference[])[] = [];
  const failures: unknown[] = [];
  const services = createTeamServices({
    listed,
    ask: (_source, references) => (asked.push(references), answer()),
    onFailure: (_source, error) => void failures.push(error),
    now: () => clock.nowMs,
    times: { waitMs: 30 },
  });
  return { clock, asked, failures, hear: (teams = listed) => services(teams, signal) };
}

describe('what a HealthcareService says of a team', () => {
  it.each([
    [
      'a modifier that nobody here knows',
      { modifierExtension: [{ url: 'https://x.example/not', valueBoolean: true }] },
    ],
    ['rules of its own', { implicitRules: 'https://x.example/rules' }],
    ['an activity that is neither true nor false', { active: 'yes' }],
    [
      'another organisation that provides it',
      { providedBy: { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB002' } } },
    ],
    ['another type', { resourceType: 'Location' }],
    ['no id', { id: undefined }],
  ])('is not used with %s', (_title, more) => {
    expect(read(more)).toBeUndefined();
  });

  it.each([
    ['a day that is none', [{ daysOfWeek: ['mon', 'someday'], allDay: true }]],
    ['a beginning without an end', [{ daysOfWeek: ['mon'], availableStartTime: '08:00:00' }]],
    ['an hour that is none', [{ availableStartTime: '08:00:00', availableEndTime: '25:00:00' }]],
    ['nothing in one of them', [{ daysOfWeek: ['mon'], allDay: true }, {}]],
    ['more than anybody reads', Array.from({ length: 15 }, () => ({ allDay: true }))],
    ['no list', { allDay: true }],
  ])('says nothing of its hours with %s: half of them would read like all', (_title, availableTime) => {
    expect(read({ availableTime })?.availability.times).toEqual([]);
  });

  it('says what it takes, when, what is closed and not what was, in plain words of one line', () => {
    const said = read({
      comment: 'Dose\n questions\u202E only',
      availableTime: [{ daysOfWeek: ['mon', 'tue'], availableStartTime: '08:00:00', availableEndTime: '18:30:00' }],
      notAvailable: [
        { description: 'Christmas', during: { start: '2026-12-25', end: '2026-12-26T00:00:00Z' } },
        { description: 'Training', during: { start: '2026-11-01', end: '2026-11-02' } },
      ],
      availabilityExceptions: 'x'.repeat(300),
    });
    expect(said?.takes).toBe('Dose questions only');
    expect(said?.availability).toMatchObject({
      taking: true,
      times: [{ days: ['mon', 'tue'], hours: { from: '08:00', to: '18:30' } }],
      origin: { source: SOURCE, resource: 'HealthcareService/duty' },
      asOf: '2026-11-22T09:00:00.000Z',
    });
    const [christmas, exceptions] = said?.availability.closed ?? [];
    expect(christmas).toEqual({ words: 'Christmas', from: '2026-12-25', to: '2026-12-26' });
    expect(exceptions?.words).toHaveLength(200);
    expect(read({ specialty: [{ coding: [{ display: 'Diabetes' }] }], type: [{ text: 'Clinic' }] })?.takes).toBe(
      'Diabetes; Clinic',
    );
    expect(read({ active: false })?.availability.taking).toBe(false);
  });
});

describe('the services of teams', () => {
  it('are asked of nobody for teams whose entry names none', async () => {
    const { service: _none, ...plain } = DUTY;
    const { hear, asked } = world(() => Promise.resolve([service()]), [plain]);
    expect(await hear()).toEqual({ services: new Map(), unheard: [] });
    expect(asked).toEqual([]);
  });

  it('leave the file’s words standing where a source fails, says nothing of a team, or twice, and name it', async () => {
    for (const answer of [
      () => Promise.reject(new Error('down')),
      () => Promise.resolve([]),
      () => Promise.resolve([service(), service({ active: false })]),
      () => Promise.resolve([service({ id: 'other' })]),
      () => new Promise<never>(() => undefined),
    ])
      expect(await world(answer).hear()).toEqual({ services: new Map(), unheard: [ODS] });
  });

  it('are not asked again of a source that failed until it has rested', async () => {
    const { hear, asked, clock, failures } = world(() => Promise.reject(new Error('down')));
    await hear();
    await hear();
    expect([asked.length, failures.length]).toEqual([1, 1]);
    clock.nowMs += 60_000;
    await hear();
    expect(asked).toHaveLength(2);
  });

  it('are kept for some minutes, shown while they are asked anew, and forgotten after an hour', async () => {
    let answer = (): Promise<readonly Resource[]> => Promise.resolve([service({ comment: 'first' })]);
    const { hear, asked, clock } = world(() => answer());
    const takes = async () => (await hear()).services.get('XB001/duty')?.takes;
    expect([await takes(), await takes(), asked.length]).toEqual(['first', 'first', 1]);
    answer = () => Promise.resolve([service({ comment: 'second' })]);
    clock.nowMs += 600_000;
    expect(await takes()).toBe('first');
    expect(await takes()).toBe('second');
    answer = () => Promise.reject(new Error('down'));
    clock.nowMs += 600_000;
    await hear();
    expect(await hear()).toMatchObject({ unheard: [ODS], services: { size: 1 } });
    clock.nowMs += 3_000_000;
    expect(await hear()).toEqual({ services: new Map(), unheard: [ODS] });
  });

  it('are asked once for all who want them, by id or by identifier, and matched by that alone', async () => {
    const partners = team('partners', { identifier: 'https://x.example/teams|p1' });
    const { hear, asked } = world(
      () =>
        Promise.resolve([
          service(),
          service({ id: 'q', identifier: [{ system: 'https://x.example/teams', value: 'p1' }] }),
          service({ id: 'unasked' }),
        ]),
      [DUTY, partners],
    );
    const [first] = await Promise.all([hear(), hear()]);
    expect([...first.services.keys()]).toEqual(['XB001/duty', 'XB001/partners']);
    expect(asked).toEqual([[DUTY.service, partners.service]]);
  });
});
