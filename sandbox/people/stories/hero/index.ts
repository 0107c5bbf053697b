import type { World } from '../../world.ts';
import { heroAllergies } from './allergies.ts';
import { openHeroCharts } from './charts.ts';
import { MARGARET } from './margaret.ts';
import { heroMedicines } from './medicines.ts';
import { heroProblems } from './problems.ts';
import { heroResults } from './results.ts';

/** Mrs Bedford: five long-term conditions, eighteen organisations, one story of twelve years. */
export function hero(world: World): void {
  const charts = openHeroCharts(world);
  heroProblems(charts);
  heroAllergies(charts);
  heroMedicines(charts);
  heroResults(charts);
  world.tell(MARGARET, Object.values(charts));
}
