import { asString } from '../../../src/record/resource.ts';
import type { HostPatient } from '../../host-port.ts';
import { askVoucher } from './ask-voucher.ts';
import { whoIs } from '../who-is.ts';
import type { ModuleConfig } from './config-schema.ts';
import { chartAddress } from './dashboards.ts';
import type { Framework } from './framework.ts';
import type { ExtensionProps, Shown } from './lifecycle.ts';
import { recordFrame, type RecordFrame } from './record-frame.ts';
import { panel, type Panel } from './panel.ts';
import { watchChart } from './watch-chart.ts';
import { localeOf, wordsFor, type ModuleWords } from './words.ts';

/** For the voucher and for the chart's own Patient. */
const ANSWER_MS = 20_000;

/** Of every view of this page together: a number is of one patient, one launch and one frame, and comes once. */
let epochs = 0;

/** The dashboard: the shared record of the patient it was mounted for, and of nobody else for as much as a frame. */
export function recordView(props: ExtensionProps, framework: Framework, config: () => Promise<ModuleConfig>): Shown {
  const view = new RecordView(props.domElement, framework, config);
  view.begin(asString(props.patientUuid));
  return {
    // Most updates name nobody, which says nothing; one that names another is a change like any other.
    update: ({ patientUuid }) => {
      const named = asString(patientUuid);
      if (named !== undefined && named !== view.patientUuid) view.begin(named);
    },
    close: () => view.close(),
  };
}

class RecordView {
  patientUuid: string | undefined;
  readonly #panel: Panel;
  readonly #framework: Framework;
  readonly #config: () => Promise<ModuleConfig>;
  #epoch = 0;
  #asking = new AbortController();
  #frame: RecordFrame | undefined;
  #leave: () => void = () => undefined;
  #isElsewhere = false;

  constructor(place: HTMLElement, framework: Framework, config: () => Promise<ModuleConfig>) {
    this.#panel = panel(place);
    this.#framework = framework;
    this.#config = config;
  }

  begin(patientUuid: string | undefined): void {
    this.#leave();
    this.#blank();
    this.patientUuid = patientUuid;
    if (patientUuid === undefined) return this.#panel.say(this.#words.refused);
    this.#isElsewhere = true;
    this.#leave = watchChart(patientUuid, this.#framework, (what) => {
      // The shell may have thrown the place away without a word: then there is nobody to show anything to.
      if (!this.#panel.isThere()) this.close();
      else if (what === 'signed-out') this.#end(this.#words.signedOut);
      else if (what === 'elsewhere') this.#goAway();
      else if (this.#isElsewhere) this.#open(patientUuid);
    });
  }

  close(): void {
    this.#leave();
    this.#blank();
  }

  get #words(): ModuleWords {
    return wordsFor(document.documentElement.lang);
  }

  /** Off the screen in this task; whatever was asked for comes too late from here on. */
  #blank(): void {
    this.#epoch = ++epochs;
    this.#frame?.remove();
    this.#frame = undefined;
    this.#panel.clear();
    this.#asking.abort();
  }

  #goAway(): void {
    if (this.#isElsewhere) return;
    this.#isElsewhere = true;
    this.#blank();
    this.#panel.say(this.#words.left);
  }

  #end(line: string): void {
    this.close();
    this.#panel.say(line);
  }

  #open(patientUuid: string): void {
    this.#isElsewhere = false;
    this.#blank();
    this.#panel.say(this.#words.opening);
    this.#asking = new AbortController();
    const epoch = this.#epoch;
    void this.#launch(patientUuid, epoch, this.#asking.signal).catch(() => this.#fail(epoch, this.#words.refused));
  }

  async #launch(patientUuid: string, epoch: number, signal: AbortSignal): Promise<void> {
    const config = await this.#config();
    if (config.launcherUrl === '' || config.organisation === '')
      return this.#fail(epoch, this.#words.notSet, 'for good');
    const init = { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) };
    const [answer, resource] = await Promise.all([
      askVoucher(config.voucherUrl, patientUuid, init.signal),
      this.#framework.fetchCurrentPatient(patientUuid, init),
    ]);
    if (epoch !== this.#epoch) return;
    if ('refused' in answer)
      return this.#fail(epoch, this.#words[answer.refused], answer.refused === 'noRole' ? 'for good' : undefined);
    const address = new URL(`/plugins/openmrs-o3/launch/${config.organisation}`, config.launcherUrl);
    address.searchParams.set('launch', answer.launch);
    this.#show(address, epoch, whoIs(resource, patientUuid, config), config);
  }

  #show(address: URL, epoch: number, patient: HostPatient | undefined, { sections }: ModuleConfig): void {
    const go = (path: string): boolean => {
      const { patientUuid } = this;
      if (epoch !== this.#epoch || patientUuid === undefined) return false;
      this.#framework.navigate({ to: chartAddress(patientUuid, path) });
      return true;
    };
    this.#frame = recordFrame({
      address,
      epoch,
      patient,
      title: this.#words.record,
      locale: localeOf(document.documentElement.lang),
      shown: () => this.#panel.hush(),
      silent: () => this.#panel.say(this.#words.silent, this.#again(epoch)),
      openChart: (section) => Object.hasOwn(sections, section) && go(sections[section] ?? ''),
      close: () => void go('patient-summary'),
    });
    this.#panel.show(this.#frame.element);
  }

  /** What an administrator has to change is not tried again by pressing. */
  #fail(epoch: number, line: string, lasts?: 'for good'): void {
    if (epoch !== this.#epoch) return;
    this.#blank();
    this.#panel.say(line, lasts ? undefined : this.#again(this.#epoch));
  }

  #again(epoch: number): { readonly label: string; press(): void } {
    const press = (): void => {
      if (epoch === this.#epoch && this.patientUuid !== undefined) this.#open(this.patientUuid);
    };
    return { label: this.#words.again, press };
  }
}
