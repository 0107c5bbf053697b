import { describe, expect, it } from 'vitest';
import { DOCTOR } from './openmrs-site.ts';
import { chart, framesOf, GO, RECORD, sayings, seeRecord, shownIn } from './look.ts';
import { ANN, BOB, useOpenmrs } from './world.ts';

const world = useOpenmrs();

describe('who may open the shared record from OpenMRS O3', () => {
  it('nobody where it is not set up', async () => {
    world.isSetUp = false;
    const page = await world.open(chart(ANN));
    await expect.poll(() => sayings(page), { timeout: 30_000 }).toContain('not set up here');
    expect(framesOf(page, world)).toEqual([]);
    world.isSetUp = true;
    await page.context().close();
  });

  it('nobody whose roles in OpenMRS are not those of the voucher', async () => {
    world.site.signIn({ ...DOCTOR, roles: ['Anonymous'] });
    const page = await world.open(chart(ANN));
    await expect.poll(() => sayings(page), { timeout: 30_000 }).toContain('no access to the shared record');
    expect(framesOf(page, world)).toEqual([]);
    world.site.signIn(DOCTOR);
    await page.context().close();
  });

  it('nobody, for a chart without an NHS number; and once it has one, by “Try again”', async () => {
    world.site.instead.set('server p1', { resourceType: 'Patient', id: 'p1', birthDate: '1950-01-02' });
    const page = await world.open(chart(ANN));
    await expect.poll(() => sayings(page), { timeout: 30_000 }).toContain('no NHS number');
    expect(framesOf(page, world)).toEqual([]);
    world.site.instead.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await seeRecord(page, world, ANN);
    await page.context().close();
  });

  it('nobody, when the chart shows another person than the launcher’s record is of', async () => {
    const { nhsNumber } = BOB;
    world.site.instead.set('page p1', {
      resourceType: 'Patient',
      id: 'p1',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }],
      name: [{ family: 'Tester', given: ['Ann'] }],
      birthDate: '1950-01-02',
      gender: 'female',
    });
    const page = await world.open(chart(ANN));
    await expect.poll(() => shownIn(page, world), { timeout: 30_000 }).toContain('different patients');
    expect(await shownIn(page, world)).not.toContain(ANN.nhsNumber);
    world.site.instead.clear();
    await page.context().close();
  });
});

describe('the shared record in the chart of OpenMRS O3', () => {
  it('is a dashboard of the side menu, a tile of the summary and a tag of the banner, and opens for the chart’s patient', async () => {
    const page = await world.open(chart(ANN, 'patient-summary'));
    const menu = page.getByRole('navigation').getByRole('link', { name: 'Shared record' });
    await menu.waitFor();
    expect(framesOf(page, world)).toEqual([]);
    await page.getByText('What other organisations hold about this patient.').waitFor();
    await menu.click();
    await seeRecord(page, world, ANN);
    expect(new URL(page.url()).pathname).toContain(chart(ANN));
    await expect.poll(() => sayings(page)).toBe('');
    for (const name of ['Open the shared record', 'Shared record: what other organisations hold about this patient']) {
      await page.evaluate(GO(chart(ANN, 'patient-summary')));
      await page.getByText('What other organisations hold about this patient.').waitFor();
      // O3 may show the summary before it takes the dashboard that was left out of its page.
      await expect.poll(() => framesOf(page, world).length).toBe(0);
      const link = name.startsWith('Open') ? page.getByRole('link', { name }) : page.getByTitle(name);
      await link.click();
      await seeRecord(page, world, ANN);
    }
    await page.context().close();
  });

  it('has nothing in the parts of O3 that are ours that axe finds fault with', async () => {
    const page = await world.open(chart(ANN, 'patient-summary'));
    await page.getByText('What other organisations hold about this patient.').waitFor();
    await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
    const faults = (): Promise<readonly { readonly id: string; readonly html: readonly string[] }[]> =>
      page.evaluate(
        `axe.run({ include: [['[data-extension-id^=corridor]']] }, { iframes: false }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) })))`,
      );
    expect(await faults()).toEqual([]);
    await page.evaluate(GO(chart(ANN)));
    await seeRecord(page, world, ANN);
    expect(await faults()).toEqual([]);
    await page.context().close();
  });

  it('keeps nothing of the patient in O3’s page: not in storage, cookies, its title or its address', async () => {
    const page = await world.open(chart(ANN));
    await seeRecord(page, world, ANN);
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.title, location.href])',
    );
    expect(kept).not.toMatch(/9990000018|999 000 0018|1950-01-02|tester/i);
    const addresses = await page.evaluate<string>('performance.getEntries().map(({ name }) => name).join()');
    expect(addresses).not.toMatch(/9990000018|1950-01-02/);
    await page.context().close();
  });

  it('stays two records for two charts that are open at once, and one goes without the other', async () => {
    const [ann, bob] = [await world.open(chart(ANN)), await world.open(chart(BOB))];
    await seeRecord(ann, world, ANN);
    await seeRecord(bob, world, BOB);
    expect(await shownIn(ann, world)).not.toContain(BOB.nhsNumber);
    await ann.close();
    expect(await shownIn(bob, world)).toContain(BOB.nhsNumber);
    await bob.context().close();
  });
});

