/**
 * Libraries report what happens to a host as named events and never print; the command line, the console and
 * the tests are hosts.
 */

export interface SlipwayEvent {
  /** Dotted name, e.g. `stack.resource.created`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Host {
  notify(event: SlipwayEvent): void;
}

export const silentHost: Host = { notify() {} };
