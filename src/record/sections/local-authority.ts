import type { Entry } from '../entry.ts';
import { normaliseWords, readCode } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { readOrganisation } from '../fhir/organisation.ts';
import { standing } from '../fhir/standing.ts';
import { cautionsBy, entryIdOf, readStatement, stateBy } from '../fhir/statement.ts';
import { readTelecom, type Telecom } from '../fhir/telecom.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import { asObjects } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { TEAM_CAUTIONS, TEAM_STATES } from './professional-contacts.ts';
import { isLocalAuthority, isSocialCareTeam } from './which-section.ts';

/**
 * Local authority (PRSB Local Authority information: code, name, social services team, contact), from the CareTeams that
 * a council runs and the Organization behind them. Must have: the authority's name or code, or a team of social care.
 * A team of social workers inside a health trust names the trust, which is no local authority: it stays with the
 * professional contacts alone. Whose members they are is told there.
 */
export type LocalAuthorityEntry = Entry & {
  readonly section: 'local-authority';
  readonly authorityCode?: string;
  /** The authority, where it is named; the title is the team where it is not. */
  readonly localAuthority?: string;
  readonly team?: string;
  readonly telecom: readonly Telecom[];
};

export const localAuthority: Section<LocalAuthorityEntry> = {
  id: 'local-authority',
  heading: 'Local authority',
  groupedBy: 'concept',
  reads: ['CareTeam'],
  window: null,

  // Professional contacts own the CareTeam; this heading takes whose team it is.
  read() {
    return null;
  },

  takes: ['CareTeam'],

  take(team, context) {
    const runs = asObjects(team['managingOrganization']).flatMap((ref) => readOrganisation(ref, context, team) ?? []);
    const authority = runs.find(isLocalAuthority);
    if (!authority && (runs.length > 0 || !isSocialCareTeam(team))) return [];
    const name = plainText(team['name']);
    const title = authority?.name ?? authority?.code ?? name;
    if (title === undefined) return [];
    const status = readCode(team['status']);
    const period = readPeriod(team['period']);
    const own = readTelecom(team['telecom']);
    const { by: _member, ...origin } = readStatement(team, context, 'local-authority').origin;
    return [
      {
        ...readStatement(team, context, 'local-authority', cautionsBy(status, TEAM_CAUTIONS)),
        id: entryIdOf(team, context, 'authority'),
        section: 'local-authority',
        origin,
        title,
        state: standing(stateBy(status, TEAM_STATES), period, team),
        ...optional('statusAsRecorded', status),
        ...optional('date', period?.start),
        ...optional('period', period),
        ...optional('authorityCode', authority?.code),
        ...optional('localAuthority', authority?.name),
        ...optional('team', name === title ? undefined : name),
        telecom: own.length > 0 ? own : (authority?.telecom ?? []),
      },
    ];
  },

  // One team of one authority, reached in the same ways, over the same time. Another telephone number stays apart, for
  // one of the two is wrong.
  factKey(entry) {
    return keyOfParts(
      entry.authorityCode ?? normaliseWords(entry.title),
      entry.team && normaliseWords(entry.team),
      entry.telecom.map(({ value }) => value.replace(/[\s()-]/g, '')).sort(),
      entry.state,
      entry.period?.start,
      entry.period?.end,
    );
  },

  // A county that provides care and a district that adapts the house are both a person's local authority.
  conflicts() {
    return [];
  },
};
