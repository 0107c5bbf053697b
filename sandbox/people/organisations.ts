import type { OrganisationKind } from '../../src/record/source.ts';

/** The members of Ousebridge Shared Care. Names and codes are invented: no ODS code of a care provider begins with XB. */
export type Member = {
  readonly ods: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly epr: 'full' | 'documents-only' | 'none';
  readonly address: { readonly line: string; readonly city: string; readonly postcode: string };
  readonly phone: string;
};

type Row = readonly [
  ods: string,
  kind: OrganisationKind,
  epr: Member['epr'],
  name: string,
  line: string,
  city: string,
  postcode: string,
];

const ROWS: readonly Row[] = [
  ['XB001', 'gp', 'full', 'Northcliffe Surgery', '14 Northcliffe Road', 'Ousebridge', 'ZZ99 1NC'],
  ['XB002', 'gp', 'full', 'Ferrygate Medical Centre', '2 Ferrygate', 'Ousebridge', 'ZZ99 2FG'],
  ['XB003', 'gp', 'documents-only', 'Millrace Surgery', '8 Millrace Lane', 'Thornby', 'ZZ98 1MR'],
  ['XB004', 'gp', 'full', 'Beck Lane Practice', '31 Beck Lane', 'Harwick', 'ZZ98 3BL'],
  ['XB005', 'gp', 'full', 'Sallow Hill Health Centre', 'Sallow Hill', 'Ousebridge', 'ZZ99 5SH'],
  ['XB006', 'gp', 'full', 'Staithe Road Surgery', '77 Staithe Road', 'Saltholme', 'ZZ97 6SR'],
  ['XB101', 'acute', 'full', 'Ousebridge Royal Infirmary', 'Infirmary Road', 'Ousebridge', 'ZZ99 4RI'],
  ['XB102', 'acute', 'full', 'Harwick General Hospital', 'Moor Lane', 'Harwick', 'ZZ98 4GH'],
  ['XB103', 'acute', 'full', "St Aldwyn's Hospital", 'Coast Road', 'Saltholme', 'ZZ97 4AH'],
  ['XB201', 'community', 'full', 'Ousebridge Community Health NHS Trust', 'Riverside House', 'Ousebridge', 'ZZ99 7CH'],
  ['XB202', 'community', 'full', 'Wolds and Vale Community Services', 'The Old Maltings', 'Thornby', 'ZZ98 7WV'],
  ['XB211', 'mental-health', 'full', 'Ouse Valley Mental Health Trust', 'Linden House', 'Ousebridge', 'ZZ99 8MH'],
  ['XB212', 'mental-health', 'full', 'Saltholme and District Mental Health Trust', 'Quayside', 'Saltholme', 'ZZ97 8MH'],
  ['XB301', 'ambulance', 'full', 'Ouse and Wolds Ambulance Service', 'Station Approach', 'Ousebridge', 'ZZ99 9AM'],
  ['XB302', 'ambulance', 'full', 'East Coast Ambulance Service', 'Harbour Way', 'Saltholme', 'ZZ97 9AM'],
  ['XB401', 'council', 'full', 'Ousebridge City Council', 'Guildhall', 'Ousebridge', 'ZZ99 3CC'],
  ['XB402', 'council', 'full', 'Wolds County Council', 'County Hall', 'Thornby', 'ZZ98 2WC'],
  ['XB403', 'council', 'full', 'Saltholme Borough Council', 'Town Hall', 'Saltholme', 'ZZ97 2BC'],
  ['XB404', 'council', 'full', 'Harwick District Council', 'Market Place', 'Harwick', 'ZZ98 2DC'],
  ['XB501', 'hospice', 'full', "St Hilda's Hospice", '1 Abbey Walk', 'Ousebridge', 'ZZ99 6HO'],
  ['XB511', 'out-of-hours', 'full', 'Vale Out of Hours', 'Infirmary Road', 'Ousebridge', 'ZZ99 4OH'],
  ['XB521', 'pharmacy', 'full', 'Carter and Lowe Pharmacy', '16 Northcliffe Road', 'Ousebridge', 'ZZ99 1CL'],
  ['XB522', 'pharmacy', 'full', 'Beck Lane Pharmacy', '33 Beck Lane', 'Harwick', 'ZZ98 3BP'],
  ['XB531', 'urgent-care', 'full', 'Ferrygate Urgent Treatment Centre', '4 Ferrygate', 'Ousebridge', 'ZZ99 2UT'],
  ['XB541', 'independent-hospital', 'full', 'The Priory Gate Hospital', 'Priory Gate', 'Ousebridge', 'ZZ99 1PG'],
  ['XB551', 'home-care', 'full', 'Riverbank Home Care', '5 Quay Street', 'Ousebridge', 'ZZ99 3HC'],
  ['XB552', 'home-care', 'none', 'Willow Tree Care at Home', '19 Mill Street', 'Thornby', 'ZZ98 1WT'],
  ['XB901', 'commissioner', 'none', 'Ousebridge and Vale Commissioners', 'Merchant House', 'Ousebridge', 'ZZ99 3OV'],
  ['XB902', 'commissioner', 'none', 'Wolds Commissioning Board', 'County Hall', 'Thornby', 'ZZ98 2WB'],
  ['XB903', 'commissioner', 'none', 'Saltholme Commissioning Partnership', 'Town Hall', 'Saltholme', 'ZZ97 2SP'],
];

/** Telephone numbers are from the ranges Ofcom keeps for drama: nobody answers. */
export const MEMBERS: readonly Member[] = ROWS.map(([ods, kind, epr, name, line, city, postcode], index) => ({
  ods,
  kind,
  epr,
  name,
  address: { line, city, postcode },
  phone: `01632 960${String(100 + index)}`,
}));

export function memberOf(ods: string): Member {
  const member = MEMBERS.find((candidate) => candidate.ods === ods);
  if (!member) throw new Error(`no member ${ods}`);
  return member;
}