describe('a change of the patient in OpenMRS O3', () => {
  it('takes the record off the screen in the same task in which O3 changes its address', async () => {
    const page = await world.open(chart(ANN));
    await seeRecord(page, world, ANN);
    const [before, after] = await page.evaluate<[boolean, boolean]>(
      `(() => { const frame = ${RECORD}; const before = frame.isConnected; ${GO(chart(BOB))} return [before, frame.isConnected]; })()`,
    );
    expect([before, after]).toEqual([true, false]);
    await seeRecord(page, world, BOB);
    expect(await shownIn(page, world)).not.toContain(ANN.nhsNumber);
    await page.context().close();
  });

  it('does so within the task too where a browser does not tell of addresses', async () => {
    const page = await world.open(chart(ANN, 'patient-summary'));
    await page.addInitScript('delete window.navigation');
    await page.goto(`${world.origin}/openmrs/spa${chart(ANN)}`);
    await seeRecord(page, world, ANN);
    // What was put in line before the change comes as the next task after it.
    const isThere = await page.evaluate<boolean>(
      `new Promise((resolve) => { const frame = ${RECORD}; const next = new MessageChannel(); next.port1.onmessage = () => resolve(frame.isConnected); next.port2.postMessage(0); ${GO(chart(BOB))} })`,
    );
    expect(isThere).toBe(false);
    await page.context().close();
  });

  it('drops a launch that comes three seconds late for a patient who has gone: A, B, A', async () => {
    world.late.push(3_000, 100);
    const page = await world.open(chart(ANN));
    await expect.poll(() => sayings(page), { timeout: 30_000 }).toContain('Opening');
    await page.evaluate(GO(chart(BOB)));
    await seeRecord(page, world, BOB);
    const seen = new Set<string>();
    const until = Date.now() + 3_500;
    while (Date.now() < until) seen.add((await shownIn(page, world)).includes(ANN.nhsNumber) ? 'Ann' : 'not Ann');
    expect([...seen]).toEqual(['not Ann']);
    await page.evaluate(GO(chart(ANN)));
    await seeRecord(page, world, ANN);
    expect(await shownIn(page, world)).not.toContain(BOB.nhsNumber);
    await page.context().close();
  });

  it('ends the session of the record that was left', async () => {
    const page = await world.open(chart(ANN));
    await seeRecord(page, world, ANN);
    const ended = (): number => world.launcher.logged.filter((line) => line.includes('/api/session/end')).length;
    const before = ended();
    await page.evaluate(GO(chart(BOB)));
    await expect.poll(ended).toBeGreaterThan(before);
    await page.context().close();
  });

  it('is followed through forty changes in a row: on every frame the record belongs to the patient of the address', async () => {
    const page = await world.open(chart(ANN));
    await seeRecord(page, world, ANN);
    await page.evaluate(`
      window.samples = [];
      const look = () => { const frame = ${RECORD}; if (frame) samples.push([location.pathname, frame.src]); requestAnimationFrame(look); };
      look();`);
    const places = [ANN, BOB, BOB, ANN].flatMap((one) => [chart(one), chart(one, 'patient-summary')]);
    for (let step = 0; step < 40; step++) {
      await page.evaluate(GO(places[(step * 5 + 3) % places.length] ?? ''));
      await page.waitForTimeout([0, 30, 150, 600][step % 4] ?? 0);
    }
    await page.evaluate(GO(chart(BOB)));
    await seeRecord(page, world, BOB);
    const samples = await page.evaluate<[string, string][]>('window.samples');
    const wrong = samples.filter(([path, src]) => {
      const patient = world.launches.get(new URL(src).searchParams.get('launch') ?? '');
      return patient === undefined || !path.includes(`/patient/${patient}/`);
    });
    expect(wrong).toEqual([]);
    expect(new Set(samples.map(([, src]) => src)).size).toBeGreaterThan(5);
    await page.context().close();
  });

  it('goes off the screen when the user signs out, and when another signs in', async () => {
    for (const next of [undefined, { ...DOCTOR, uuid: 'user-2' }]) {
      const page = await world.open(chart(ANN));
      await seeRecord(page, world, ANN);
      world.site.signIn(next);
      await page.evaluate('void window._openmrs_esm_framework.refetchCurrentUser()');
      await expect.poll(() => page.evaluate(`Boolean(${RECORD})`)).toBe(false);
      await expect.poll(() => framesOf(page, world).length).toBe(0);
      world.site.signIn(DOCTOR);
      await page.context().close();
    }
  });
});
