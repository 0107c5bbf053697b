import { assert, aTimeout } from '@open-wc/testing';
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
    await aTimeout(600);
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
    await aTimeout(1_200);
    assert.deepEqual([asked, parts.state], [1, 'here']);
  });

  it('is here from the start where nobody has to bring it', () => {
    assert.equal(new LaterParts(undefined, () => undefined).state, 'here');
  });
});
