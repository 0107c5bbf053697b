import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { reconcileContract } from '../../contracts/reconcile.contract.ts';

reconcileContract(() => openSqlite({ file: ':memory:', busyMs: 1_000 }));
