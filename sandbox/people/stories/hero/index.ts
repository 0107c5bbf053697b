import type { World } from '../../world.ts';
import { heroAllergies } from './allergies.ts';
import { heroBackground } from './background.ts';
import { openHeroCharts } from './charts.ts';
import { heroBetween } from './between.ts';
import { heroContacts } from './contacts.ts';
import { heroEmergencies } from './emergencies.ts';
import { heroInvestigations } from './investigations.ts';
import { heroLetters } from './letters.ts';
import { MARGARET } from './margaret.ts';
import { heroMedicines } from './medicines.ts';
import { heroProblems } from './problems.ts';
import { heroResults } from './results.ts';
import { heroSocial } from './social.ts';
import { heroWishes } from './wishes.ts';

/** Mrs Bedford: five long-term conditions, eighteen organisations, one story of twelve years. */
export function hero(world: World): void {
  const charts = openHeroCharts(world);
  heroProblems(charts);
  heroAllergies(charts);
  heroMedicines(charts);
  heroResults(charts);
  heroContacts(charts);
  const stay = heroEmergencies(charts);
  heroInvestigations(charts, stay);
  heroLetters(charts, stay);
  heroWishes(charts);
  heroSocial(charts);
  heroBetween(charts);
  heroBackground(charts);
  world.tell(MARGARET, Object.values(charts));
}
