import { assert } from '@open-wc/testing';
import { until } from '../support/browser/until.ts';
import { LaterParts } from '../../src/app/later-parts.ts';

describe('what a first sight can do without', () => {
  it('says that it will not come only after it was asked for again', async () => {
    let asked = 0;
    let changed = 0;
    const parts = new LaterParts(
      () => Promise.reject(new Error(`no network, try ${++asked}`)),
      () => changed++,
    );
    parts.want();
    parts.want();
    await until(() => asked === 2, 'asked for again');
    assert.deepEqual([asked, parts.state, changed], [2, 'waiting', 0]);
  });

  it('is fetched once, after the first sight has been painted', async () => {
    let asked = 0;
    const parts = new LaterParts(
      () => Promise.resolve(++asked),
      () => undefined,
    );
    parts.wantAfterPaint();
    assert.equal(asked, 0);
    await until(() => parts.state === 'here', 'here');
    assert.equal(asked, 1);
  });

  it('is here from the start where nobody has to bring it', () => {
    assert.equal(new LaterParts(undefined, () => undefined).state, 'here');
  });
});
