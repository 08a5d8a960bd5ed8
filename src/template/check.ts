/**
 * Checks every name that a template uses: resources, parameters, conditions, maps.
 */
import { lookup } from '../core/lookup.ts';
import { isPseudoParameter } from './intrinsics/ref.ts';
import type { Json } from './json.ts';
import type { ResourceDeclaration, Template } from './model.ts';
import { order } from './order.ts';
import type { RawProblem } from './problems.ts';
import { type Scan, type ScanOptions, scan, type Usage } from './usages.ts';

type Conditions = Readonly<Record<string, boolean>> | undefined;

interface CheckOptions {
  readonly conditions?: Readonly<Record<string, boolean>>;
}

/** Whether something under a condition is there, as far as conditions are known. */
export function isActive(condition: string | undefined, conditions: Conditions): boolean {
  return condition === undefined || conditions === undefined || lookup(conditions, condition) !== false;
}

/** What the attributes of one resource use. */
export function resourceUsages(
  logicalId: string,
  declared: ResourceDeclaration,
  template: Template,
  options: CheckOptions,
): Scan {
  const scanOptions: ScanOptions = { template, place: 'resources', conditions: options.conditions };
  const { Properties, Metadata, CreationPolicy, UpdatePolicy } = declared;
  const scans = Object.entries({ Properties, Metadata, CreationPolicy, UpdatePolicy }).flatMap(
    ([name, part]) =>
      part === undefined ? [] : [scan(part, `/Resources/${logicalId}/${name}`, scanOptions)],
  );
  return {
    usages: scans.flatMap((one) => one.usages),
    problems: scans.flatMap((one) => one.problems),
  };
}

export function checkTemplate(template: Template, options: CheckOptions): RawProblem[] {
  const problems: RawProblem[] = [];
  if (Object.keys(template.Resources).length === 0) {
    problems.push({
      path: '/Resources',
      message: 'Template format error: At least one Resources member must be defined.',
    });
  }
  problems.push(...checkConditions(template), ...checkRules(template));
  for (const [logicalId, declared] of Object.entries(template.Resources)) {
    problems.push(...checkResource(logicalId, declared, template, options));
  }
  problems.push(...checkOutputs(template, options));
  return problems;
}

function checkResource(
  logicalId: string,
  declared: ResourceDeclaration,
  template: Template,
  options: CheckOptions,
): RawProblem[] {
  const path = `/Resources/${logicalId}`;
  const problems: RawProblem[] = [];
  if (lookup(template.Parameters, logicalId) !== undefined) {
    problems.push({
      path,
      message: `Template format error: ${logicalId} names both a parameter and a resource`,
    });
  }
  problems.push(...unknownCondition(declared.Condition, `${path}/Condition`, template));
  if (!isActive(declared.Condition, options.conditions)) return problems;
  for (const [index, to] of declared.DependsOn.entries()) {
    if (lookup(template.Resources, to) !== undefined) continue;
    problems.push({ path: `${path}/DependsOn/${index}`, message: unresolved(to, 'Resources', 'resource ') });
  }
  const found = resourceUsages(logicalId, declared, template, options);
  problems.push(...found.problems);
  for (const usage of found.usages) problems.push(...checkUsage(usage, 'Resources', template, options));
  return problems;
}

function checkOutputs(template: Template, options: CheckOptions): RawProblem[] {
  const problems: RawProblem[] = [];
  for (const [name, output] of Object.entries(template.Outputs)) {
    const path = `/Outputs/${name}`;
    problems.push(...unknownCondition(output.Condition, `${path}/Condition`, template));
    if (!isActive(output.Condition, options.conditions)) continue;
    const parts: [string, Json][] = [[`${path}/Value`, output.Value]];
    if (output.ExportName !== undefined) parts.push([`${path}/Export/Name`, output.ExportName]);
    for (const [at, value] of parts) {
      const found = scan(value, at, { template, place: 'outputs', conditions: options.conditions });
      problems.push(...found.problems);
      const inName = at.endsWith('/Export/Name');
      for (const usage of found.usages) {
        // Neither an export's name nor an import's may depend on a resource.
        problems.push(
          ...checkUsage({ ...usage, inImport: inName || usage.inImport }, 'Outputs', template, options),
        );
      }
    }
  }
  return problems;
}

