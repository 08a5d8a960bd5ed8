/**
 * What a deployment would do to a stack, without doing it: the content of a change set. Values that will only be
 * known once other resources are made count as changed, conditionally.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import {
  containsUnresolved,
  type Json,
  parseTemplate,
  type Resolved,
  type ResourceNode,
  type Template,
} from '../../../template/index.ts';
import { checkProperties } from '../../resource-types/properties.ts';
import type { Invoke } from '../../service.ts';
import { type Recreation, recreationOf } from './compare.ts';
import type { CloudFormationContext, KnownType } from './context.ts';
import { type DynamicValues, type Loaded, type References, resolveValue } from './deployment.ts';
import { referencesTo } from './desired.ts';
import { asInvalid } from './errors.ts';
import type { ResourceRecord, ResourceVersion, StackRecord } from './model.ts';
import { isTaggable } from './resource-tags.ts';
import { mapTexts, mask, sameValue } from './values.ts';

type Effect = 'none' | 'modify' | 'new';

interface Changes {
  readonly changes: readonly Change[];
  /** Neither resources nor outputs, tags or policies would change. */
  readonly none: boolean;
}

export async function computeChanges(
  context: CloudFormationContext,
  stack: StackRecord,
  loaded: Loaded,
  invoke: Invoke,
): Promise<Changes> {
  try {
    return await lookAtAll(context, stack, loaded, invoke);
  } catch (error) {
    throw asInvalid(error);
  }
}

async function lookAtAll(
  context: CloudFormationContext,
  stack: StackRecord,
  loaded: Loaded,
  invoke: Invoke,
): Promise<Changes> {
  const { records } = context;
  const existing = new Map(records.resources(stack.id).map((one) => [one.logicalId, one]));
  const effects = new Map<string, Effect>();
  const specs = new Map<string, KnownType | undefined>();
  const dynamic = { values: new Map<string, string>() as DynamicValues, invoke };
  const found = referencesTo((id) => existing.get(id));
  /** What a reference will answer, as far as that is known beforehand. */
  const references: References = {
    ref: (id) => (effects.get(id) === 'new' ? undefined : found.ref(id)),
    getAtt(id, name) {
      const effect = effects.get(id);
      if (effect === 'new') return undefined;
      // An update in place changes neither what identifies a resource nor its ARN.
      const fixed =
        effect !== 'modify' || name.endsWith('Arn') || specs.get(id)?.spec?.identifier?.includes(name);
      return fixed ? found.getAtt(id, name) : undefined;
    },
  };
  const changes: Change[] = [];
  for (const id of loaded.graph.order) {
    const node = loaded.graph.resources.get(id);
    if (!node) continue;
    const known = await context.types.find(node.type);
    specs.set(id, known);
    const record = existing.get(id);
    if (!record?.state || record.change === 'created') {
      const after = await lookAhead(context, loaded, node, known, references, dynamic);
      effects.set(id, 'new');
      changes.push(resource({ Action: 'Add', ...common(node, record), AfterContext: shown(after, loaded) }));
      continue;
    }
    const after = await lookAhead(context, loaded, node, known, references, dynamic);
    const change = compare(node, record, record.state, after, known, loaded);
    if (!change) continue;
    effects.set(id, change.Replacement === 'False' ? 'modify' : 'new');
    changes.push(resource(change));
  }
  for (const record of existing.values()) {
    if (loaded.graph.resources.has(record.logicalId) || !record.state) continue;
    changes.push(
      resource({
        Action: 'Remove',
        PolicyAction: policyAction(record.state.deletionPolicy),
        LogicalResourceId: record.logicalId,
        PhysicalResourceId: record.state.physicalId,
        ResourceType: record.type,
        Scope: [],
        Details: [],
        BeforeContext: shown(record.state.properties as Resolved, loaded),
      }),
    );
  }
  const before = stack.target ?? stack.current;
  const none =
    changes.length === 0 &&
    // What a failed deployment left is always worth another.
    stack.target === undefined &&
    sameValue(loaded.deployment.tags, before?.tags ?? {}) &&
    !(await outputsChanged(context, stack, loaded, references, dynamic)) &&
    !(
      before &&
      policiesWritten(
        parseTemplate(records.template(stack.id, before.templateHash), {
          parameters: before.parameters,
          pseudo: loaded.scope.pseudo,
        }),
        loaded.template,
      )
    );
  return { changes, none };
}

