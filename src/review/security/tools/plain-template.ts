/**
 * A stack as outside tools are given it: only what their rules look at, as JSON text. Outputs, rules, policies and
 * dependencies are left out because CfnInclude refuses many forms of them and no rule of cdk-nag asks for them; a
 * reference to a resource that is not there gets a placeholder, so that one dangling name does not hide the rest.
 */

import type { AppStack, Architecture, Resource } from '../../../architecture/index.ts';
import type { Json, JsonObject, ParameterDeclaration } from '../../../template/index.ts';

export interface PlainTemplate {
  readonly stack: string;
  /** JSON. */
  readonly text: string;
  readonly logicalIds: readonly string[];
  /** Defaults, so that a rule sees values in the place of references to parameters. */
  readonly parameters: Readonly<Record<string, Json>>;
}

export function plainTemplates(app: Architecture): PlainTemplate[] {
  return app.stacks.map((stack) =>
    plainTemplate(
      stack,
      app.resources.filter((resource) => resource.inStack === stack),
    ),
  );
}

function plainTemplate(stack: AppStack, resources: readonly Resource[]): PlainTemplate {
  const { Parameters, Mappings, Conditions } = stack.template;
  const body: Record<string, Json> = {};
  for (const { logicalId, type, node } of resources)
    body[logicalId] = { Type: type, Properties: node.properties };
  const known = new Set([...Object.keys(body), ...Object.keys(Parameters)]);
  for (const name of namesIn(Object.values(body)))
    if (!known.has(name)) body[name] = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
  const parameters: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(Parameters)) {
    const value = defaultOf(parameter);
    if (value !== undefined) parameters[name] = value;
  }
  const declared = Object.entries(Parameters).map(([name, { Type, Default }]): [string, JsonObject] => [
    name,
    Default === undefined ? { Type } : { Type, Default },
  ]);
  // A condition on a parameter that is not there would have the whole template refused.
  const missing = [...namesIn(Object.values(Conditions))].flatMap((name): [string, JsonObject][] =>
    Object.hasOwn(Parameters, name) ? [] : [[name, { Type: 'String' }]],
  );
  const text = JSON.stringify({
    Parameters: Object.fromEntries([...declared, ...missing]),
    Mappings,
    Conditions,
    Resources: body,
  });
  return { stack: stack.name, text, logicalIds: resources.map(({ logicalId }) => logicalId), parameters };
}

/** The default of a parameter that is looked up in SSM is a name, not a value. */
function defaultOf({ Type, Default }: ParameterDeclaration): Json | undefined {
  if (Default === undefined || Type.startsWith('AWS::SSM::')) return undefined;
  if (Type === 'Number') return Number(Default);
  if (Type === 'CommaDelimitedList' || Type.startsWith('List<'))
    return Default.split(',').map((item) => item.trim());
  return Default;
}

/** What `Ref`, `Fn::GetAtt` and `Fn::Sub` name, but for pseudo parameters. */
function namesIn(value: Json | undefined, found = new Set<string>(), local: ReadonlySet<string> = new Set()) {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found, local);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      const first = Array.isArray(inner) ? inner[0] : inner;
      if (key === 'Ref' && typeof inner === 'string') add(inner, found, local);
      else if (key === 'Fn::GetAtt' && typeof first === 'string')
        add(first.split('.')[0] ?? '', found, local);
      else if (key === 'Fn::Sub' && typeof first === 'string') {
        const given = Array.isArray(inner) ? inner[1] : undefined;
        const own = typeof given === 'object' && given !== null ? Object.keys(given) : [];
        for (const [, name = ''] of first.matchAll(/\$\{([^!}][^}]*)\}/g))
          add(name.trim().split('.')[0] ?? '', found, new Set(own));
        namesIn(given, found, local);
      } else namesIn(inner, found, local);
    }
  return found;
}

function add(name: string, found: Set<string>, local: ReadonlySet<string>): void {
  if (/^[A-Za-z0-9]+$/.test(name) && !local.has(name)) found.add(name);
}
