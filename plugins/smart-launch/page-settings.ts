import { asString, type Json } from '../../src/record/resource.ts';
import type { HostLaunch } from '../plugin.ts';
import type { SmartSettings } from './manifest.ts';

/**
 * SMART Web Messaging, where the launch's own answer offers it: the handle and the one origin that is spoken to. An origin
 * that is not among those that may frame us is no origin (smart.md 5, row 92).
 */
export function pageSettings({ settings, answer, frameAncestors }: HostLaunch): Json | undefined {
  if ((settings as SmartSettings | undefined)?.webMessaging === false) return undefined;
  const handle = asString(answer?.token['smart_web_messaging_handle']);
  const origin = asString(answer?.token['smart_web_messaging_origin']);
  if (handle === undefined || origin === undefined || !frameAncestors.includes(origin)) return undefined;
  const scratchpad = scratchpadIn(asString(answer?.token['scope']) ?? '', settings as SmartSettings | undefined);
  return { handle, origin, ...(scratchpad.length > 0 && { scratchpad }) };
}

/** What the EPR has granted of its scratchpad, where the organisation wants it used: `messaging/scratchpad` is all of it. */
function scratchpadIn(scope: string, settings: SmartSettings | undefined): readonly string[] {
  const granted = scope.split(/\s+/);
  return settings?.scratchpad !== true
    ? []
    : SCRATCHPAD.filter((one) =>
        ['messaging/scratchpad', `messaging/scratchpad.${one}`].some((s) => granted.includes(s)),
      );
}

const SCRATCHPAD = ['read', 'create', 'update', 'delete'] as const;
