import type { Chart } from '../../chart.ts';
import type { World } from '../../world.ts';
import { MARGARET } from './margaret.ts';

/** Her charts at the eighteen organisations, each with its own number and its own way of writing her down. */
export type HeroCharts = {
  readonly gp: Chart;
  readonly formerGp: Chart;
  readonly infirmary: Chart;
  readonly harwick: Chart;
  readonly coastGp: Chart;
  readonly community: Chart;
  readonly wolds: Chart;
  readonly mental: Chart;
  readonly ambulance: Chart;
  readonly coastAmbulance: Chart;
  readonly city: Chart;
  readonly county: Chart;
  readonly hospice: Chart;
  readonly outOfHours: Chart;
  readonly pharmacy: Chart;
  readonly urgentCare: Chart;
  readonly priory: Chart;
  readonly homeCare: Chart;
};

const FORMER_ADDRESS = { lines: ['Flat 3', '22 Ferrygate'], city: 'Ousebridge', postcode: 'ZZ99 2FF' };

export function openHeroCharts(world: World): HeroCharts {
  const open = (ods: string, held: Parameters<World['open']>[2] = {}): Chart =>
    world.open(MARGARET, ods, { practice: 'XB001', ...held });
  const helen = { relationship: 'Daughter', family: 'Marsh', given: 'Helen', phone: '07700 900312' };
  return {
    gp: open('XB001', { updated: world.calendar.ago(3, 'months') }),
    formerGp: open('XB002', { practice: 'XB002', address: FORMER_ADDRESS, movedAway: true, updated: '2011-06-30' }),
    infirmary: open('XB101', { family: 'BEDFORD', given: ['MARGARET', 'ANNE'], contact: helen }),
    harwick: open('XB102', { given: ['Margaret'], address: { ...MARGARET.address, lines: ['9, Chantry Cl.'] } }),
    coastGp: open('XB006', { given: ['Margaret', 'A'], without: ['telecom'], updated: '2024-08-06' }),
    community: open('XB201'),
    wolds: open('XB202', { given: ['Anne', 'Margaret'] }),
    mental: open('XB211'),
    ambulance: open('XB301', { prefix: 'MRS', without: ['practice'], updated: world.calendar.ago(25, 'days') }),
    coastAmbulance: open('XB302', { without: ['practice', 'telecom'], updated: '2024-08-03' }),
    city: open('XB401'),
    county: open('XB402', { address: FORMER_ADDRESS, movedAway: true, updated: '2010-02-11' }),
    hospice: open('XB501'),
    outOfHours: open('XB511', { without: ['practice'] }),
    pharmacy: open('XB521', { without: ['gender'], given: ['Margaret'] }),
    urgentCare: open('XB531', { address: { ...MARGARET.address, lines: ['9 Chantry Close'], city: 'Northcliffe' } }),
    priory: open('XB541', { updated: '2022-05-19' }),
    homeCare: open('XB551', { given: ['Margaret'], phone: '01632 960777' }),
  };
}
