import { describe, expect, it } from 'vitest';
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
    expect(out.trim().split('\n').at(-1)).toMatch(/^\d+ held, 0 failed$/);
    for (const { id } of PLUGINS) expect(out).toContain(`✓ ${id}: says who it is`);
    expect(code).toBe(0);
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
