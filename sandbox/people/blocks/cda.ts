import type { Chart } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import type { Paragraph } from './letter.ts';

type CdaSpec = {
  readonly title: string;
  readonly day: string;
  readonly signed: string;
  readonly body: readonly Paragraph[];
};

/** A clinical document as ambulance services and laboratories send them: HL7 CDA R2, its words in narrative blocks. */
export function buildCda(chart: Chart, spec: CdaSpec): string {
  const { person } = chart;
  const member = memberOf(chart.ods);
  const number = person.nhsNumber
    ? `<id root="2.16.840.1.113883.2.1.4.1" extension="${xml(person.nhsNumber)}"/>`
    : '<id nullFlavor="UNK"/>';
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<title>${xml(spec.title)}</title>
<effectiveTime value="${spec.day.replaceAll('-', '')}1430"/>
<recordTarget><patientRole>${number}<patient><name>${person.prefix ? `<prefix>${xml(person.prefix)}</prefix>` : ''}${person.given.map((given) => `<given>${xml(given)}</given>`).join('')}<family>${xml(person.family)}</family></name><administrativeGenderCode code="${person.gender}" displayName="${person.gender}"/><birthTime value="${person.birthDate.replaceAll('-', '')}"/></patient></patientRole></recordTarget>
<author><assignedAuthor><assignedPerson><name>${xml(spec.signed)}</name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><name>${xml(member.name)}</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
${spec.body.map(section).join('\n')}
</structuredBody></component>
</ClinicalDocument>
`;
}

function section({ heading, text, table }: Paragraph): string {
  const words =
    typeof text === 'string'
      ? `<paragraph>${xml(text)}</paragraph>`
      : `<list>${text.map((item) => `<item>${xml(item)}</item>`).join('')}</list>`;
  const title = heading ? `<title>${xml(heading)}</title>` : '';
  return `<component><section>${title}<text>${words}${table ? tableOf(table) : ''}</text></section></component>`;
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${xml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark);
}
