/** What has come into an EPR's inbox, as its own staff see it. */
export type Received = {
  /** MessageHeader.id. */
  readonly id: string;
  readonly kind: 'message' | 'document';
  readonly patientId: string;
  readonly title: string;
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly urgent: boolean;
  /** Place in its thread; documents have none. */
  readonly place?: number;
  readonly at: string;
};

/** Why a message is not taken; the words are for whoever runs the other system and name nobody. */
export class Refusal extends Error {
  /** FHIR issue type. */
  readonly issue: string;
  /** ITK3 response code, where the standard has one. */
  readonly itk: string;
  readonly expression: string | undefined;

  constructor(issue: string, itk: string, message: string, expression?: string) {
    super(message);
    this.name = 'Refusal';
    this.issue = issue;
    this.itk = itk;
    this.expression = expression;
  }
}

const LIMIT = 5_000;

/** Kept in memory, once each. */
export class ReceivedMessages {
  readonly #held = new Map<string, Received>();

  has(id: string): boolean {
    return this.#held.has(id);
  }

  keep(message: Received): void {
    const oldest = this.#held.keys().next();
    if (this.#held.size >= LIMIT && !oldest.done) this.#held.delete(oldest.value);
    this.#held.set(message.id, message);
  }

  /** Newest first. */
  list(): readonly Received[] {
    return [...this.#held.values()].reverse();
  }
}
