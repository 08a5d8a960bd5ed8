/**
 * Which compute may call which API on which resource, read from the roles' policies in the template. A stand-in for
 * "who uses whom" where nobody has measured it; managed policies and NotAction are not read, as they name no resource.
 */
import {
  type Architecture,
  isMap,
  type Resource,
  textAt,
  textsIn,
  valueAt,
} from '../../../architecture/index.ts';

interface Grant {
  readonly role: Resource;
  readonly actions: readonly RegExp[];
  readonly target: Resource;
}

export interface Access {
  /** Functions, services, state machines and instance groups whose role may call one of the actions on the target. */
  callers(target: Resource, actions: readonly string[]): readonly Resource[];
}

/** Where each kind of compute names the role it works with. */
const computeTypes = [
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
  'AWS::ECS::Service',
  'AWS::StepFunctions::StateMachine',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
] as const;

const globs = new Map<string, RegExp>();
function glob(pattern: string): RegExp {
  let found = globs.get(pattern);
  if (found === undefined) {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    found = new RegExp(`^${escaped}$`, 'i');
    globs.set(pattern, found);
  }
  return found;
}

export function readAccess(app: Architecture): Access {
  const byTarget = new Map<Resource, Grant[]>();
  const read = (document: Parameters<typeof valueAt>[0], roles: readonly Resource[]) => {
    const statements = valueAt(document, 'Statement');
    for (const statement of Array.isArray(statements) ? statements : [statements]) {
      if (!isMap(statement) || statement.Effect !== 'Allow') continue;
      const actions = [...textsIn(statement.Action)].map(({ text }) => glob(text));
      for (const target of app.namedIn(statement.Resource))
        for (const role of roles) {
          const grants = byTarget.get(target) ?? [];
          grants.push({ role, actions, target });
          byTarget.set(target, grants);
        }
    }
  };
  for (const role of app.ofType('AWS::IAM::Role')) {
    const inline = role.properties.Policies;
    if (Array.isArray(inline)) for (const policy of inline) read(valueAt(policy, 'PolicyDocument'), [role]);
  }
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'))
    read(policy.properties.PolicyDocument, app.namedIn(policy.properties.Roles));

  const workers = new Map<Resource, Resource[]>();
  for (const compute of app.ofType(...computeTypes))
    for (const role of rolesOf(compute, app)) {
      const list = workers.get(role) ?? [];
      list.push(compute);
      workers.set(role, list);
    }
  return {
    callers(target, actions) {
      const found = new Set<Resource>();
      for (const grant of byTarget.get(target) ?? [])
        if (actions.some((action) => grant.actions.some((pattern) => pattern.test(action))))
          for (const compute of workers.get(grant.role) ?? []) if (compute !== target) found.add(compute);
      return [...found];
    },
  };
}

function rolesOf(compute: Resource, app: Architecture): readonly Resource[] {
  const named = (path: string, of: Resource = compute): readonly Resource[] => {
    const text = textAt(of.properties, path);
    const role = typeof text === 'string' ? app.named(text) : undefined;
    return role === undefined ? [] : [role];
  };
  if (compute.type === 'AWS::ECS::Service') {
    const definition = taskDefinitionOf(compute, app);
    return definition === undefined ? [] : named('TaskRoleArn', definition);
  }
  if (compute.type === 'AWS::StepFunctions::StateMachine') return named('RoleArn');
  if (compute.type === 'AWS::AutoScaling::AutoScalingGroup' || compute.type === 'AWS::EC2::Instance') {
    const template = app.namedIn(compute.properties.LaunchTemplate);
    const profiles = [compute, ...template].flatMap((owner) =>
      owner.uses.map((link) => link.to).filter((to) => to.type === 'AWS::IAM::InstanceProfile'),
    );
    return profiles.flatMap((profile) => app.namedIn(profile.properties.Roles));
  }
  return named('Role');
}

export function taskDefinitionOf(service: Resource, app: Architecture): Resource | undefined {
  const definition = textAt(service.properties, 'TaskDefinition');
  return typeof definition === 'string' ? app.named(definition) : undefined;
}
