import type { ChartItem, SourceSettings } from '../plugin.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const PLACES = /\{(patient|type|id)\}/g;

/**
 * An item's address in this EPR: the source's `chart` with the ids put in. They are the source's own ids and nothing else;
 * whoever follows it meets the EPR's own sign-in. Only the path and the query may hold a place: no id decides the host.
 */
export function chartAddress(item: ChartItem, settings: SourceSettings): string | undefined {
  const { chart } = settings;
  if (typeof chart !== 'string') return undefined;
  const values: { readonly [place: string]: string } = { patient: item.patientId, type: item.type, id: item.id };
  if (!Object.values(values).every((value) => /^(?!\.+$)[A-Za-z0-9\-.]{1,64}$/.test(value))) return undefined;
  return chart.replace(PLACES, (_whole, place: string) => encodeURIComponent(values[place] ?? ''));
}

/** What is wrong with a source's `chart`, and what to do. */
export function chartProblem(chart: unknown): string | undefined {
  if (chart === undefined) return undefined;
  if (typeof chart !== 'string' || !URL.canParse(chart))
    return 'This is not an address. Write it whole, with {patient}, {type} and {id} where the ids go.';
  const url = new URL(chart);
  if (url.username !== '' || url.password !== '' || /[{}]|%7B/i.test(url.host)) return 'Name one host, and no user.';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname)))
    return 'Use https. Plain http is only for a server on this machine.';
  if (!chart.includes('{id}')) return 'Say where the item’s id goes: {id}.';
  return /[{}]/.test(chart.replace(PLACES, '')) ? 'Only {patient}, {type} and {id} have a place here.' : undefined;
}
