import type { RuleContext } from './community-rules.ts';

/** Asked of each source at once, and in one page. */
const MOST_OF_A_SOURCE = 50;

/** Whoever speaks of a team is its own organisation, at a source that answers the launcher in nobody's name. */
export function checkServices({ file, plugins, report }: RuleContext): void {
  file.organisations.forEach(({ sources, teams = [] }, i) => {
    const named = new Map<string, number>();
    teams.forEach(({ service }, j) => {
      if (!service) return;
      const path = ['organisations', i, 'teams', j, 'service'];
      const source = sources.find(({ id }) => id === service.source);
      const count = (named.get(service.source) ?? 0) + 1;
      named.set(service.source, count);
      if (!source)
        report([...path, 'source'], 'is not a source of this organisation', 'use the id of one of its sources');
      else if (!plugins.get(source.plugin)?.source?.services)
        report([...path, 'source'], 'is read by a plugin that knows no services', 'leave the service out');
      else if (source.authorisation.profile !== 'smart-b2b' && source.authorisation.profile !== 'none')
        report(
          [...path, 'source'],
          'is a source that answers only in somebody’s name',
          'leave the service out, or name a source with smart-b2b',
        );
      else if (count > MOST_OF_A_SOURCE)
        report(path, `is more than the ${String(MOST_OF_A_SOURCE)}th of this source`, 'leave some out');
    });
  });
}
