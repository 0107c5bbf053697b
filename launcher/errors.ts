/**
 * The one table of errors. A code is stable; the public sentence is for a clinician, the next step is what they can do.
 * Private detail (`detail`, `cause`) goes to the log only and never holds patient data. `docs/errors.md` is made from this.
 */
export const ERRORS = {
  'launch.iss_unknown': error(
    400,
    'This system is not connected to the shared record.',
    'Ask your integration team to check the address of your system.',
  ),
  'launch.iss_invalid': error(
    400,
    'The link from your system is not complete.',
    'Open the shared record again from the patient’s chart.',
  ),
  'launch.token_invalid': error(
    400,
    'The link from your system is not complete.',
    'Open the shared record again from the patient’s chart.',
  ),
  'launch.standalone': error(
    403,
    'The shared record of your organisation is opened from a patient’s chart only.',
    'Open the chart and click “Shared record” there.',
  ),
  'launch.state_invalid': error(
    400,
    'This link has been used or has run out.',
    'Open the shared record again from the patient’s chart.',
  ),
  'launch.binding_missing': error(
    400,
    'The shared record could not be tied to this window.',
    'Open it again from the chart, in a new window if it fails here.',
  ),
  'launch.mixup': error(
    400,
    'The answer came from a different system than the one asked.',
    'Open the shared record again from the patient’s chart.',
  ),
  'launch.denied': error(
    403,
    'Your system did not allow the shared record to open.',
    'Ask your system’s administrator for access to the shared record.',
  ),
  'launch.no_patient': error(
    400,
    'Your system did not say which patient is open.',
    'Open a patient’s chart, then open the shared record from it.',
  ),
  'launch.patient_mismatch': error(
    400,
    'Your system named two different patients.',
    'Close the chart, open it again, and report this if it happens twice.',
  ),
  'launch.no_identity': error(
    403,
    'Your system did not say who you are.',
    'Sign in to your system again, then open the shared record.',
  ),
  'launch.identity_conflict': error(
    403,
    'Your system now gives another identity for you than before.',
    'Ask your system’s administrator to check your national and professional numbers.',
  ),
  'launch.role_unmapped': error(
    403,
    'Your role is not one that may use the shared record.',
    'Ask your information governance lead to map your role.',
  ),
  'launch.scope_insufficient': error(
    403,
    'Your system did not allow the patient’s details to be read.',
    'Ask your integration team to allow patient/Patient.r.',
  ),
  'launch.relaunch_required': error(
    401,
    'The shared record has to be opened again from the chart.',
    'Close this and click “Shared record” in the patient’s chart.',
  ),
  'launch.too_many': error(
    429,
    'Too many launches are under way from your organisation.',
    'Wait a minute and try again.',
  ),
  'link.invalid': error(
    400,
    'The link from your system could not be accepted.',
    'Open the shared record again from the patient’s chart; if it happens twice, tell your integration team.',
  ),
  'link.expired': error(
    400,
    'The link from your system has run out: it is good for a minute.',
    'Open the shared record again from the patient’s chart.',
  ),
  'link.used': error(
    400,
    'The link from your system has been used already.',
    'Open the shared record again from the patient’s chart.',
  ),
  'link.organisation': error(
    403,
    'The link from your system names an organisation that may not use it.',
    'Ask your integration team which organisations are set up.',
  ),
  'cds.unauthorised': error(
    401,
    'The caller could not be verified.',
    'Ask the integration team to compare issuer, keys, audience and clock.',
  ),
  'cds.request_invalid': error(
    400,
    'The hook’s request is not one that is answered here.',
    'Ask the integration team to compare it with CDS Hooks 2.0.',
  ),
  'cds.prefetch_missing': error(
    412,
    'The hook’s request has no patient with it.',
    'Ask the integration team to send the prefetch named in the service’s discovery.',
  ),
  'discovery.invalid': error(
    502,
    'Your system’s sign-in service gave an answer that could not be used.',
    'Try again; if it goes on, tell your integration team.',
  ),
  'discovery.redirect': error(
    502,
    'Your system’s sign-in service sent us elsewhere, which is not allowed.',
    'Tell your integration team.',
  ),
  'discovery.endpoint_origin': error(
    502,
    'Your system’s sign-in service named an address that is not registered.',
    'Tell your integration team.',
  ),
  'discovery.timeout': error(504, 'Your system’s sign-in service did not answer in time.', 'Try again in a minute.'),
  'token.invalid_response': error(
    502,
    'Your system’s sign-in service gave an answer that could not be used.',
    'Try again; if it goes on, tell your integration team.',
  ),
  'token.invalid_grant': error(
    401,
    'Your system did not accept the launch.',
    'Open the shared record again from the patient’s chart.',
  ),
  'token.invalid_client': error(
    502,
    'Your system does not recognise the shared record.',
    'Tell your integration team: the registration or key is wrong.',
  ),
  'idtoken.invalid': error(
    403,
    'Your sign-in could not be verified.',
    'Sign in to your system again, then open the shared record.',
  ),
  'patient.unreadable': error(
    502,
    'Your system did not give the patient’s details.',
    'Try again; if it goes on, tell your integration team.',
  ),
  'patient.no_nhs_number': error(
    422,
    'This patient has no NHS number in your system, so other organisations can’t be asked.',
    'Trace the NHS number in your own system, then open the shared record again.',
  ),
  'patient.trace_unavailable': error(
    503,
    'This patient has no NHS number in your system, and the service that finds it did not answer.',
    'Try again in a minute, or trace the NHS number in your own system.',
  ),
  'patient.trace_too_many': error(
    422,
    'This patient has no NHS number in your system, and too many people are like them.',
    'Add the postcode or full name in your own system, then open the shared record again.',
  ),
  'patient.nhs_invalid': error(
    422,
    'The NHS number in your system is not valid, so other organisations can’t be asked.',
    'Correct the NHS number in your own system, then open the shared record again.',
  ),
  'patient.ambiguous': error(
    422,
    'Your system holds two NHS numbers for this patient.',
    'Correct the NHS number in your own system, then open the shared record again.',
  ),
  'patient.number_differs': error(
    422,
    'The NHS number in your system is held nationally for a person with another name or date of birth.',
    'Compare the details and correct the NHS number in your own system, then open the shared record again.',
  ),
  'patient.demographics_missing': error(
    422,
    'The patient’s name or date of birth is missing in your system, so other organisations can’t be asked safely.',
    'Complete the demographics in your own system.',
  ),
  'session.expired': error(
    401,
    'This view has been closed for safety.',
    'Open the shared record again from the patient’s chart.',
  ),
  'session.no_patient': error(
    403,
    'This view is a team’s list: no patient is open in it.',
    'Open the patient’s chart in your own system, then open the shared record from it.',
  ),
  'session.missing': error(
    401,
    'This view is not signed in.',
    'Open the shared record again from the patient’s chart.',
  ),
  'access.refused': error(403, 'The sharing agreement does not allow this.', 'Ask your information governance lead.'),
  'document.not_found': error(
    404,
    'The document is not held where it was listed.',
    'Ask the organisation that wrote it.',
  ),
  'document.refused': error(
    422,
    'The document can’t be shown safely.',
    'Ask the organisation that wrote it for a copy.',
  ),
  'audit.unavailable': error(
    503,
    'The audit log can’t be written, so nothing may be shown.',
    'Try again in a minute; in an emergency use your own system’s summary.',
  ),
  'source.unavailable': error(502, 'Did not answer.', 'Ask again.'),
  'source.timeout': error(504, 'Did not answer in time.', 'Ask again.'),
  'source.auth': error(502, 'Did not accept the shared record’s sign-in.', 'The community team has been told.'),
  'source.withheld': error(403, 'Does not share this with you.', 'Contact the organisation if you need it.'),
  'source.ambiguous': error(
    409,
    'More than one person matches there, so nothing is shown.',
    'Contact the organisation.',
  ),
  'source.wrong_patient': error(
    409,
    'Sent details that may be of another person; they are not shown.',
    'Contact the organisation; the community team has been told.',
  ),
  'source.details_differ': error(
    409,
    'Holds a person with this NHS number whose details differ, so nothing is shown.',
    'Contact the organisation; the community team has been told.',
  ),
  'source.in_transit': error(
    206,
    'The record has not arrived in full from the patient’s last practice; earlier items may be missing.',
    'Ask the practice, or the one before it.',
  ),
  'source.awaiting_filing': error(
    206,
    'Items wait there to be filed and may be missing here.',
    'Ask the practice whether something has come in.',
  ),
  'source.truncated': error(206, 'Holds more than is shown here.', 'Open the organisation’s own record for the rest.'),
  'source.invalid_answer': error(502, 'Gave an answer that could not be read.', 'Ask again.'),
  'source.too_large': error(502, 'Sent more than can be shown here.', 'Open the organisation’s own record.'),
  'source.breaker_open': error(
    503,
    'Has not been answering, and is asked again in a moment.',
    'Ask again in a minute.',
  ),
  'request.invalid': error(
    400,
    'The request is not complete.',
    'Open the shared record again from the patient’s chart.',
  ),
  'request.forbidden': error(
    403,
    'The request came from somewhere it may not.',
    'Open the shared record again from the patient’s chart.',
  ),
  'request.not_found': error(
    404,
    'There is nothing at this address.',
    'Open the shared record from a patient’s chart.',
  ),
  'request.too_large': error(
    413,
    'The request is larger than is taken here.',
    'Open the shared record again from the patient’s chart.',
  ),
  'request.too_many': error(429, 'Too many requests.', 'Wait a minute and try again.'),
  'message.other_patient': error(
    409,
    'This was written for another patient than the one that is open. Nothing was sent.',
    'Open the patient it was written for, and send it from there.',
  ),
  'message.other_content': error(
    409,
    'Another message was sent under this identifier. This one was not sent.',
    'Give each message an identifier of its own, and send it again.',
  ),
  'message.thread_moved': error(
    409,
    'Somebody else has written here or moved it on meanwhile. Nothing was sent.',
    'Look at what is new, then send again if it still holds.',
  ),
  'message.recipient_unknown': error(
    400,
    'This recipient is not in the address book.',
    'Choose one from the list again.',
  ),
  'message.page_gone': error(
    410,
    'This page of a search is over, or was given to somebody else.',
    'Search again from the beginning.',
  ),
  'message.too_long': error(413, 'The message is longer than can be sent.', 'Shorten it, or send it in two parts.'),
  'message.refused': error(403, 'This message may not be sent or read here.', 'Ask your information governance lead.'),
  'message.not_found': error(
    404,
    'There is no such conversation for this patient and team.',
    'Read the list of conversations again.',
  ),
  'message.busy': error(
    429,
    'Too many messages wait to be delivered. Nothing was sent.',
    'Try again in a minute; telephone if it is urgent.',
  ),
  'handover.moved': error(
    409,
    'Somebody else has acted on this handover meanwhile. Nothing was changed.',
    'Look at it as it stands now, then act on it if it is still yours.',
  ),
  'handover.not_found': error(
    404,
    'There is no such handover for this patient and team.',
    'Read the list of handovers again.',
  ),
  'handover.refused': error(
    403,
    'This handover is not yours to act on in this way. Nothing was changed.',
    'Ask the team it was given to, or your information governance lead.',
  ),
  'notice.refused': error(
    403,
    'The notification could not be verified.',
    'Ask the integration team to compare subscription, secret, keys and clock.',
  ),
  'inbox.busy': error(
    503,
    'The other system takes no messages just now.',
    'It is tried again; telephone if it is urgent.',
  ),
  'inbox.unclear': error(
    502,
    'The other system did not say clearly whether it has the message.',
    'It is tried again; telephone if it is urgent.',
  ),
  'inbox.other_message': error(
    502,
    'The other system answered for another message.',
    'It is tried again; the community team has been told.',
  ),
  'inbox.patient_unknown': error(
    422,
    'The other system has no record of this patient.',
    'Check where the patient is registered, and write there.',
  ),
  'inbox.patient_moved': error(
    422,
    'The patient is no longer cared for there.',
    'Check where the patient is registered now, and write there.',
  ),
  'inbox.recipient_unknown': error(
    422,
    'The other system does not know this recipient.',
    'Write to another team there, or telephone.',
  ),
  'inbox.sender_refused': error(
    403,
    'The other system takes no messages from your organisation.',
    'Telephone them; your integration team can ask to be let in.',
  ),
  'inbox.content_refused': error(
    422,
    'The other system could not take the message as it is.',
    'Telephone them; the community team has been told.',
  ),
  'inbox.refused': error(
    422,
    'The other system refused the message.',
    'Telephone them, or write to another team there.',
  ),
  'admin.secret': error(
    401,
    'These pages ask for the secret of admin.token.',
    'Give any name and the secret; the operator of the launcher has it.',
  ),
  'server.busy': error(503, 'The shared record is at its limit.', 'Try again in a minute.'),
  'server.fault': error(
    500,
    'Something went wrong in the shared record.',
    'Try again; if it goes on, quote the support number.',
  ),
} as const;

export type ErrorCode = keyof typeof ERRORS;

export type ErrorEntry = { readonly status: number; readonly message: string; readonly nextStep: string };

export class CorridorError extends Error {
  readonly code: ErrorCode;
  /** For the log only; never patient data, never shown. */
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(code, options);
    this.name = 'CorridorError';
    this.code = code;
    this.detail = detail;
  }

  get entry(): ErrorEntry {
    return ERRORS[this.code];
  }
}

function error(status: number, message: string, nextStep: string): ErrorEntry {
  return { status, message, nextStep };
}
