import { asString, type Json } from '../../src/record/resource.ts';
import { luminanceOf, readLook, type HostLook } from '../host-look.ts';
import type { LaunchAnswer } from '../plugin.ts';

/** Where the EPR keeps its look (SMART 2.2 §Styling). The launcher fetches it, from the member's own origins only. */
export function styleAddress({ token }: LaunchAnswer): string | undefined {
  return asString(token['smart_style_url']);
}

/**
 * Of SMART's eleven properties five are taken. `color_error`, `color_success` and `color_modal_backdrop` would recolour
 * what carries clinical meaning, `color_text` must be read on surfaces of ours, and spacing is the row height's.
 */
export function lookOf(style: Json): HostLook {
  const ground = luminanceOf(asString(style['color_background']) ?? '');
  const colour = asString(style['color_highlight']);
  return readLook({
    ...(ground !== undefined && { scheme: ground < 0.18 ? 'dark' : 'light' }),
    tokens: {
      '--corridor-font': asString(style['font_family_body']),
      '--corridor-font-size': asString(style['dim_font_size']),
      '--corridor-radius': asString(style['dim_border_radius']),
      '--corridor-action-colour': colour,
      '--corridor-action-hover-colour': colour,
    },
  });
}
