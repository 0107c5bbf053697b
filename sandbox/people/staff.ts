import type { SandboxUser } from '../community.ts';

/** Someone who works at one of the members. Those with a national role code can open a chart there. */
export type StaffMember = {
  /** Short name the stories use. */
  readonly key: string;
  readonly ods: string;
  readonly id: string;
  readonly prefix?: string;
  readonly given: string;
  readonly family: string;
  readonly job: string;
  readonly role?: { readonly code: string; readonly name: string };
  /** The same person at two organisations has the same one. */
  readonly sds: string;
};

/** National RBAC job roles as the NHS care identity service writes them. R8008 is left without a Corridor role on purpose. */
const ROLES = {
  clinician: { code: 'R8000', name: 'Clinical Practitioner Access Role' },
  gp: { code: 'R0260', name: 'General Medical Practitioner' },
  nurse: { code: 'R8001', name: 'Nurse Access Role' },
  health: { code: 'R8003', name: 'Health Professional Access Role' },
  clerk: { code: 'R8008', name: 'Admin/Clinical Support Access Role' },
} as const;

const PREFIXES = ['Dr', 'Miss', 'Sister', 'Charge Nurse'];

type Row = readonly [ods: string, key: string, name: string, job: string, role?: keyof typeof ROLES, sds?: string];

/** Dr Okafor works in a practice, out of hours and in the hospice: three organisations, one person. */
const OKAFOR = '555040000101';

const ROWS: readonly Row[] = [
  ['XB001', 'sharma', 'Dr Anil Sharma', 'GP partner', 'gp'],
  ['XB001', 'okafor', 'Dr Ngozi Okafor', 'Salaried GP', 'gp', OKAFOR],
  ['XB001', 'lyle', 'Sister Karen Lyle', 'Practice nurse', 'nurse'],
  ['XB001', 'pym', 'Tracey Pym', 'Receptionist', 'clerk'],
  ['XB001', 'osei', 'Daniel Osei', 'Clinical pharmacist'],
  ['XB002', 'brandt', 'Dr Sofia Brandt', 'GP partner', 'gp'],
  ['XB002', 'ames', 'Joanne Ames', 'Practice nurse', 'nurse'],
  ['XB003', 'whitlock', 'Dr Peter Whitlock', 'GP partner', 'gp'],
  ['XB004', 'farrow', 'Dr Ruth Farrow', 'GP partner', 'gp'],
  ['XB004', 'mistry', 'Hetal Mistry', 'Practice nurse', 'nurse'],
  ['XB005', 'doyle', 'Dr Niamh Doyle', 'GP partner', 'gp'],
  ['XB005', 'bishop', 'Alan Bishop', 'Health care assistant', 'health'],
  ['XB006', 'petrov', 'Dr Ivan Petrov', 'GP partner', 'gp'],
  ['XB006', 'grant', 'Lorna Grant', 'Practice nurse', 'nurse'],
  ['XB101', 'hughes', 'Dr Eleanor Hughes', 'Consultant cardiologist', 'clinician'],
  ['XB101', 'raman', 'Dr Vijay Raman', 'Consultant in acute medicine', 'clinician'],
  ['XB101', 'cole', 'Matthew Cole', 'Clinical pharmacist', 'health'],
  ['XB101', 'amin', 'Dr Sara Amin', 'Emergency medicine registrar'],
  ['XB101', 'stone', 'Sister Julie Stone', 'Ward sister', 'nurse'],
  ['XB101', 'lab', 'Blood Sciences', 'Laboratory'],
  ['XB101', 'weaver', 'Dr Paul Weaver', 'Consultant radiologist'],
  ['XB102', 'lindqvist', 'Dr Ola Lindqvist', 'Consultant respiratory physician', 'clinician'],
  ['XB102', 'prior', 'Dr Helen Prior', 'Consultant surgeon', 'clinician'],
  ['XB102', 'conte', 'Dr Marco Conte', 'Consultant nephrologist', 'clinician'],
  ['XB102', 'rowe', 'Charge Nurse Ben Rowe', 'Charge nurse', 'nurse'],
  ['XB102', 'lab', 'Pathology', 'Laboratory'],
  ['XB103', 'bell', 'Dr Marcus Bell', 'Consultant physician', 'clinician'],
  ['XB103', 'shaw', 'Dr Olivia Shaw', 'Emergency medicine consultant', 'clinician'],
  ['XB103', 'lab', 'Pathology', 'Laboratory'],
  ['XB201', 'mensah', 'Grace Mensah', 'District nurse', 'nurse'],
  ['XB201', 'ford', 'Liam Ford', 'Heart failure specialist nurse', 'clinician'],
  ['XB201', 'tan', 'Mei Tan', 'Physiotherapist', 'health'],
  ['XB202', 'haigh', 'Susan Haigh', 'Podiatrist', 'health'],
  ['XB202', 'novak', 'Jana Novak', 'Health visitor', 'nurse'],
  ['XB211', 'keane', 'Dr Fergus Keane', 'Consultant psychiatrist', 'clinician'],
  ['XB211', 'moss', 'Tina Moss', 'Community mental health nurse', 'nurse'],
  ['XB211', 'ito', 'Dr Hana Ito', 'Clinical psychologist', 'health'],
  ['XB212', 'black', 'Dr Robert Black', 'Consultant psychiatrist', 'clinician'],
  ['XB212', 'reed', 'Carla Reed', 'Care co-ordinator', 'nurse'],
  ['XB301', 'hall', 'Jack Hall', 'Paramedic', 'health'],
  ['XB301', 'quinn', 'Aoife Quinn', 'Advanced paramedic practitioner', 'clinician'],
  ['XB302', 'barr', 'Stuart Barr', 'Paramedic', 'health'],
  ['XB401', 'nolan', 'Claire Nolan', 'Social worker', 'health'],
  ['XB401', 'begum', 'Shazia Begum', 'Occupational therapist', 'health'],
  ['XB401', 'tuck', 'Ian Tuck', 'Business support officer', 'clerk'],
  ['XB402', 'elliot', 'Simon Elliot', 'Social worker', 'health'],
  ['XB403', 'wood', 'Amanda Wood', 'Social worker', 'health'],
  ['XB404', 'singh', 'Manjit Singh', 'Social worker', 'health'],
  ['XB501', 'okafor', 'Dr Ngozi Okafor', 'Hospice doctor', 'clinician', OKAFOR],
  ['XB501', 'ward', 'Sister Bridget Ward', 'Palliative care nurse specialist', 'nurse'],
  ['XB511', 'okafor', 'Dr Ngozi Okafor', 'Out of hours GP', 'gp', OKAFOR],
  ['XB511', 'vance', 'Louise Vance', 'Urgent care practitioner', 'clinician'],
  ['XB521', 'lowe', 'Amrit Lowe', 'Community pharmacist', 'health'],
  ['XB522', 'chen', 'Wei Chen', 'Community pharmacist', 'health'],
  ['XB531', 'patel', 'Nisha Patel', 'Emergency nurse practitioner', 'nurse'],
  ['XB531', 'hart', 'Dr Colin Hart', 'Urgent care doctor', 'clinician'],
  ['XB541', 'vaughan', 'Miss Rhian Vaughan', 'Consultant ophthalmic surgeon', 'clinician'],
  ['XB551', 'webb', 'Pauline Webb', 'Care manager', 'health'],
  ['XB551', 'kowal', 'Marta Kowal', 'Home care worker'],
];

