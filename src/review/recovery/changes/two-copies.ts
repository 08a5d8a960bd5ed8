/** A second copy of a service, group or endpoint that runs one. */
import { numberAt, type Resource, textAt } from '../../../architecture/index.ts';
import { takeOverOf } from '../components/ecs-service.ts';
import { steps } from '../figures.ts';
import type { Component } from '../model.ts';
import type { WantedPrice } from '../price.ts';
import type { Scenario } from '../report.ts';
import { anotherCopy } from '../running-copies.ts';
import { type Change, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const twoCopies: Change = {
  id: 'two-copies',
  propose: (component, { context }) => {
    const { resource, copies, zones = [] } = component;
    if (copies === undefined || copies > 1) return undefined;
    const scenarios: Scenario[] = [
      'software-fault',
      'lost-instance',
      ...(zones.length > 1 ? (['lost-zone'] as const) : []),
    ];
    if (resource.type === 'AWS::ECS::Service')
      return proposalFor(
        'two-copies',
        component,
        {
          title: `Run at least two tasks of ${component.resource.name}`,
          how: 'DesiredCount: 2, and MinCapacity: 2 on its scaling target (CDK: desiredCount, minCapacity)',
          prices: taskPrices(component),
        },
        [anotherCopy(scenarios, 'task', takeOverOf(resource, context))],
      );
    if (resource.type === 'AWS::AutoScaling::AutoScalingGroup')
      return proposalFor(
        'two-copies',
        component,
        {
          title: `Run at least two instances in ${component.resource.name}`,
          how: 'MinSize: 2 (CDK: minCapacity: 2), over subnets of two zones',
          prices: [
            {
              priceId: `ec2.${instanceType(resource)}`,
              what: 'the second instance',
              quantity: hoursPerMonth,
              basis: fromTemplate('730 h a month', resource, 'MinSize'),
            },
          ],
        },
        [anotherCopy(scenarios, 'instance', [steps.targetFoundUnhealthy])],
      );
    if (resource.type === 'AWS::SageMaker::Endpoint') {
      const config = resource.uses.map(({ to }) => to).find(({ type }) => type.endsWith('EndpointConfig'));
      const type = String(textAt(config?.properties, 'ProductionVariants.0.InstanceType') ?? 'unknown');
      return proposalFor(
        'two-copies',
        component,
        {
          title: `Run two instances behind ${component.resource.name}`,
          how: 'InitialInstanceCount: 2 in its ProductionVariants',
          prices: [
            {
              priceId: `sagemaker.hosting.${type}`,
              what: 'the second instance',
              quantity: hoursPerMonth,
              basis: fromTemplate('730 h a month', resource, 'EndpointConfigName'),
            },
          ],
        },
        [anotherCopy(['software-fault', 'lost-instance', 'lost-zone'], 'instance', [])],
      );
    }
    return undefined;
  },
};

function instanceType(group: Resource): string {
  for (const { to } of group.uses) {
    const type =
      textAt(to.properties, 'LaunchTemplateData.InstanceType') ?? textAt(to.properties, 'InstanceType');
    if (typeof type === 'string') return type;
  }
  return 'unknown';
}

function taskPrices({ resource, copies = 1 }: Component): WantedPrice[] {
  const task = resource.uses.map(({ to }) => to).find(({ type }) => type === 'AWS::ECS::TaskDefinition');
  const cpu = numberAt(task?.properties, 'Cpu');
  const memory = numberAt(task?.properties, 'Memory');
  const arm = textAt(task?.properties, 'RuntimePlatform.CpuArchitecture') === 'ARM64' ? '.arm64' : '';
  const basis = fromTemplate(
    `730 h a month of ${copies === 0 ? 'two tasks' : 'one more task'}`,
    task ?? resource,
    'Cpu',
  );
  const more = copies === 0 ? 2 : 1;
  // A negative size, however small, would be priced as a negative quantity.
  const vcpu = typeof cpu === 'number' && cpu > 0 ? cpu / 1_024 : undefined;
  const gb = typeof memory === 'number' && memory > 0 ? memory / 1_024 : undefined;
  if (vcpu === undefined || gb === undefined)
    return [
      {
        priceId: 'fargate.vcpu',
        what: 'the second task',
        quantity: hoursPerMonth,
        basis,
        noRow: 'the template does not give the task a Cpu and a Memory above 0',
      },
    ];
  return [
    { priceId: `fargate.vcpu${arm}`, what: `${vcpu} vCPU`, quantity: vcpu * hoursPerMonth * more, basis },
    { priceId: `fargate.memory${arm}`, what: `${gb} GB`, quantity: gb * hoursPerMonth * more, basis },
  ];
}