function checkConditions(template: Template): RawProblem[] {
  const problems: RawProblem[] = [];
  const uses = new Map<string, { dependsOn: Set<string> }>();
  for (const [name, value] of Object.entries(template.Conditions)) {
    const found = scan(value, `/Conditions/${name}`, { template, place: 'conditions' });
    problems.push(...found.problems);
    for (const usage of found.usages) problems.push(...checkUsage(usage, 'Conditions', template, {}));
    const others = found.usages.filter((usage) => usage.kind === 'condition').map((usage) => usage.name);
    uses.set(name, { dependsOn: new Set(others) });
  }
  for (const cycle of order(uses).cycles) {
    const circle = [...cycle, ...cycle.slice(0, 1)].join(' → ');
    problems.push({
      path: `/Conditions/${cycle[0]}`,
      message: `Circular dependency between conditions: ${circle}`,
    });
  }
  return problems;
}

function checkRules(template: Template): RawProblem[] {
  return Object.entries(template.Rules).flatMap(([name, rule]) => {
    const values: Json[] = rule.Assertions.map((assertion) => assertion.Assert);
    const parts = values.map((value, index) => [value, `/Rules/${name}/Assertions/${index}/Assert`] as const);
    const condition = rule.RuleCondition;
    const all =
      condition === undefined ? parts : [[condition, `/Rules/${name}/RuleCondition`] as const, ...parts];
    return all.flatMap(([value, path]) => {
      const found = scan(value, path, { template, place: 'rules' });
      return [
        ...found.problems,
        ...found.usages.flatMap((usage) => checkUsage(usage, 'Rules', template, {})),
      ];
    });
  });
}

type Block = 'Conditions' | 'Rules' | 'Resources' | 'Outputs';

function checkUsage(usage: Usage, block: Block, template: Template, options: CheckOptions): RawProblem[] {
  switch (usage.kind) {
    case 'ref':
      if (isPseudoParameter(usage.name) || lookup(template.Parameters, usage.name) !== undefined) return [];
      return checkTarget(usage, block, template, options);
    case 'getAtt':
      return checkTarget(usage, block, template, options);
    case 'condition':
      return unknownCondition(
        usage.name,
        usage.path,
        template,
        usage.path.endsWith('/Fn::If') ? ' in Fn::If' : '',
      );
    case 'mapKey':
      return checkMapKey(usage, template);
    case 'import':
      return [];
  }
}

function checkTarget(usage: Usage, block: Block, template: Template, options: CheckOptions): RawProblem[] {
  const { name, path } = usage;
  const target = lookup(template.Resources, name);
  if (target === undefined) {
    return [
      {
        path,
        message:
          usage.kind === 'getAtt' && !usage.inSub
            ? `Template error: instance of Fn::GetAtt references undefined resource ${name}`
            : unresolved(name, block, 'resource '),
      },
    ];
  }
  if (block === 'Conditions' || block === 'Rules') {
    const message = `${unresolved(name, block, '')}. Cannot reference resources in the ${block} block of the template`;
    return [{ path, message }];
  }
  if (usage.inImport) {
    return [
      {
        path,
        message: `Template error: the name of an export or import cannot depend on a resource, here ${name}`,
      },
    ];
  }
  if (!isActive(target.Condition, options.conditions)) {
    const why = `${name} is not created, because its condition ${target.Condition} is false`;
    return [{ path, message: unresolved(name, block, 'resource '), detail: why }];
  }
  return [];
}

function checkMapKey(usage: Usage, template: Template): RawProblem[] {
  const map = lookup(template.Mappings, usage.name);
  if (map === undefined) {
    return usage.hasDefault
      ? []
      : [
          {
            path: usage.path,
            message: `Template error: Mapping named '${usage.name}' is not present in the 'Mappings' section of template.`,
          },
        ];
  }
  const [top, second] = usage.keys ?? [];
  if (usage.hasDefault || top === undefined) return [];
  const row = lookup(map, top);
  if (row !== undefined && (second === undefined || lookup(row, second) !== undefined)) return [];
  return [
    {
      path: usage.path,
      message: `Template error: Unable to get mapping for ${[usage.name, top, second].filter(Boolean).join('::')}`,
    },
  ];
}

function unknownCondition(
  name: string | undefined,
  path: string,
  template: Template,
  where = '',
): RawProblem[] {
  if (name === undefined || lookup(template.Conditions, name) !== undefined) return [];
  return [{ path, message: `Template error: unresolved condition dependency ${name}${where}` }];
}

function unresolved(name: string, block: Block, what: 'resource ' | ''): string {
  const head = block === 'Outputs' ? '' : 'Template format error: ';
  return `${head}Unresolved ${what}dependencies [${name}] in the ${block} block of the template`;
}
