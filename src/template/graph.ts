/**
 * Template → graph of resources, after checking every reference in it. Refuses unknown names and cycles, listing all
 * that is wrong at once.
 */
import { lookup } from '../core/lookup.ts';
import { checkTemplate, isActive, resourceUsages } from './check.ts';
import type {
  DeletionPolicy,
  Reference,
  ResourceDeclaration,
  ResourceNode,
  Template,
  TemplateGraph,
  TemplateProblem,
} from './model.ts';
import { order } from './order.ts';
import { locate, type RawProblem, reportProblems } from './problems.ts';

export interface AnalyseOptions {
  /**
   * The conditions as evaluated. When given, resources whose condition is false are left out, only the chosen
   * branches of Fn::If count, and a reference to a resource left out is a problem, as at deployment. When absent,
   * every branch counts.
   */
  readonly conditions?: Readonly<Record<string, boolean>>;
  /** Takes each problem instead of an error; resources in a circle are then missing from `order`. */
  readonly tolerate?: (problem: TemplateProblem) => void;
}

/** Throws `template.invalid` with every problem found. */
export function analyse(template: Template, options: AnalyseOptions = {}): TemplateGraph {
  const resources = buildNodes(template, options);
  const sorted = order(resources);
  reportProblems(
    [...checkTemplate(template, options), ...cycleProblems(resources, sorted.cycles)],
    template,
    options.tolerate,
  );
  const dependents = new Map<string, Set<string>>();
  for (const node of resources.values()) {
    for (const to of node.dependsOn) {
      const known = dependents.get(to) ?? new Set();
      dependents.set(to, known.add(node.logicalId));
    }
  }
  return {
    template,
    resources,
    order: sorted.order,
    dependents: (logicalId) => dependents.get(logicalId) ?? new Set(),
    dependencies: (logicalId) => resources.get(logicalId)?.dependsOn ?? new Set(),
  };
}

/** Everything `analyse` would refuse, as data. Empty: the template is sound. */
export function findProblems(template: Template, options: AnalyseOptions = {}): TemplateProblem[] {
  const resources = buildNodes(template, options);
  const problems = [
    ...checkTemplate(template, options),
    ...cycleProblems(resources, order(resources).cycles),
  ];
  return problems.map((problem) => locate(problem, template.constructPaths));
}

function buildNodes(template: Template, options: AnalyseOptions): Map<string, ResourceNode> {
  const nodes = new Map<string, ResourceNode>();
  for (const [logicalId, declared] of Object.entries(template.Resources)) {
    if (!isActive(declared.Condition, options.conditions)) continue;
    const references = readReferences(logicalId, declared, template, options);
    nodes.set(logicalId, {
      logicalId,
      type: declared.Type,
      properties: declared.Properties ?? {},
      dependsOn: new Set(references.map((reference) => reference.to)),
      references,
      condition: declared.Condition,
      deletionPolicy: declared.DeletionPolicy ?? defaultDeletionPolicy(declared),
      updateReplacePolicy: declared.UpdateReplacePolicy ?? 'Delete',
      creationPolicy: declared.CreationPolicy,
      updatePolicy: declared.UpdatePolicy,
      metadata: declared.Metadata,
      constructPath: lookup(template.constructPaths, logicalId),
    });
  }
  return nodes;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function defaultDeletionPolicy(declared: ResourceDeclaration): DeletionPolicy {
  if (declared.Type === 'AWS::RDS::DBCluster') return 'Snapshot';
  const standalone = declared.Properties?.DBClusterIdentifier === undefined;
  return declared.Type === 'AWS::RDS::DBInstance' && standalone ? 'Snapshot' : 'Delete';
}

/** References to resources that are there; the others are problems, or (DependsOn) have no effect. */
function readReferences(
  logicalId: string,
  declared: ResourceDeclaration,
  template: Template,
  options: AnalyseOptions,
): Reference[] {
  const isThere = (name: string): boolean => {
    const target = lookup(template.Resources, name);
    return target !== undefined && isActive(target.Condition, options.conditions);
  };
  const references: Reference[] = [];
  for (const [index, to] of declared.DependsOn.entries()) {
    if (isThere(to))
      references.push({ to, kind: 'dependsOn', path: `/Resources/${logicalId}/DependsOn/${index}` });
  }
  for (const usage of resourceUsages(logicalId, declared, template, options).usages) {
    if ((usage.kind !== 'ref' && usage.kind !== 'getAtt') || !isThere(usage.name)) continue;
    if (usage.kind === 'ref' && lookup(template.Parameters, usage.name) !== undefined) continue;
    references.push({
      to: usage.name,
      kind: usage.inSub ? 'sub' : usage.kind,
      attribute: usage.attribute,
      path: usage.path,
    });
  }
  return references;
}

function cycleProblems(
  resources: ReadonlyMap<string, ResourceNode>,
  cycles: readonly (readonly string[])[],
): RawProblem[] {
  return cycles.map((cycle) => {
    const circle = [...cycle, ...cycle.slice(0, 1)];
    const steps = cycle.map((from, index) => {
      const to = circle[index + 1];
      const why = resources.get(from)?.references.find((reference) => reference.to === to);
      return `${from} needs ${to} (${why?.path})`;
    });
    return {
      path: `/Resources/${cycle[0]}`,
      message: `Circular dependency between resources: [${cycle.join(', ')}]: ${circle.join(' → ')}; ${steps.join(', ')}`,
    };
  });
}
