/** A person as they are set beside another one for comparing. */
export type ComparedPerson = {
  readonly family: string;
  readonly given: string;
  readonly prefix?: string;
  readonly birthDate: string;
  readonly gender?: string;
  readonly postcode?: string;
  readonly nhsNumber?: string;
  readonly deceased?: string | true;
  readonly restricted?: true;
};

export type TraceQuestion = {
  readonly ticket: string;
  readonly home: ComparedPerson;
  readonly candidates: readonly ComparedPerson[];
};

/** What the launcher asks, if all of it is there. */
export function readQuestion(value: unknown): TraceQuestion | undefined {
  const trace = value as Partial<TraceQuestion> | undefined;
  const complete = typeof trace?.ticket === 'string' && isPerson(trace.home) && Array.isArray(trace.candidates);
  return complete && trace.candidates?.every(isPerson) ? (trace as TraceQuestion) : undefined;
}

function isPerson(value: unknown): value is ComparedPerson {
  const person = value as Partial<ComparedPerson> | null | undefined;
  return [person?.family, person?.given, person?.birthDate].every((text) => typeof text === 'string');
}
