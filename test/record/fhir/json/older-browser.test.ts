import { afterEach, expect, it } from 'vitest';
import { parseFhirJson } from '../../../../src/record/fhir/json.ts';

const { parse } = JSON;

afterEach(() => {
  globalThis.JSON.parse = parse;
});

/** As before "JSON.parse source text access": the reviver is told the value, and not how it was written. */
function withoutSource(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
  return parse(text, reviver && ((key, value) => reviver(key, value))) as unknown;
}

it('reads a decimal as a number in a browser that does not tell how it was written, and does not fail', () => {
  globalThis.JSON.parse = withoutSource;
  expect(parseFhirJson('{"a":4.00,"b":{"c":1e3},"d":"1.00"}')).toEqual({ a: 4, b: { c: 1000 }, d: '1.00' });
});
