/** What the page says that asks a human being who a traced person is; it is fetched only when it is needed. */
export type ConfirmWords = {
  readonly language: string;
  readonly heading: string;
  /** Once the reader has chosen. */
  readonly opening: string;
  readonly explanation: string;
  readonly yours: string;
  readonly found: string;
  readonly family: string;
  readonly given: string;
  readonly born: string;
  readonly gender: string;
  /** By FHIR's code; what is not here is shown as it came. */
  readonly genders: Readonly<Record<string, string>>;
  readonly postcode: string;
  readonly number: string;
  readonly died: string;
  readonly yes: string;
  readonly notHeld: string;
  readonly restricted: string;
  readonly differs: string;
  readonly confirm: (name: string) => string;
  readonly none: string;
  readonly months: readonly string[];
};

export const confirmEnGB: ConfirmWords = {
  language: 'en-GB',
  heading: 'Is this the person whose chart you have open?',
  opening: 'Opening the shared record…',
  explanation:
    'Your system holds no NHS number for them. Compare what it holds with who was found. Confirm only if you are sure: the record of another person must not open.',
  yours: 'Your system',
  found: 'Found nationally',
  family: 'Family name',
  given: 'Given names',
  born: 'Born',
  gender: 'Gender',
  genders: { male: 'Male', female: 'Female', other: 'Other', unknown: 'Not known' },
  postcode: 'Postcode',
  number: 'NHS number',
  died: 'Died',
  yes: 'Yes',
  notHeld: 'Not held',
  restricted: 'Not shown',
  differs: 'Differs',
  confirm: (name) => `Yes, this is ${name}: open the shared record`,
  none: 'None of these, or I am not sure',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};
