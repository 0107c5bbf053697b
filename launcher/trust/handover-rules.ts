import { checkAddress } from './addresses.ts';
import type { RuleContext } from './community-rules.ts';
import type { CommunityFile } from './community-schema.ts';

/** A transition that is given to nobody, or to a team that is not there, is one that falls between. */
export function checkHandovers({ file, report }: RuleContext): void {
  // A team, or everybody to whom an organisation gives a role.
  const teams = new Set(
    file.organisations.flatMap(({ ods, launch, teams: of = [] }) =>
      [...of.map(({ id }) => id), ...Object.values(launch?.roles ?? {}).map((role) => `role-${role}`)].map(
        (id) => `${ods}/${id}`,
      ),
    ),
  );
  const teamIds = new Set([...teams].map((address) => address.split('/')[1]));
  const missing = (path: readonly (string | number)[]): void =>
    report(path, 'names a team that is not there', 'add the team or correct it');
  const { handovers } = file;
  if (handovers && !teams.has(handovers.lead.address)) missing(['handovers', 'lead', 'address']);
  const seen = new Set<string>();
  handovers?.rules.forEach(({ id, to }, i) => {
    const path = ['handovers', 'rules', i];
    if (seen.has(id)) report([...path, 'id'], 'is used before as a rule id', 'give each its own');
    seen.add(id);
    to.forEach((one, j) => {
      if ('address' in one) {
        if (!teams.has(one.address)) missing([...path, 'to', j, 'address']);
      } else if (!teamIds.has('practice' in one ? one.practice : one.team))
        missing([...path, 'to', j, 'practice' in one ? 'practice' : 'team']);
    });
  });
  if (handovers) checkHours(handovers, report);
  file.organisations.forEach(({ sources }, i) =>
    sources.forEach(({ notices, authorisation }, j) => {
      if (notices?.by !== 'subscription') return;
      const path = ['organisations', i, 'sources', j, 'notices', 'jwksUri'];
      // A secret alone proves what was never overheard: enough beside other proofs, not in place of them.
      if (notices.jwksUri === undefined && file.environment === 'live')
        report(path, 'is left out in a live community', 'name the keys with which this source signs what it tells');
      const problem =
        notices.jwksUri === undefined ? undefined : checkAddress(notices.jwksUri, authorisation.allowLoopbackHttp);
      if (problem) report(path, problem.message, problem.remedy);
    }),
  );
}

function checkHours(
  { lead, rules, openingTimes }: NonNullable<CommunityFile['handovers']>,
  report: RuleContext['report'],
): void {
  const path = ['handovers', 'openingTimes'];
  if (!openingTimes) {
    if ([lead, ...rules].some(({ hours }) => hours === 'working'))
      report(
        path,
        'is left out, though hours are counted as working',
        'say when somebody is there, or count by the clock',
      );
    return;
  }
  const days = Object.entries(openingTimes.days);
  if (days.length === 0) report([...path, 'days'], 'names no day', 'say on which days somebody is there');
  for (const [day, hours] of days)
    if (hours && hours[0] >= hours[1])
      report([...path, 'days', day], 'ends before it begins', 'put the earlier time first');
  if (!isZone(openingTimes.zone)) report([...path, 'zone'], 'is no time zone', 'name one, such as Europe/London');
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    // That it is not known is what was asked.
    return false;
  }
}
