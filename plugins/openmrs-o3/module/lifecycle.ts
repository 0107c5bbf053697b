/** What the shell hands to a mounted extension. An `update` often lacks the patient: that says nothing. */
export type ExtensionProps = {
  readonly domElement: HTMLElement;
  readonly patientUuid?: string;
  readonly patient?: unknown;
  /** For links of the side menu: the chart of the open patient. */
  readonly basePath?: string;
};

/** A single-spa parcel. */
export type Lifecycle = {
  bootstrap(): Promise<void>;
  mount(props: ExtensionProps): Promise<void>;
  update(props: Partial<ExtensionProps>): Promise<void>;
  unmount(): Promise<void>;
};

/** What is on the screen for one mounted extension. */
export type Shown = { update?(props: Partial<ExtensionProps>): void; close(): void };

export function lifecycle(show: (props: ExtensionProps) => Shown): Lifecycle {
  let shown: Shown | undefined;
  const close = (): void => {
    shown?.close();
    shown = undefined;
  };
  return {
    bootstrap: () => Promise.resolve(),
    mount: (props) => {
      close();
      shown = show(props);
      return Promise.resolve();
    },
    update: (props) => {
      shown?.update?.(props);
      return Promise.resolve();
    },
    unmount: () => {
      close();
      return Promise.resolve();
    },
  };
}
