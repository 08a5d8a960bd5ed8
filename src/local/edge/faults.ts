/** Faults on request: calls that match a rule fail or wait, at a stated rate, until the rule is removed. */
import { Random } from '../../core/random.ts';
import { compileGlob, tokenize } from '../../iam/glob.ts';

export interface FaultRule {
  readonly id: string;
  /** Service id, e.g. `sqs`; `*` for any. */
  readonly service: string;
  /** Operation name; `*` for any. */
  readonly operation: string;
  /** An ARN, or a name: what stands last in one. `*` is any run of characters. */
  readonly resource: string;
  /** Share of matching calls that are hit, 0 to 1. */
  readonly rate: number;
  /** The same seed hits the same ones of a row of matching calls. */
  readonly seed: number;
  readonly delayMs?: number;
  readonly error?: { readonly code: string; readonly message: string; readonly status: number };
}

/** A rule with what it did so far. */
export interface FaultCount extends FaultRule {
  /** Calls that the rule's service, operation and resource fitted. */
  readonly matched: number;
  /** Those of them that waited or failed. */
  readonly hit: number;
}

export interface FaultRules {
  readonly list: readonly FaultCount[];
  /** In the place of a rule with its id, if there is one. */
  add(rule: FaultRule): void;
  remove(id: string): boolean;
  /**
   * The first rule that hits this call, if one does.
   *
   * @param checks what the call was authorised for
   */
  pick(
    service: string,
    operation: string,
    checks: readonly { readonly resource: string }[],
  ): FaultRule | undefined;
}

interface Active {
  readonly rule: FaultRule;
  readonly fits: (arn: string) => boolean;
  readonly random: Random;
  matched: number;
  hit: number;
}

export function createFaults(): FaultRules {
  let active: readonly Active[] = [];
  return {
    get list() {
      return active.map(({ rule, matched, hit }) => ({ ...rule, matched, hit }));
    },
    add(rule) {
      const added: Active = {
        rule,
        fits: resourceMatcher(rule.resource),
        random: new Random(rule.seed, 'fault'),
        matched: 0,
        hit: 0,
      };
      active = [...active.filter((one) => one.rule.id !== rule.id), added];
    },
    remove(id) {
      const before = active.length;
      active = active.filter(({ rule }) => rule.id !== id);
      return active.length < before;
    },
    pick(service, operation, checks) {
      if (active.length === 0) return undefined;
      for (const one of active) {
        const { rule, fits } = one;
        if (rule.service !== '*' && rule.service !== service) continue;
        if (rule.operation !== '*' && rule.operation !== operation) continue;
        if (rule.resource !== '*' && !checks.some((check) => fits(check.resource))) continue;
        one.matched++;
        if (one.random.next() >= rule.rate) continue;
        one.hit++;
        return rule;
      }
      return undefined;
    },
  };
}

function resourceMatcher(pattern: string): (arn: string) => boolean {
  const glob = (text: string) => compileGlob(tokenize(text, 'text'));
  if (pattern === '*' || pattern.startsWith('arn:')) return glob(pattern);
  const [afterColon, afterSlash] = [glob(`*:${pattern}`), glob(`*/${pattern}`)];
  return (arn) => afterColon(arn) || afterSlash(arn);
}
