import type { Unheard } from '../../src/messages/handover.ts';
import type { SourceId } from '../../src/record/source.ts';
import { loadSilent } from '../storage/tables/notice-watches.ts';
import { UNNAMED } from './describe.ts';
import type { Look, Reader } from './look.ts';
import { isMarked } from './marked.ts';
import { instant, type HandoverGround } from './ports.ts';
import { handlesOf } from './standing-session.ts';

/**
 * Organisations that should have been heard and were not, since when: a list that lacks what happened there looks like one
 * where nothing did. Of the open chart's person, whichever team is told of them; of a team's list, of everybody the team is
 * told of; and for the lead, with whom nobody is to fall between, of everybody.
 */
export async function findUnheard(
  { addresses, patient }: Reader,
  of: 'chart' | 'list',
  look: Look,
  deps: HandoverGround,
): Promise<readonly Unheard[]> {
  const chart = of === 'chart' ? patient : undefined;
  const everybody = addresses.includes(deps.agreement.lead.address);
  const by = chart
    ? { patientHandles: handlesOf(chart, deps.vault) }
    : everybody
      ? { everybody: true as const }
      : { addresses };
  const found = new Map<string, Unheard>();
  for (const { source, heardAt } of await loadSilent(deps.database.queries, by, instant(deps.now()))) {
    const ods = deps.community.source(source as SourceId)?.ods;
    const member = ods && deps.community.member(ods);
    if (!member) continue;
    const before = found.get(member.ods);
    // The longest silence is what counts, of many people and of several sources.
    const since = before && (before.since === undefined || before.since < (heardAt ?? '')) ? before.since : heardAt;
    const organisation = (await isNamed(source as SourceId)) ? { ods: member.ods, name: member.name } : UNNAMED;
    found.set(member.ods, { organisation, ...(since !== undefined && { since }) });
  }
  return [...found.values()];

  /** Where a person is known must not be learnt from who is silent about them. */
  async function isNamed(source: SourceId): Promise<boolean> {
    if (!chart) return true;
    if (chart.restricted === true || (await isMarked(chart, deps))) return false;
    const seen = await look.sight(await look.sessionOf(chart, false), source, 'admission', chart);
    return seen.seen && !seen.hidesPlaces;
  }
}
