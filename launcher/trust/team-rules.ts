import { checkAddress } from './addresses.ts';
import type { RuleContext } from './community-rules.ts';

type TeamEntry = NonNullable<RuleContext['file']['organisations'][number]['teams']>[number];

/** What nobody answers must come to somebody: an address that leads nowhere, or round in a ring, is a message lost. */
export function checkTeams({ file, report }: RuleContext): void {
  const teams = new Map<string, TeamEntry>();
  for (const { ods, teams: of = [] } of file.organisations) for (const team of of) teams.set(`${ods}/${team.id}`, team);
  const roles = new Set(file.roles.map((role) => role.id));
  file.organisations.forEach(({ ods, kind, sources, teams: of = [] }, i) => {
    const seen = new Set<string>();
    if (kind === 'commissioner' && of.length > 0)
      report(
        ['organisations', i, 'teams'],
        'stand under a commissioner',
        'a commissioner sees no patient data: remove them',
      );
    of.forEach((team, j) => {
      const path = ['organisations', i, 'teams', j];
      if (seen.has(team.id)) report([...path, 'id'], 'is used before as a team id', 'give each its own');
      seen.add(team.id);
      team.roles.forEach((role, k) => {
        if (!roles.has(role))
          report([...path, 'roles', k], 'is a role that is not in roles', 'add the role or correct its id');
      });
      if (team.escalatesTo !== undefined && !teams.has(team.escalatesTo))
        report([...path, 'escalatesTo'], 'names a team that is not there', 'add the team or correct its address');
      else if (comesBack(`${ods}/${team.id}`, teams))
        report([...path, 'escalatesTo'], 'comes back to the same team', 'end the chain with a team that has none');
      if (team.inbox !== undefined && !sources.some((source) => source.id === team.inbox))
        report([...path, 'inbox'], 'is not a source of this organisation', 'use the id of one of its sources');
    });
  });
}

function comesBack(start: string, teams: ReadonlyMap<string, TeamEntry>): boolean {
  const passed = new Set<string>();
  for (let at = teams.get(start)?.escalatesTo; at !== undefined; at = teams.get(at)?.escalatesTo) {
    if (at === start) return true;
    if (passed.has(at)) return false;
    passed.add(at);
  }
  return false;
}

/** Whoever holds the key speaks for the organisation: over https, and under a name of its own. */
export function checkClients({ file, report }: RuleContext): void {
  const seen = new Set<string>();
  file.organisations.forEach(({ client, kind }, i) => {
    if (!client) return;
    const path = ['organisations', i, 'client'];
    if (seen.has(client.id)) report([...path, 'id'], 'is used before as a client id', 'give each its own');
    seen.add(client.id);
    if (kind === 'commissioner')
      report(path, 'stands under a commissioner', 'a commissioner sees no patient data: remove it');
    if (client.allowLoopbackHttp && file.environment === 'live')
      report([...path, 'allowLoopbackHttp'], 'is not allowed in a live community', 'remove it and use https');
    const problem = checkAddress(client.jwksUri, client.allowLoopbackHttp);
    if (problem) report([...path, 'jwksUri'], problem.message, problem.remedy);
  });
}
