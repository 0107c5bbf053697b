import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';
import { m0001 } from './0001-audit-launches-sessions.ts';
import { m0002 } from './0002-alerts.ts';
import { m0003 } from './0003-audit-tree.ts';
import { m0004 } from './0004-user-identities.ts';
import { m0005 } from './0005-consents-break-glass.ts';
import { m0006 } from './0006-as-seen.ts';
import { m0007 } from './0007-locator.ts';
import { m0008 } from './0008-last-looks.ts';
import { m0009 } from './0009-messages.ts';
import { m0010 } from './0010-handovers.ts';
import { m0011 } from './0011-handover-passes.ts';
import { m0012 } from './0012-answers-nobody-opens.ts';
import { m0013 } from './0013-deaths-of-deliverers.ts';
import { m0014 } from './0014-held-back.ts';
import { m0015 } from './0015-handover-persons.ts';
import { m0016 } from './0016-message-numbers.ts';

/**
 * In order of name. A step that has been released is never changed; a new one is added. It may only widen (a table, a
 * column that may be null), so that the version before goes on serving beside the new one; what nobody reads any more is
 * taken away by a step called `…-contract`, no earlier than in the release after.
 */
export const MIGRATIONS: { readonly [name: string]: (dialect: Database['dialect']) => Migration } = {
  '0001-audit-launches-sessions': m0001,
  '0002-alerts': m0002,
  '0003-audit-tree': m0003,
  '0004-user-identities': m0004,
  '0005-consents-break-glass': m0005,
  '0006-as-seen': m0006,
  '0007-locator': m0007,
  '0008-last-looks': () => m0008,
  '0009-messages': m0009,
  '0010-handovers': () => m0010,
  '0011-handover-passes': () => m0011,
  '0012-answers-nobody-opens': () => m0012,
  '0013-deaths-of-deliverers': () => m0013,
  '0014-held-back': () => m0014,
  '0015-handover-persons': () => m0015,
  '0016-message-numbers': () => m0016,
};