export const STAFF: readonly StaffMember[] = ROWS.map(([ods, key, name, job, role, sds], index) => ({
  key,
  ods,
  id: `${key}-${String(index + 1).padStart(3, '0')}`,
  job,
  sds: sds ?? `5550400${String(10_200 + index)}`,
  ...splitName(name),
  ...(role && { role: ROLES[role] }),
}));

export function staffOf(ods: string, key: string): StaffMember {
  const member = STAFF.find((candidate) => candidate.ods === ods && candidate.key === key);
  if (!member) throw new Error(`nobody called ${key} works at ${ods}`);
  return member;
}

export function staffName(member: StaffMember): string {
  return [member.prefix, member.given, member.family].filter(Boolean).join(' ');
}

/** Those who can open a chart at this organisation. */
export function usersOf(ods: string): readonly SandboxUser[] {
  return STAFF.flatMap((member) =>
    member.ods === ods && member.role
      ? [
          {
            practitionerId: member.id,
            name: staffName(member),
            roleCode: member.role.code,
            roleName: member.role.name,
            sdsUserId: member.sds,
          },
        ]
      : [],
  );
}

function splitName(name: string): Pick<StaffMember, 'prefix' | 'given' | 'family'> {
  const prefix = PREFIXES.find((word) => name.startsWith(`${word} `));
  const words = (prefix ? name.slice(prefix.length + 1) : name).split(' ');
  return { ...(prefix && { prefix }), given: words[0] ?? '', family: words.slice(1).join(' ') };
}
