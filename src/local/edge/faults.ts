/** Faults on request: named calls fail or wait, at a stated rate, until told otherwise. */

export interface FaultRule {
  readonly id: string;
  /** Service id, e.g. `sqs`; `*` for any. */
  readonly service: string;
  /** Operation name; `*` for any. */
  readonly operation: string;
  /** Share of matching calls that are hit, 0 to 1. */
  readonly rate: number;
  readonly delayMs?: number;
  readonly error?: { readonly code: string; readonly message: string; readonly status: number };
}

export interface FaultRules {
  readonly list: readonly FaultRule[];
  add(rule: FaultRule): void;
  remove(id: string): boolean;
  /** The rule that hits this call, if one does. */
  pick(service: string, operation: string): FaultRule | undefined;
}

export function createFaults(random: () => number): FaultRules {
  let rules: readonly FaultRule[] = [];
  return {
    get list() {
      return rules;
    },
    add(rule) {
      rules = [...rules.filter((r) => r.id !== rule.id), rule];
    },
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    pick(service, operation) {
      if (rules.length === 0) return undefined;
      return rules.find(
        (rule) =>
          (rule.service === '*' || rule.service === service) &&
          (rule.operation === '*' || rule.operation === operation) &&
          random() < rule.rate,
      );
    },
  };
}
