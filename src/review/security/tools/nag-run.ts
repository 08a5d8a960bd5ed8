/**
 * Runs cdk-nag's packs over templates, without the app: each template becomes a stack of its own by CfnInclude, and the
 * packs are walked over it. Loads the CDK, so it belongs into a worker. Refuses nothing: a resource that CfnInclude does
 * not take is included as it is, without its class, and named in `notChecked`.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Include from 'aws-cdk-lib/cloudformation-include';
import type * as Core from 'aws-cdk-lib/core';
import type * as Nag from 'cdk-nag';
import { reasonOf } from '../../../core/events.ts';
import type { PlainTemplate } from './plain-template.ts';
import { isNotFound, requireFirst } from './require-first.ts';

/** Our name of a pack → the class in cdk-nag. */
const nagPacks = {
  AwsSolutions: 'AwsSolutionsChecks',
  HIPAA: 'HIPAASecurityChecks',
  NIST: 'NIST80053R5Checks',
  PCI: 'PCIDSS321Checks',
  Serverless: 'ServerlessChecks',
} as const;
export type NagPackName = keyof typeof nagPacks;

export interface NagInput {
  /** Files or folders from which the packages are looked for, in this order. */
  readonly from: readonly string[];
  /** The first pack that has a rule names it. */
  readonly packs: readonly NagPackName[];
  readonly templates: readonly PlainTemplate[];
}

export interface NagPlace {
  readonly stack: string;
  readonly logicalId: string;
}

export interface NagRule {
  /** `AwsSolutions-S1` */
  readonly id: string;
  /** What the other packs call it. */
  readonly also: readonly string[];
  readonly level: 'error' | 'warning';
  /** What is wrong. */
  readonly info: string;
  /** Why it matters. */
  readonly explanation: string;
  readonly checked: number;
  /** `about`: what a granular rule found, such as `Action::s3:*`. */
  readonly hits: readonly (NagPlace & { readonly about?: string })[];
  /** The rule threw, as a rule: on a value that is not known before deployment. */
  readonly unclear: readonly (NagPlace & { readonly because: string })[];
}

export interface NagOutput {
  readonly version: string;
  readonly resources: number;
  readonly rules: readonly NagRule[];
  /** Without `logicalId`: the whole stack. */
  readonly notChecked: readonly {
    readonly stack: string;
    readonly logicalId?: string;
    readonly because: string;
  }[];
}

interface Cdk {
  readonly core: typeof Core;
  readonly include: typeof Include;
  readonly nag: typeof Nag;
}

