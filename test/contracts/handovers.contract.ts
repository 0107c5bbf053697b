import { describe } from 'vitest';
import { changeOfOwnerContract } from './handovers/change-of-owner.contract.ts';
import { damagedContract } from './handovers/damaged.contract.ts';
import { goesOnContract } from './handovers/goes-on.contract.ts';
import { handoverListsContract } from './handovers/lists.contract.ts';
import { longListsContract } from './handovers/long-lists.contract.ts';
import { oneEventContract } from './handovers/one-event.contract.ts';
import { recordRulesContract } from './handovers/record-rules.contract.ts';
import { roomContract } from './handovers/room.contract.ts';
import { severalLaunchersContract } from './handovers/several-launchers.contract.ts';
import { takenOnContract } from './handovers/taken-on.contract.ts';
import { whoIsToldContract } from './handovers/who-is-told.contract.ts';
import type { OpenStore } from '../support/handover-steps.ts';

const PARTS = {
  'who is told': whoIsToldContract,
  'one event': oneEventContract,
  'taking on': takenOnContract,
  'a change of owner': changeOfOwnerContract,
  'the rules': recordRulesContract,
  lists: handoverListsContract,
  'long lists': longListsContract,
  'several launchers': severalLaunchersContract,
  'what goes on': goesOnContract,
  'what is damaged': damagedContract,
  'no room': roomContract,
} as const;

/** Notices and handovers on a store, whichever engine it is. */
export function handoversContract(open: OpenStore): void {
  for (const [name, part] of Object.entries(PARTS)) describe(name, () => part(open));
}
