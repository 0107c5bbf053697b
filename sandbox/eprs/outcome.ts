/** Trouble on a FHIR request, answered as an OperationOutcome. The words never name a patient. */
export class FhirTrouble extends Error {
  readonly status: number;
  readonly issue: string;
  constructor(status: number, issue: string, message: string) {
    super(message);
    this.name = 'FhirTrouble';
    this.status = status;
    this.issue = issue;
  }
}

export function operationOutcome(issue: string, message: string): object {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: issue, diagnostics: message }] };
}