/** A policy that is written out, or no longer is, counts as a change on AWS although its effect is the default's. */
const policiesWritten = (before: Template, after: Template): boolean =>
  Object.entries(after.Resources).some(([id, { DeletionPolicy, UpdateReplacePolicy }]) => {
    const old = before.Resources[id];
    return old?.DeletionPolicy !== DeletionPolicy || old?.UpdateReplacePolicy !== UpdateReplacePolicy;
  });

const resource = (change: ResourceChange): Change => ({ Type: 'Resource', ResourceChange: change });

const common = (node: ResourceNode, record: ResourceRecord | undefined): ResourceChange => ({
  LogicalResourceId: node.logicalId,
  ...(record?.state ? { PhysicalResourceId: record.state.physicalId } : {}),
  ResourceType: node.type,
  Scope: [],
  Details: [],
});

const policyAction = (policy: string) =>
  policy === 'Retain' || policy === 'RetainExceptOnCreate'
    ? ('Retain' as const)
    : policy === 'Snapshot'
      ? ('Snapshot' as const)
      : ('Delete' as const);

async function lookAhead(
  context: CloudFormationContext,
  loaded: Loaded,
  node: ResourceNode,
  known: KnownType | undefined,
  references: References,
  dynamic: { readonly values: DynamicValues; readonly invoke: Invoke },
): Promise<Resolved> {
  const path = `/Resources/${node.logicalId}/Properties`;
  const resolved = await resolveValue(node.properties, path, loaded, references, dynamic, context.env);
  return known?.spec ? checkProperties(resolved, known.spec).value : resolved;
}

const unknown = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What is shown of properties: masked, and what is not known yet by AWS's name for that. */
function shown(properties: Resolved, loaded: Loaded): string {
  const open = (value: Resolved): unknown =>
    Array.isArray(value)
      ? value.map(open)
      : typeof value === 'object' && value !== null
        ? containsUnresolved(value)[0] === value
          ? unknown
          : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, open(item)]))
        : value;
  return JSON.stringify({ Properties: mask(open(properties), loaded.secrets) });
}

