/**
 * Which compute may call which API on which resource, read from the roles' policies in the template. A stand-in for
 * "who uses whom" where nobody has measured it; managed policies and NotAction are not read, as they name no resource.
 */
import { at, isMap, type Resource, type Subject, textAt, textsIn } from '../../subject/index.ts';

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

export function readAccess(subject: Subject): Access {
  const byTarget = new Map<Resource, Grant[]>();
  const read = (document: Parameters<typeof at>[0], roles: readonly Resource[]) => {
    const statements = at(document, 'Statement');
    for (const statement of Array.isArray(statements) ? statements : [statements]) {
      if (!isMap(statement) || statement.Effect !== 'Allow') continue;
      const actions = [...textsIn(statement.Action)].map(({ text }) => glob(text));
      for (const target of subject.namedIn(statement.Resource))
        for (const role of roles) {
          const grants = byTarget.get(target) ?? [];
          grants.push({ role, actions, target });
          byTarget.set(target, grants);
        }
    }
  };
  for (const role of subject.ofType('AWS::IAM::Role')) {
    const inline = role.properties.Policies;
    if (Array.isArray(inline)) for (const policy of inline) read(at(policy, 'PolicyDocument'), [role]);
  }
  for (const policy of subject.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'))
    read(policy.properties.PolicyDocument, subject.namedIn(policy.properties.Roles));

  const workers = new Map<Resource, Resource[]>();
  for (const compute of subject.ofType(...computeTypes))
    for (const role of rolesOf(compute, subject)) {
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

function rolesOf(compute: Resource, subject: Subject): readonly Resource[] {
  const named = (path: string, of: Resource = compute): readonly Resource[] => {
    const text = textAt(of.properties, path);
    const role = typeof text === 'string' ? subject.named(text) : undefined;
    return role === undefined ? [] : [role];
  };
  if (compute.type === 'AWS::ECS::Service') {
    const definition = taskDefinitionOf(compute, subject);
    return definition === undefined ? [] : named('TaskRoleArn', definition);
  }
  if (compute.type === 'AWS::StepFunctions::StateMachine') return named('RoleArn');
  if (compute.type === 'AWS::AutoScaling::AutoScalingGroup' || compute.type === 'AWS::EC2::Instance') {
    const template = subject.namedIn(compute.properties.LaunchTemplate);
    const profiles = [compute, ...template].flatMap((owner) =>
      owner.uses.map((link) => link.to).filter((to) => to.type === 'AWS::IAM::InstanceProfile'),
    );
    return profiles.flatMap((profile) => subject.namedIn(profile.properties.Roles));
  }
  return named('Role');
}

export function taskDefinitionOf(service: Resource, subject: Subject): Resource | undefined {
  const definition = textAt(service.properties, 'TaskDefinition');
  return typeof definition === 'string' ? subject.named(definition) : undefined;
}
