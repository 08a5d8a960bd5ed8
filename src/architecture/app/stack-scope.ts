/**
 * One stack made ready to resolve: parameters, conditions, and a scope in which references to resources have the names
 * they will have on AWS. What cannot be known is told to `report` and left unresolved.
 */
import { SlipwayError } from '../../core/errors.ts';
import {
  analyse,
  evaluateKnownConditions,
  type Json,
  type JsonObject,
  partitionOf,
  type Resolved,
  type ResourceNode,
  resolve,
  resolveParameters,
  type Scope,
  type Template,
  type TemplateGraph,
  type TemplateProblem,
  Unresolved,
} from '../../template/index.ts';
import { attributeOf, type Named, nameProperty, placeholder, refOf } from './names.ts';

export interface StackScope {
  readonly graph: TemplateGraph;
  readonly scope: Scope;
  /** Never throws: what is wrong comes back as `Unresolved`. */
  resolve(value: Json, path: string): Resolved;
  named(node: ResourceNode): Named;
}

interface StackScopeOptions {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly importValue: (name: string) => Json | undefined;
  readonly stackOutput: (stackName: string, outputName: string) => Json | undefined;
  /** `Outputs.Name` of a nested stack. */
  readonly nestedOutput: (logicalId: string, output: string) => Json | undefined;
  readonly report: (problem: TemplateProblem) => void;
}

export function openStack(template: Template, options: StackScopeOptions): StackScope {
  const { stackName, region, accountId, report } = options;
  const names = new Map<string, Named>();
  const partition = partitionOf(region);
  const pseudo = {
    accountId,
    region,
    ...partition,
    stackName,
    stackId: `arn:${partition.partition}:cloudformation:${region}:${accountId}:stack/${stackName}/*`,
    notificationArns: [],
  };
  const given = knownParameters(template, options.parameters, report);
  const conditions = evaluateKnownConditions(template, { parameters: given, pseudo });
  for (const { name, reason } of conditions.unknown)
    report({
      path: `/Conditions/${name}`,
      message: `the condition ${name} cannot be evaluated (${reason}), so what depends on it is taken as present`,
    });
  const graph = analyse(template, { conditions: conditions.known, tolerate: report });
  const named = (node: ResourceNode): Named => {
    const known = names.get(node.logicalId);
    if (known !== undefined) return known;
    const made = {
      type: node.type,
      id: `${stackName}/${node.logicalId}`,
      region,
      accountId,
      partition: partition.partition,
    };
    // Before the name is resolved: a name that refers to its own resource must not ask for itself for ever.
    names.set(node.logicalId, made);
    const property = nameProperty(node.type);
    const written = property === undefined ? undefined : node.properties[property];
    const chosen =
      written === undefined ? undefined : resolveSafely(written, scope, `/Resources/${node.logicalId}`);
    const result = typeof chosen === 'string' && chosen !== '' ? { ...made, chosenName: chosen } : made;
    names.set(node.logicalId, result);
    return result;
  };
  const scope: Scope = {
    template,
    parameters: given,
    conditions: conditions.known,
    pseudo,
    ref: (logicalId) => {
      const node = graph.resources.get(logicalId);
      return node === undefined ? undefined : refOf(named(node));
    },
    getAtt: (logicalId, attribute) => {
      const node = graph.resources.get(logicalId);
      if (node === undefined) return undefined;
      if (attribute.startsWith('Outputs.')) {
        const output = options.nestedOutput(logicalId, attribute.slice('Outputs.'.length));
        if (output !== undefined) return output;
      }
      return known(attributeOf(named(node), attribute));
    },
    importValue: options.importValue,
    stackOutput: (output) => options.stackOutput(output.stackName, output.outputName),
    // The text stays, so that a secret that is looked up can be told from one that is written down.
    dynamicReference: (reference) => reference.text,
    placeholder,
    // Three, as every region that Slipway prices has at least three.
    availabilityZones: (of) => ['a', 'b', 'c'].map((letter) => `${of}${letter}`),
  };
  return { graph, scope, named, resolve: (value, path) => resolveSafely(value, scope, path) };
}

/** Names and attributes are resolved text or lists of text, never `Unresolved`. */
const known = (value: Resolved): Json | undefined =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(String) : undefined;

function resolveSafely(value: Json, scope: Scope, path: string): Resolved {
  try {
    return resolve(value, scope, path);
  } catch (error) {
    if (error instanceof SlipwayError) return new Unresolved(error.message, value, path);
    throw error;
  }
}

/** Each parameter by itself: one that is missing or wrong does not hide the others. */
function knownParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  report: (problem: TemplateProblem) => void,
): Record<string, string | readonly string[]> {
  const values: Record<string, string | readonly string[]> = {};
  for (const [name, declaration] of Object.entries(template.Parameters)) {
    const one: Template = { ...template, Parameters: { [name]: declaration } };
    const value = given[name];
    try {
      const resolved = resolveParameters(one, value === undefined ? {} : { [name]: value });
      Object.assign(values, resolved.values);
      // CDK's own: the version of the bootstrap stack, which no resource uses.
      if (resolved.ssm.length > 0 && name !== 'BootstrapVersion')
        report({
          path: `/Parameters/${name}`,
          message: `the SSM parameter ${resolved.ssm[0]?.name} is looked up at deployment, so its value is not known here`,
        });
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      report({
        path: `/Parameters/${name}`,
        message: `${error.message}; give it with --parameters ${name}=…`,
      });
    }
  }
  return values;
}

/** The properties of a resource, each resolved by itself. */
export function resolveProperties(
  properties: JsonObject,
  stack: StackScope,
  path: string,
): Readonly<Record<string, Resolved>> {
  const entries: [string, Resolved][] = [];
  for (const [key, value] of Object.entries(properties)) {
    // Fn::If may leave nothing of a property; resolve() takes the whole object to drop it.
    const resolved = stack.resolve({ [key]: value }, path);
    if (resolved instanceof Unresolved) entries.push([key, resolved]);
    else if (typeof resolved === 'object' && resolved !== null && !Array.isArray(resolved)) {
      const found = Object.entries(resolved)[0];
      if (found !== undefined) entries.push([key, found[1]]);
    }
  }
  return Object.fromEntries(entries);
}