function compare(
  node: ResourceNode,
  record: ResourceRecord,
  state: ResourceVersion,
  after: Resolved,
  known: KnownType | undefined,
  loaded: Loaded,
): ResourceChange | undefined {
  const next = after as Readonly<Record<string, Resolved>>;
  const names = new Set([...Object.keys(state.properties), ...Object.keys(next)]);
  const details: ResourceChangeDetail[] = [];
  let replacement = 'False' as 'True' | 'False' | 'Conditional';
  for (const name of names) {
    const now = next[name];
    const open = now !== undefined && containsUnresolved(now).length > 0;
    if (!open && sameValue(state.properties[name], now)) continue;
    const recreation = open
      ? recreationOf(name, undefined, undefined, known?.spec, known?.custom ?? false)
      : recreationOf(name, state.properties[name], now, known?.spec, known?.custom ?? false);
    if (recreation === 'Always') replacement = open && replacement !== 'True' ? 'Conditional' : 'True';
    else if (recreation === 'Conditionally' && replacement === 'False') replacement = 'Conditional';
    details.push(detail(node, state, name, now, recreation, open, loaded));
  }
  const scope = new Set<'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy'>();
  const tagged = known && isTaggable(known) ? (known.spec?.tags ?? 'Tags') : undefined;
  for (const { Target } of details)
    scope.add(Target?.Name !== undefined && Target.Name === tagged ? 'Tags' : 'Properties');
  if (tagged !== undefined && known?.handler.update && !sameValue(state.stackTags, loaded.deployment.tags)) {
    scope.add('Tags');
    if (!details.some((one) => one.Target?.Attribute === 'Tags'))
      details.push({
        Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      });
  }
  const attributes = {
    Metadata: [state.metadata, node.metadata],
    DeletionPolicy: [state.deletionPolicy, node.deletionPolicy],
    UpdateReplacePolicy: [state.updateReplacePolicy, node.updateReplacePolicy],
  } as const;
  for (const attribute of ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    const [before, now] = attributes[attribute];
    if (sameValue(before, now)) continue;
    scope.add(attribute);
    details.push({
      Target: { Attribute: attribute, RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  }
  if (details.length === 0 && !record.status.endsWith('_FAILED')) return undefined;
  const changed = scope.has('Properties') || scope.has('Tags');
  if (replacement === 'False' && changed && !known?.handler.update) replacement = 'True';
  return {
    ...common(node, record),
    Action: 'Modify',
    Replacement: replacement,
    ...(replacement === 'True'
      ? {
          PolicyAction: (
            {
              Delete: 'ReplaceAndDelete',
              Retain: 'ReplaceAndRetain',
              Snapshot: 'ReplaceAndSnapshot',
            } as const
          )[policyAction(node.updateReplacePolicy)],
        }
      : {}),
    Scope: [...scope],
    Details: details,
    BeforeContext: shown(state.properties as Resolved, loaded),
    AfterContext: shown(after, loaded),
  };
}

function detail(
  node: ResourceNode,
  state: ResourceVersion,
  name: string,
  after: Resolved | undefined,
  recreation: Recreation,
  open: boolean,
  loaded: Loaded,
): ResourceChangeDetail {
  const text = (value: unknown) =>
    value === undefined
      ? undefined
      : mapTexts(
          mask(typeof value === 'string' ? value : JSON.stringify(value), loaded.secrets),
          (one) => one,
        );
  const before = text(state.properties[name]);
  const now = open ? unknown : text(after);
  return {
    Target: {
      Attribute: 'Properties',
      Name: name,
      RequiresRecreation: recreation,
      Path: `/Properties/${name}`,
      ...(before === undefined ? {} : { BeforeValue: before }),
      ...(now === undefined ? {} : { AfterValue: now }),
      AttributeChangeType: before === undefined ? 'Add' : now === undefined ? 'Remove' : 'Modify',
    },
    Evaluation: open ? 'Dynamic' : 'Static',
    ...causeOf(node, name, loaded),
  };
}

/** Where the change comes from, as far as the property's text says. */
function causeOf(
  node: ResourceNode,
  name: string,
  loaded: Loaded,
): Pick<ResourceChangeDetail, 'ChangeSource' | 'CausingEntity'> {
  const raw: Json | undefined = node.properties[name];
  const ref = typeof raw === 'object' && raw !== null && 'Ref' in raw ? raw.Ref : undefined;
  if (typeof ref === 'string' && loaded.template.Parameters[ref])
    return { ChangeSource: 'ParameterReference', CausingEntity: ref };
  const used = node.references.find((one) =>
    one.path.startsWith(`/Resources/${node.logicalId}/Properties/${name}`),
  );
  if (!used || used.kind === 'dependsOn') return { ChangeSource: 'DirectModification' };
  return used.attribute === undefined
    ? { ChangeSource: 'ResourceReference', CausingEntity: used.to }
    : { ChangeSource: 'ResourceAttribute', CausingEntity: `${used.to}.${used.attribute}` };
}

async function outputsChanged(
  context: CloudFormationContext,
  stack: StackRecord,
  loaded: Loaded,
  references: References,
  dynamic: { readonly values: DynamicValues; readonly invoke: Invoke },
): Promise<boolean> {
  const wanted: { key: string; value: unknown; description?: string; exportName?: unknown }[] = [];
  for (const [key, output] of Object.entries(loaded.template.Outputs)) {
    if (output.Condition !== undefined && !loaded.scope.conditions[output.Condition]) continue;
    const read = (value: Json, part: string) =>
      resolveValue(value, `/Outputs/${key}/${part}`, loaded, references, dynamic, context.env);
    const value = await read(output.Value, 'Value');
    wanted.push({
      key,
      value: typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
      ...(output.Description ? { description: output.Description } : {}),
      ...(output.ExportName === undefined
        ? {}
        : { exportName: await read(output.ExportName, 'Export/Name') }),
    });
  }
  return !sameValue(wanted, stack.outputs);
}
