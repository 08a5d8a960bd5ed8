/**
 * What the transform AWS::LanguageExtensions does before anything else looks at a template: loops are written out, and
 * policies that a function chooses get their value.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */

import { lookup } from '../core/lookup.ts';
import { intrinsicOf, isArray, isObject, isScalar, isString, type Json, type JsonObject } from './json.ts';
import type { Pseudo, Scope, Template, TemplateProblem } from './model.ts';
import { parameterType } from './parameter-types.ts';
import { splitList } from './parameters.ts';
import { TemplateError } from './problems.ts';
import { resolve } from './resolve.ts';
import { createScope } from './scope.ts';
import { languageExtensions, readSections } from './sections.ts';
import { containsUnresolved, type Resolved } from './unresolved.ts';

export interface TransformInput {
  /** Values given for this deployment; the defaults stand where nothing is given. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly pseudo?: Pseudo;
  /** Loops over what is not known are left out instead of refused: the template is only looked at. */
  readonly leaveOutUnknown?: true;
}

const somewhere: Pseudo = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  stackName: 'stack',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/stack/0',
  notificationArns: [],
};

const isExtended = ({ Transform }: JsonObject): boolean =>
  (isArray(Transform) ? Transform : [Transform]).includes(languageExtensions);

/** The body as it is without the transform when it declares it; else the body itself. */
export function transformed(body: JsonObject, input: TransformInput): JsonObject {
  // AWS takes functions as policies without the transform, too, although it documents them as part of it.
  if (!isExtended(body))
    return isObject(body.Resources) && Object.values(body.Resources).some(hasChosenPolicy)
      ? { ...body, Resources: withPolicies(body.Resources, scopeOf(body, input)) }
      : body;
  const { Transform = null, Parameters = {}, Mappings = {} } = body;
  const head = { Transform, Parameters, Mappings };
  const before = scopeOf(head, input);
  const Conditions = writtenOut(body.Conditions ?? {}, '/Conditions', before, input);
  const scope = scopeOf({ ...head, Conditions }, input);
  const out: [string, Json][] = Object.entries(body).map(([name, section]) => {
    if (name === 'Conditions') return [name, Conditions];
    if (name !== 'Resources' && name !== 'Outputs') return [name, section];
    const written = writtenOut(section, `/${name}`, scope, input);
    return [name, name === 'Resources' && isObject(written) ? withPolicies(written, scope) : written];
  });
  return Object.fromEntries(out);
}

/** A body whose functions are replaced by their values, as far as these do not come from resources or secrets. */
export function processed(template: Template, input: TransformInput): JsonObject {
  const { Transform, Resources = {}, Outputs, ...rest } = template.body;
  const shown = Object.entries(template.Parameters).filter(([, { NoEcho }]) => !NoEcho);
  const scope = scopeOf(template.body, input, (name) => shown.some(([one]) => one === name));
  return {
    ...rest,
    Resources: withValues(Resources, '/Resources', scope),
    ...(Outputs === undefined ? {} : { Outputs: withValues(Outputs, '/Outputs', scope) }),
  };
}

function scopeOf(body: JsonObject, input: TransformInput, taken = (_: string) => true): Scope {
  const ignore = (_: TemplateProblem) => {};
  const { Resources, Outputs, ...head } = body;
  // Whatever is wrong is told when the whole template is read.
  const template = readSections(head, { tolerate: ignore });
  const parameters: [string, string | readonly string[]][] = [];
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const value = lookup(input.parameters ?? {}, name) ?? declared.Default;
    const type = parameterType(declared.Type);
    if (value === undefined || type?.ssm || !taken(name)) continue;
    parameters.push([name, type?.list ? splitList(value) : value]);
  }
  const options = { parameters: Object.fromEntries(parameters), pseudo: input.pseudo ?? somewhere };
  try {
    return createScope(template, options);
  } catch {
    // A condition that cannot be evaluated yet; what depends on one is then told as such.
    return createScope({ ...template, Conditions: {} }, options);
  }
}

const loop = 'Fn::ForEach::';

