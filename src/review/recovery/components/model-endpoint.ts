/** SageMaker endpoints: instances that load a model; two or more are spread over zones. */
import { flagAt, isUnresolved, listAt, numberAt } from '../../../architecture/index.ts';
import { guess, part } from '../figures.ts';
import type { ComponentModel, Doubt } from '../model.ts';
import { automatic, doubtOf, manual, rollback } from '../options.ts';
import { optionsOfCopies } from '../running-copies.ts';

const modelLoads = part(
  'a new instance starts and loads the model',
  300,
  1_200,
  guess('5–20 min; it grows with the model, and AWS states no time'),
);

export const modelEndpoint: ComponentModel = {
  types: ['AWS::SageMaker::Endpoint'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const variants = resource.uses
      .map(({ to }) => to)
      .filter(({ type }) => type === 'AWS::SageMaker::EndpointConfig')
      .flatMap((config) => listAt(config.properties, 'ProductionVariants'));
    const counts = variants.map((variant) => {
      if (listAt(variant, 'ServerlessConfig').length > 0) return 2;
      const count = numberAt(variant, 'InitialInstanceCount') ?? 1;
      if (isUnresolved(count))
        doubts.push(doubtOf(['lost-instance', 'lost-zone'], 'InitialInstanceCount', count));
      return isUnresolved(count) ? 1 : count;
    });
    const copies = Math.min(...counts, counts.length === 0 ? 1 : Number.POSITIVE_INFINITY);
    const rollsBack =
      listAt(resource.properties, 'DeploymentConfig.AutoRollbackConfiguration.Alarms').length > 0;
    const retains = flagAt(resource.properties, 'RetainAllVariantProperties') === true;
    return {
      kind: 'model-endpoint',
      label: 'SageMaker endpoint',
      data: 'none',
      options: [
        ...optionsOfCopies({
          what: 'instance',
          copies,
          // With one instance too, SageMaker may place the next one in another zone.
          zones: 2,
          takeOver: [],
          replace: [modelLoads],
          otherZone: [modelLoads],
        }),
        rollsBack
          ? automatic(['bad-deploy'], 'goes back when the alarm of the deployment fires', [
              rollback(context.inputs),
            ])
          : manual(
              ['bad-deploy'],
              `is put back to the previous configuration${retains ? ' (its scaling stays)' : ''}`,
              [rollback(context.inputs)],
            ),
      ],
      doubts,
      copies,
    };
  },
};
