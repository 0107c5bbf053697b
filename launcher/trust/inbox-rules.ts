import type { InboxSettings } from '../../plugins/inbox-face.ts';
import type { EprPlugin, SettingProblem } from '../../plugins/plugin.ts';
import { checkAddress } from './addresses.ts';
import type { FieldPath } from './community-problems.ts';
import type { RuleContext } from './community-rules.ts';
import type { CommunityInbox } from './community.ts';
import type { SourceEntry } from './community-schema.ts';

type InboxEntry = NonNullable<SourceEntry['inbox']>;

/** Where messages go is judged as sources are: by its plugin, and every address by us. */
export function checkInboxes({ file, plugins, report }: RuleContext): void {
  file.organisations.forEach(({ launch, sources, teams = [] }, i) => {
    if (launch?.withoutPatient !== undefined && teams.length === 0)
      report(
        ['organisations', i, 'launch', 'withoutPatient'],
        'shows the list of no team',
        'add teams, or leave it out',
      );
    sources.forEach((source, j) => {
      if (source.inbox) checkInbox(source, source.inbox, ['organisations', i, 'sources', j, 'inbox'], plugins, report);
    });
    // A message that has nowhere to go would wait there for ever.
    teams.forEach(({ inbox }, j) => {
      const source = sources.find(({ id }) => id === inbox);
      if (source && !source.inbox)
        report(['organisations', i, 'teams', j, 'inbox'], 'is a source without an inbox', 'give the source an inbox');
    });
  });
}

function checkInbox(
  { authorisation, ...source }: SourceEntry,
  inbox: InboxEntry,
  path: FieldPath,
  plugins: ReadonlyMap<string, EprPlugin>,
  report: RuleContext['report'],
): void {
  const face = plugins.get(inbox.plugin)?.inbox;
  if (!face) {
    const able = [...plugins.values()].filter((plugin) => plugin.inbox).map(({ id }) => id);
    report([...path, 'plugin'], 'is not a plugin that hands messages over', `use one of: ${able.join(', ')}`);
    return;
  }
  const loopback = authorisation.allowLoopbackHttp;
  const keys = inbox.acknowledgements && checkAddress(inbox.acknowledgements.jwksUri, loopback);
  if (keys) report([...path, 'acknowledgements', 'jwksUri'], keys.message, keys.remedy);
  if (authorisation.profile === 'gpconnect')
    report(
      path,
      'stands under a source that is read over the spine',
      'give it a source of its own, with its own sign-in',
    );
  const read = face.readSettings(ownSettings(inbox, source));
  const refused = problemsIn(read);
  if (refused) {
    for (const { field, message } of refused) report([...path, ...field.split('.')], message, 'correct the value');
    return;
  }
  const problem = checkAddress((read as InboxSettings).base, loopback);
  if (problem) report([...path, 'base'], problem.message, problem.remedy.replace(' here', ' under authorisation'));
}

/** As it is used: the source's own proof of who asks, with the scopes that this needs. */
export function buildInbox(source: SourceEntry, plugins: ReadonlyMap<string, EprPlugin>): CommunityInbox | undefined {
  const { inbox, authorisation } = source;
  const face = inbox && plugins.get(inbox.plugin)?.inbox;
  if (!face) return undefined;
  return {
    plugin: inbox.plugin,
    settings: face.readSettings(ownSettings(inbox, source)) as InboxSettings,
    authorisation: 'scopes' in authorisation ? { ...authorisation, scopes: inbox.scopes } : authorisation,
    deadlineMs: inbox.deadlineMs,
    ...(inbox.acknowledgements && { acknowledgements: inbox.acknowledgements }),
  };
}

/** The plugin's own part of the file; the source's base, where it names none. */
function ownSettings(
  { plugin: _plugin, scopes: _scopes, deadlineMs: _deadlineMs, acknowledgements: _keys, ...settings }: InboxEntry,
  source: { readonly [name: string]: unknown },
): { readonly [name: string]: unknown } {
  return { ...(typeof source['base'] === 'string' && { base: source['base'] }), ...settings };
}

function problemsIn(
  settings: InboxSettings | { readonly problems: readonly SettingProblem[] },
): readonly SettingProblem[] | undefined {
  return 'problems' in settings && Array.isArray(settings.problems)
    ? (settings.problems as readonly SettingProblem[])
    : undefined;
}