/**
 * What loops may write, in characters. A loop in a loop multiplies, and a template may not be larger than 1 MB when it
 * is written out. What an inner loop writes counts at each level around it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const maximumWritten = 1_000_000;

class Written {
  #characters = 0;

  add(characters: number, path: string): void {
    this.#characters += characters;
    if (this.#characters > maximumWritten)
      throw refused(path, 'Template may not exceed 1000000 bytes in size when its loops are written out');
  }
}

/** Every loop in a value as what it stands for. */
function writtenOut(
  value: Json,
  path: string,
  scope: Scope,
  input: TransformInput,
  written = new Written(),
): Json {
  if (isArray(value))
    return value.map((item, index) => writtenOut(item, `${path}/${index}`, scope, input, written));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json][] => {
      const at = `${path}/${key}`;
      if (!key.startsWith(loop)) return [[key, writtenOut(item, at, scope, input, written)]];
      const [identifier, collection, fragment] = isArray(item) ? item : [];
      if (!isString(identifier) || collection === undefined || !isObject(fragment))
        throw refused(at, `${key} takes an identifier, a collection and an object`);
      return elementsOf(collection, at, scope, input).flatMap((element) =>
        Object.entries(
          writtenOutObject(put(fragment, identifier, element, at, written), at, scope, input, written),
        ),
      );
    }),
  );
}

function writtenOutObject(
  value: Json,
  path: string,
  scope: Scope,
  input: TransformInput,
  written: Written,
): JsonObject {
  const out = writtenOut(value, path, scope, input, written);
  return isObject(out) ? out : {};
}

function elementsOf(collection: Json, path: string, scope: Scope, input: TransformInput): string[] {
  if (input.leaveOutUnknown && tried(collection, path, scope) === undefined) return [];
  const found = value(collection, path, scope);
  const list = isArray(found) ? found.flat() : [];
  if (!isArray(found) || !list.every(isScalar))
    throw refused(path, 'the collection of Fn::ForEach is a list of texts');
  return list.map(String);
}

/** The fragment for one element: `${Identifier}`, `&{Identifier}` without signs, and Ref of it. */
function put(fragment: Json, identifier: string, element: string, path: string, written: Written): Json {
  const filled = (value: string) => () => {
    written.add(value.length, path);
    return value;
  };
  const whole = filled(element);
  const plain = filled(element.replace(/[^A-Za-z0-9]/g, ''));
  const text = (at: string) => {
    written.add(at.length, path);
    return at.replaceAll(`\${${identifier}}`, whole).replaceAll(`&{${identifier}}`, plain);
  };
  const walk = (at: Json): Json => {
    // Its quotes, comma or brackets.
    written.add(3, path);
    if (isString(at)) return text(at);
    if (isArray(at)) return at.map(walk);
    if (!isObject(at)) return at;
    const call = intrinsicOf(at);
    if (call?.name === 'Ref' && call.argument === identifier) return element;
    return Object.fromEntries(Object.entries(at).map(([key, item]) => [text(key), walk(item)]));
  };
  return walk(fragment);
}

const policies = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

const hasChosenPolicy = (resource: Json): boolean =>
  isObject(resource) && policies.some((name) => isObject(resource[name]));

function withPolicies(resources: JsonObject, scope: Scope): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]): [string, Json] => {
      if (!isObject(resource) || !hasChosenPolicy(resource)) return [id, resource];
      const chosen = policies.flatMap((name): [string, Json][] => {
        const written = resource[name];
        return isObject(written) ? [[name, value(written, `/Resources/${id}/${name}`, scope)]] : [];
      });
      return [id, { ...resource, ...Object.fromEntries(chosen) }];
    }),
  );
}

/** The value of something that may not come from a resource. */
function value(written: Json, path: string, scope: Scope): Json {
  const found = resolve(written, scope, path);
  const [open] = containsUnresolved(found);
  if (open) throw refused(path, `it has no value before the stack is made: ${open.reason}`);
  return asJson(found);
}

function withValues(written: Json, path: string, scope: Scope): Json {
  if (isArray(written)) return written.map((item, index) => withValues(item, `${path}/${index}`, scope));
  if (!isObject(written)) return written;
  if (intrinsicOf(written) !== undefined) {
    const found = tried(written, path, scope);
    if (found !== undefined) return found;
  }
  return Object.fromEntries(
    Object.entries(written).map(([key, item]) => [key, withValues(item, `${path}/${key}`, scope)]),
  );
}

function tried(written: Json, path: string, scope: Scope): Json | undefined {
  try {
    const found = resolve(written, scope, path);
    return containsUnresolved(found).length > 0 ? undefined : asJson(found);
  } catch {
    return undefined;
  }
}

// Nothing unresolved is in it, so it is JSON.
const asJson = (found: Resolved): Json => found as Json;

const refused = (path: string, text: string): TemplateError =>
  new TemplateError(
    'template.invalid',
    `${path}: ${text}`,
    `Transform AWS::LanguageExtensions failed with: ${path}: ${text}`,
  );
