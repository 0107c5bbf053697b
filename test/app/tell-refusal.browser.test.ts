import { assert } from '@open-wc/testing';
import { parseEnvelope } from '../../plugins/host-wire.ts';
import { tellRefusal } from '../../src/app/launch/tell-refusal.ts';

const PROBLEM = {
  code: 'source.unavailable',
  message: 'The words are for the reader',
  nextStep: 'and stay here',
  supportId: 's-1',
};

/** What is posted to whoever is around a page whose browser says this of them. */
function posted(
  ancestorOrigins: { readonly [at: number]: string } | undefined,
): readonly (readonly [unknown, unknown])[] {
  const sent: (readonly [unknown, unknown])[] = [];
  const parent = { postMessage: (message: unknown, origin: unknown) => void sent.push([message, origin]) };
  const location = ancestorOrigins ? { ancestorOrigins } : {};
  tellRefusal(PROBLEM, { parent: parent as unknown as Window, location });
  return sent;
}

describe('a refusal in a frame', () => {
  it('is told to nobody whose origin the browser does not name', () => {
    for (const origins of [undefined, {}, { 0: 'null' }]) assert.deepEqual(posted(origins), []);
  });

  it('is told by its code and what to quote to the page around it, by its origin, without a word of it', () => {
    const [[message, origin] = [], ...more] = posted({ 0: 'https://epr.example', 1: 'https://other.example' });
    assert.equal(origin, 'https://epr.example');
    assert.deepEqual(more, []);
    const envelope = parseEnvelope(message);
    assert.equal(envelope?.type, 'error');
    assert.equal(envelope?.epoch, 0);
    assert.equal(envelope?.payload['code'], 'source.unavailable');
    assert.equal(envelope?.payload['correlationId'], 's-1');
    assert.notInclude(JSON.stringify(message), 'reader');
  });
});
