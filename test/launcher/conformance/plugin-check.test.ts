import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pluginCommand } from '../../../launcher/commands/plugin.ts';
import { pluginQuestions } from '../../../launcher/conformance/plugin-checks.ts';
import { runChecks } from '../../../launcher/conformance/run-checks.ts';
import { manifest } from '../../../plugins/embed-sdk/manifest.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { EprPlugin } from '../../../plugins/plugin.ts';
import { runCommand } from '../../support/run-command.ts';

const README = manifest.notTestedWith.join(', ');

async function failedOf(plugin: Partial<EprPlugin>, readme = README): Promise<readonly string[]> {
  const questions = pluginQuestions({ plugin: { id: manifest.id, name: 'Bad', manifest, ...plugin }, readme });
  const checks = await runChecks(questions, { limitMs: 5_000, now: () => Date.now() });
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id.replace('embed-sdk.', ''));
}

describe('a plugin that does not keep the contract', () => {
  it.each<[string, Partial<EprPlugin>, readonly string[]]>([
    ['says it is another', { id: 'embed-sdk', manifest: { ...manifest, id: 'other' } }, ['manifest']],
    ['says nothing of its proof', { manifest: { ...manifest, testedWith: [] } }, ['proof']],
    [
      'opens to anybody',
      {
        router: {
          routes: [
            {
              method: 'POST',
              path: '/open',
              caller: 'machine',
              body: 'json',
              handle: (_request, tools) =>
                tools
                  .issueTicket({} as Parameters<typeof tools.issueTicket>[0])
                  .then(({ address }) => ({ see: address })),
            },
          ],
        },
      },
      ['closed'],
    ],
    ['tells the page the token', { host: { pageSettings: ({ answer }) => ({ said: answer?.token ?? {} }) } }, ['page']],
    [
      'lets somebody else frame the record',
      { manifest: { ...manifest, frameAncestors: () => ['https://elsewhere.invalid'] } },
      ['framing'],
    ],
  ])('is found when it %s', async (_what, plugin, failed) => {
    expect(await failedOf(plugin)).toEqual(failed);
  });

  it('is found when its README does not name what it was never tried with', async () => {
    expect(await failedOf({}, '')).toEqual(['proof']);
  });
});

describe('corridor plugin check', () => {
  it('ends with 0 for --all only because all of every built-in plugin holds, and says so last', async () => {
    const { code, out } = await runCommand(pluginCommand(), ['check', '--all']);
    expect(out.trim().split('\n').at(-1)).toMatch(/^\d+ held, 0 failed, \d+ do not apply$/);
    for (const { id } of PLUGINS) expect(out).toContain(`✓ ${id}: says who it is`);
    expect(code).toBe(0);
  });

  it('says of each check that was not tried why it does not apply, and counts every line once', async () => {
    const lines = (await runCommand(pluginCommand(), ['check', '--all'])).out.trim().split('\n');
    const checks = lines.filter((line) => /^[✓✗–]/.test(line));
    const untried = checks.filter((line) => line.startsWith('–'));
    for (const line of untried) expect(line).toMatch(/: does not apply: \S.* \(\d+ ms\)$/);
    expect(lines.at(-1)).toBe(
      `${String(checks.length - untried.length)} held, 0 failed, ${String(untried.length)} do not apply`,
    );
    expect(untried.join('\n')).toContain(
      'fhir-r4: refuses settings that are not its own: does not apply: it has no settings',
    );
    expect(checks.join('\n')).toContain('openemr: refuses settings that are not its own: 1 setting (');
    expect(checks.join('\n')).not.toMatch(/\b0 settings|\b1 (settings|addresses)/);
  });

  it('still fails a plugin without settings that takes one it does not know', async () => {
    const { frameAncestors: _framed, ...bare } = manifest;
    const taking = { ...bare, settings: z.looseObject({}), example: {} };
    expect(await failedOf({ manifest: taking })).toContain('settings');
  });

  it('names the plugins there are when it is asked for another', async () => {
    const { code, err } = await runCommand(pluginCommand(), ['check', 'no-such']);
    expect(err).toMatch(
      /^corridor: plugin: there is no “no-such”; use one of .*openmrs-o3.* \(argument\.unknown_plugin\)$/m,
    );
    expect(code).toBe(1);
    expect((await runCommand(pluginCommand(), ['check'])).err).toMatch(/openmrs-o3.* \(argument\.missing_plugin\)$/m);
  });
});
