import { readFileSync } from 'node:fs';
import { ASVS, type Proof } from './assurance-items.ts';

// The pages under docs/assurance, made from the page of hazards, the table of items and nothing else.

type Hazard = {
  readonly id: string;
  readonly severity: string;
  readonly hazard: string;
  readonly tests: number;
  readonly open: string;
};

const SAFETY = new URL('./safety.md', import.meta.url);

function readHazards(): { readonly controlled: readonly Hazard[]; readonly open: readonly Hazard[] } {
  const rows = readFileSync(SAFETY, 'utf8')
    .split('\n')
    .filter((line) => /^\| H\d\d /.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const hazards = rows.map(([name = '', hazard = '', ...cells]) => ({
    id: name.slice(0, 3),
    severity: name.slice(3).trim(),
    hazard,
    tests: cells.length === 4 ? (cells[2] ?? '').split('<br>').length : 0,
    open: cells.at(-1) ?? '',
  }));
  return { controlled: hazards.filter(({ tests }) => tests > 0), open: hazards.filter(({ tests }) => tests === 0) };
}

export function asvsPage(note: string): string {
  const met = ASVS.filter(({ proofs }) => proofs.length > 0);
  return `${note}
# OWASP ASVS 5.0, level 2

What the standard asks of this product in particular, where it is met and which test fails when it is not. It is prepared
for an assessor and is no assessment: a penetration test and the decision are people's. \`test/assurance.test.ts\` holds
every file and title named here. ${String(met.length)} of ${String(ASVS.length)} rows are met, wholly or in part.

| Item | What it means here | Where | Tests | Left open |
|---|---|---|---|---|
${ASVS.map(({ item, means, code, proofs, open }) =>
  row([item, means, code.map((file) => `\`${file}\``).join(' '), proofs.map(proofOf).join('<br>') || '–', open ?? '']),
).join('\n')}
`;
}

export function dcb0129Page(note: string): string {
  const { controlled, open } = readHazards();
  const tests = controlled.reduce((sum, hazard) => sum + hazard.tests, 0);
  return `${note}
# DCB0129: what there is for a clinical safety officer

The manufacturer's clinical risk management, and what this repository has for it. Nothing here is signed: a clinical
safety officer scores, accepts and signs, and rescores what the developers guessed. What a care organisation does under
DCB0160 is theirs.

| Asked for | Where it stands |
|---|---|
${[
  ['Clinical safety officer', 'A person. Not named here'],
  ['Clinical risk management plan and file', 'A person’s. This page and `docs/safety.md` are material for them'],
  [
    'Scope, intended use, users',
    '`README.md`, `docs/architecture.md`, `docs/glossary.md`; to be confirmed by a person',
  ],
  [
    'Hazard identification',
    `\`docs/safety.md\`: ${String(controlled.length + open.length)} hazards. Workshops with clinicians are people’s, and will find more`,
  ],
  ['Estimation and evaluation of risk', 'Severity is the developers’ guess before control. Likelihood is not scored'],
  [
    'Risk control and its verification',
    `${String(controlled.length)} hazards are controlled, wholly or in part, by code that ${String(tests)} tests hold`,
  ],
  [
    'Completeness of control',
    `${String(open.length)} hazards are not controlled (below), and each controlled row says what it leaves open`,
  ],
  ['Residual risk and its acceptance', 'A person’s'],
  ['Clinical safety case report', 'A person’s. Not written'],
  [
    'Safety of changes',
    'A hazard’s test fails when its control is lost (`test/safety.test.ts`); `docs/decisions` says why',
  ],
  [
    'After deployment: incidents',
    'Support numbers, audit and replay (`corridor audit replay`) show what was seen. The process is a person’s',
  ],
]
  .map(row)
  .join('\n')}

## Hazards, and how many tests hold each

| Hazard | Severity | What can go wrong | Tests | Left open |
|---|---|---|---|---|
${controlled.map((one) => row([one.id, one.severity, one.hazard, String(one.tests), one.open])).join('\n')}

## Not controlled

| Hazard | Severity | What can go wrong | Where it stands |
|---|---|---|---|
${open.map((one) => row([one.id, one.severity, one.hazard, one.open])).join('\n')}
`;
}

export function dtacPage(note: string): string {
  const { controlled, open } = readHazards();
  return `${note}
# DTAC: what there is for the assessor

The Digital Technology Assessment Criteria ask an organisation, not a repository. What it can bring is named; what only
people can say or sign is left to them.

| Part | What there is | What people bring |
|---|---|---|
${[
  [
    'C1 Clinical safety',
    `[DCB0129](dcb0129.md): ${String(controlled.length)} hazards controlled by tested code, ${String(open.length)} not`,
    'A clinical safety officer, the hazard log as accepted, the safety case report, DCB0160 at each site',
  ],
  [
    'C2 Data protection',
    'No central copy; nothing of a patient in addresses, logs, metrics or the browser’s storage (`SECURITY.md`); objections and consents (`launcher/access/consents.ts`); an access report in plain words (`corridor audit report`); erasure of what was kept of views (`corridor audit erase`); retention by setting (`docs/configuration.md`)',
    'The DPIA, the lawful basis, the sharing agreement, the ICO registration, the DSPT',
  ],
  [
    'C3 Technical security',
    `[ASVS](asvs.md): ${String(ASVS.filter(({ proofs }) => proofs.length > 0).length)} rows with tests; bill of materials (\`npm run sbom\`); keys that can be changed; backups that are verified`,
    'Cyber Essentials, a penetration test, the operator’s own hardening, monitoring of packages’ weaknesses',
  ],
  [
    'C4 Interoperability',
    'SMART App Launch 2.2, FHIR R4, GP Connect, IHE BALP and PCF, PRSB headings; the NHS number is the key; open formats on every door (`docs/architecture.md`)',
    'Assurance and onboarding of each interface with its owner',
  ],
  [
    'D1 Usability and accessibility',
    'English and Welsh; axe and keyboard tests of each element (`test/components`); journeys in a real browser (`test/journeys`)',
    'Research with clinicians and patients, an accessibility audit by people, the published statement',
  ],
]
  .map(row)
  .join('\n')}
`;
}

function proofOf({ file, title }: Proof): string {
  return `\`${file}\`: ${title}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
