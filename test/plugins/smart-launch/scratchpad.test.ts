import { describe, expect, it } from 'vitest';
import { launch } from '../../../plugins/smart-launch/launch.ts';
import { pageSettings } from '../../../plugins/smart-launch/page-settings.ts';
import { scratchpadOf } from '../../../plugins/smart-launch/host/scratchpad.ts';
import type { Json } from '../../../src/record/resource.ts';

const ALL = ['read', 'create', 'update', 'delete'];
const draft = { resourceType: 'ServiceRequest', status: 'draft' };

/** An EPR that answers with this, and what it was asked. */
function epr(answer: Json | undefined, granted: unknown = ALL) {
  const asked: [string, Json][] = [];
  const pad = scratchpadOf(granted, (messageType, payload) => {
    asked.push([messageType, payload]);
    return Promise.resolve(answer);
  });
  if (!pad) throw new Error('no scratchpad');
  return { pad, asked };
}

describe('the scratchpad of the EPR', () => {
  it.each([undefined, [], 'create', ['write'], {}])('is none where %j was granted', (granted) => {
    expect(scratchpadOf(granted, () => Promise.resolve({}))).toBeUndefined();
  });

  it('is asked nothing that was not granted', async () => {
    const { pad, asked } = epr({ status: '200 OK', scratchpad: [] }, ['read']);
    expect(await pad.create(draft)).toBeUndefined();
    expect(await pad.update({ ...draft, id: 'd1' })).toBe(false);
    expect(await pad.delete('ServiceRequest/d1')).toBe(false);
    expect(asked).toEqual([]);
    expect(await pad.read()).toEqual([]);
    expect([...pad.may]).toEqual(['read']);
  });

  it('is asked nothing malformed: no location that is none, no draft with an id of ours, none without one to change', async () => {
    const { pad, asked } = epr({ status: '200 OK' });
    expect(await pad.read('../Patient/1')).toBeUndefined();
    expect(await pad.delete('Patient/1?x=1')).toBe(false);
    expect(await pad.create({ ...draft, id: 'ours' })).toBeUndefined();
    expect(await pad.create({ status: 'draft' })).toBeUndefined();
    expect(await pad.update(draft)).toBe(false);
    expect(await pad.create({ ...draft, note: 'x'.repeat(70_000) })).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([undefined, {}, { status: '403 Forbidden' }, { status: 'failure' }, { status: 200 }, { status: '2' }])(
    'takes %j for a no',
    async (answer) => {
      const { pad } = epr(answer as never);
      expect(await pad.read()).toBeUndefined();
      expect(await pad.create(draft)).toBeUndefined();
      expect(await pad.update({ ...draft, id: 'd1' })).toBe(false);
      expect(await pad.delete('ServiceRequest/d1')).toBe(false);
    },
  );

  it('gives no location that is none', async () => {
    expect(await epr({ status: '201 Created', location: 'https://evil.example/x' }).pad.create(draft)).toBeUndefined();
  });

  it('reads, creates, changes and deletes drafts by the messages of the standard', async () => {
    const { pad, asked } = epr({ status: '200 OK', location: 'ServiceRequest/d1', scratchpad: [draft, 'junk', {}] });
    expect(await pad.read()).toEqual([draft]);
    expect(await pad.create(draft)).toBe('ServiceRequest/d1');
    expect(await pad.update({ ...draft, id: 'd1' })).toBe(true);
    expect(await pad.delete('ServiceRequest/d1')).toBe(true);
    expect(asked).toEqual([
      ['scratchpad.read', {}],
      ['scratchpad.create', { resource: draft }],
      ['scratchpad.update', { resource: { ...draft, id: 'd1' } }],
      ['scratchpad.delete', { location: 'ServiceRequest/d1' }],
    ]);
    const one = epr({ status: '200', resource: { ...draft, id: 'd1' } });
    expect(await one.pad.read('ServiceRequest/d1')).toEqual([{ ...draft, id: 'd1' }]);
  });

  it('is asked for, and told to the page, only where the organisation wants it and the EPR grants it', () => {
    const supported = ['launch', 'openid', 'fhirUser', 'patient/Patient.r', 'messaging/ui', 'messaging/scratchpad'];
    expect(launch.scopes(supported, {})).not.toContain('messaging/scratchpad');
    expect(launch.scopes(supported, { scratchpad: true })).toContain('messaging/scratchpad');
    const told = (settings: object, scope: string): unknown =>
      pageSettings({
        settings,
        frameAncestors: ['https://epr.example'],
        answer: {
          token: { scope, smart_web_messaging_handle: 'h', smart_web_messaging_origin: 'https://epr.example' },
          claims: {},
        },
      })?.['scratchpad'];
    expect(told({ scratchpad: true }, 'messaging/ui')).toBeUndefined();
    expect(told({}, 'messaging/scratchpad')).toBeUndefined();
    expect(told({ scratchpad: true }, 'messaging/ui messaging/scratchpad')).toEqual(ALL);
    expect(told({ scratchpad: true }, 'messaging/scratchpad.read')).toEqual(['read']);
  });
});
