/** Conversations between organisations: fetched once a record stands, or when a page asks for them (`src/app/messaging/`). */
export { CorridorAddressBook } from './corridor-address-book/corridor-address-book.ts';
export { CorridorCompose } from './corridor-compose/corridor-compose.ts';
export { CorridorHandovers } from './corridor-handovers/corridor-handovers.ts';
export { CorridorInbox } from './corridor-inbox/corridor-inbox.ts';
export { CorridorInboxBadge } from './corridor-inbox-badge/corridor-inbox-badge.ts';
export { CorridorMessages } from './corridor-messages/corridor-messages.ts';
export { CorridorThreadMark } from './corridor-thread-mark/corridor-thread-mark.ts';
export { CorridorTransitions } from './corridor-transitions/corridor-transitions.ts';