export function runNagPacks(input: NagInput): NagOutput {
  const file = nagFile(input.from);
  // One copy of the CDK for both: cdk-nag asks `instanceof` of its own.
  const load = createRequire(file);
  const cdk = {
    nag: load(file),
    core: load('aws-cdk-lib/core'),
    include: load('aws-cdk-lib/cloudformation-include'),
  } as Cdk; // require() is untyped; these are the packages that the types above come from.
  const version = (load('cdk-nag/package.json') as { readonly version: string }).version;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-nag-'));
  try {
    return { version, ...checkAll(cdk, input, folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first cdk-nag that has the packs of version 3: an app may still have version 2. */
function nagFile(from: readonly string[]): string {
  let older: string | undefined;
  for (const place of from) {
    const file = optionally(() => requireFirst([place]).resolve('cdk-nag'));
    if (file === undefined) continue;
    const { version } = createRequire(file)('cdk-nag/package.json') as { readonly version: string };
    if (Number.parseInt(version, 10) >= 3) return file;
    older = version;
  }
  if (older === undefined) return requireFirst(from).resolve('cdk-nag');
  throw new Error(`cdk-nag is installed in version ${older}, expected 3: npm install --save-dev cdk-nag@3`);
}

function optionally<T>(resolve: () => T): T | undefined {
  try {
    return resolve();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function checkAll({ core, include, nag }: Cdk, input: NagInput, folder: string): Omit<NagOutput, 'version'> {
  const notChecked: NagOutput['notChecked'][number][] = [];
  const record = recorder(nag, core, (index) => input.templates[index]?.stack ?? '');
  let resources = 0;
  const packs = input.packs.map((name) => record.pack(name));
  for (const [index, template] of input.templates.entries()) {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, template.text);
    const tryWith = (without: readonly string[]) => {
      const app = new core.App({ analyticsReporting: false, autoSynth: false, treeMetadata: false });
      new include.CfnInclude(new core.Stack(app, `S${index}`), 'I', {
        templateFile: file,
        preserveLogicalIds: true,
        parameters: { ...template.parameters },
        allowCyclicalReferences: true,
        dehydratedResources: [...without],
      });
      return app;
    };
    const included = includeWhatCanBe(template, tryWith);
    for (const one of included.refused) notChecked.push({ stack: template.stack, ...one });
    if (included.app === undefined) continue;
    resources += template.logicalIds.length - included.refused.length;
    const { app } = included;
    for (const pack of packs) pack.validateScope(app);
  }
  return { resources, rules: record.rules(), notChecked };
}

interface Refusal {
  readonly logicalId?: string;
  readonly because: string;
}

/** Everything; else all but what is at fault, found by halves; else nothing. */
function includeWhatCanBe<App>(
  template: PlainTemplate,
  tryWith: (without: readonly string[]) => App,
): { readonly app?: App; readonly refused: readonly Refusal[] } {
  const attempt = (without: readonly string[]): App | string => {
    try {
      return tryWith(without);
    } catch (error) {
      return reasonOf(error);
    }
  };
  const whole = attempt([]);
  if (typeof whole !== 'string') return { app: whole, refused: [] };
  const all = template.logicalIds;
  const bare = attempt(all);
  if (typeof bare === 'string') return { refused: [{ because: bare }] };
  const faults = (ids: readonly string[]): Refusal[] => {
    const tried = new Set(ids);
    const result = attempt(all.filter((id) => !tried.has(id)));
    if (typeof result !== 'string') return [];
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return [{ logicalId: only, because: result }];
    const half = Math.ceil(ids.length / 2);
    return [...faults(ids.slice(0, half)), ...faults(ids.slice(half))];
  };
  const refused = faults(all);
  const app = attempt(refused.flatMap(({ logicalId }) => logicalId ?? []));
  return typeof app === 'string' ? { refused: [{ because: app }] } : { app, refused };
}

/** Packs that write down every verdict. cdk-nag itself keeps violations only, and mixes them with rules that threw. */
function recorder(nag: typeof Nag, core: typeof Core, stackName: (index: number) => string) {
  const rules = new Map<string, NagRule & Mutable>();
  const firstWith = new Map<string, string>();
  const onRule = (pack: string, applied: Nag.IApplyRule): void => {
    const id = `${pack}-${applied.ruleSuffixOverride ?? applied.rule.name}`;
    const check = applied.rule.name || id;
    const owner = firstWith.get(check) ?? id;
    firstWith.set(check, owner);
    if (!owner.startsWith(`${pack}-`)) {
      const first = rules.get(owner);
      if (first !== undefined && !first.also.includes(id)) first.also.push(id);
      return;
    }
    const row = rules.get(id) ?? {
      id,
      also: [],
      level: applied.level === nag.NagMessageLevel.ERROR ? 'error' : 'warning',
      info: applied.info,
      explanation: applied.explanation,
      checked: 0,
      hits: [],
      unclear: [],
    };
    rules.set(id, row);
    const stack = stackName(Number(core.Stack.of(applied.node).node.id.slice(1)));
    const place = { stack, logicalId: applied.node.node.id };
    let result: Nag.NagRuleResult;
    try {
      result = applied.rule(applied.node);
    } catch (error) {
      row.checked += 1;
      row.unclear.push({ ...place, because: reasonOf(error) });
      return;
    }
    if (result === nag.NagRuleCompliance.NOT_APPLICABLE) return;
    row.checked += 1;
    if (Array.isArray(result)) for (const about of new Set(result)) row.hits.push({ ...place, about });
    else if (result === nag.NagRuleCompliance.NON_COMPLIANT) row.hits.push(place);
  };
  return {
    rules: (): readonly NagRule[] => [...rules.values()],
    pack(name: NagPackName): Nag.NagPack {
      const pack = new nag[nagPacks[name]]();
      const value = (applied: Nag.IApplyRule): void => onRule(pack.readPackName, applied);
      Object.defineProperty(pack, 'applyRule', { value });
      return pack;
    },
  };
}

interface Mutable {
  checked: number;
  readonly also: string[];
  readonly hits: (NagPlace & { readonly about?: string })[];
  readonly unclear: (NagPlace & { readonly because: string })[];
}
