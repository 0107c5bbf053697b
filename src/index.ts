/**
 * The public door for a browser. Importing it has no effect: nothing is registered and nothing is fetched.
 * `define.ts` registers the tags.
 */
export * from './components/index.ts';
export * from './components/events.ts';
export { CorridorRecord } from './app/corridor-record.ts';
export type { Place } from './app/rail.ts';
export { openRecord } from './app/open-whole-record.ts';
export type { OpenContext, OpenRecordOptions } from './app/open-record.ts';
export { SILENT_HOST, type ContextSignal, type HostPort } from './app/host-port.ts';
export { ChartOpenEvent, CloseAskEvent, ContextShownEvent, HostBannerEvent } from './app/frame-events.ts';
export { CorridorFrame, type FrameContext } from './app/corridor-frame.ts';
export { define, type DefineOptions } from './app/define-elements.ts';
export { elementsByTag } from './app/elements-by-tag.ts';
export { definePictures } from './app/picture-parts.ts';
export { defineMessages } from './app/messaging/define-messages.ts';
export type * from './components/message-elements.ts';
export * from './components/conversations/conversation-events.ts';
export type { Talk } from './app/messaging/conversations.ts';
export { openMessages, type MessagesClient } from './stream/messages-client.ts';
export { MessageProblem } from './messages/problem.ts';
export type { Draft, DraftBinding } from './messages/draft.ts';
export type * from './messages/thread.ts';
export type * from './messages/handover.ts';
export type {
  CorridorChart,
  CorridorCumulative,
  CorridorReconciliation,
  CorridorTimeline,
} from './components/picture-elements.ts';
export { openStream, type StreamEnd } from './stream/open-stream.ts';
export { RecordStore } from './stream/record-store.ts';
export { connectFhirClient } from './stream/connect-fhir-client.ts';
export { readFhirSource, type FhirClient, type FhirSourceOptions } from './stream/fhir-source.ts';
export { recordOfEntries } from './stream/record-of-entries.ts';
export { buildRecord } from './record/build-record.ts';
export { readResources } from './record/read-resources.ts';
export { cy } from './words/cy.ts';
export { enGB } from './words/en-GB.ts';
export type { Words } from './words/words.ts';
export type { Entry } from './record/entry.ts';
export type { Patient } from './record/patient.ts';
export type { PatientRecord } from './record/patient-record.ts';
export type { Source } from './record/source.ts';
