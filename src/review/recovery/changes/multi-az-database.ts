/** A standby of an RDS instance in another zone. */
import { textAt } from '../../../architecture/index.ts';
import { standby } from '../components/rds-instance.ts';
import { type Change, dataSize, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const multiAzDatabase: Change = {
  id: 'multi-az-database',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::RDS::DBInstance' || component.copies !== 1) return undefined;
    const engine = String(textAt(resource.properties, 'Engine') ?? 'unknown');
    const cls = String(textAt(resource.properties, 'DBInstanceClass') ?? 'unknown');
    const storage = String(textAt(resource.properties, 'StorageType') ?? 'gp2');
    const gb = Number(textAt(resource.properties, 'AllocatedStorage') ?? context.dataGb(resource));
    const quantity = Number.isFinite(gb) ? gb : context.dataGb(resource);
    return proposalFor(
      'multi-az-database',
      component,
      {
        title: `Give ${component.resource.name} a standby in another zone`,
        how: 'MultiAZ: true (CDK: multiAz: true)',
        prices: [
          {
            priceId: `rds.${engine}.${cls}.multi-az`,
            instead: `rds.${engine}.${cls}.single-az`,
            what: 'the standby instance',
            quantity: hoursPerMonth,
            basis: fromTemplate('730 h a month', resource, 'DBInstanceClass'),
          },
          {
            priceId: `rds.${storage}.storage.multi-az`,
            instead: `rds.${storage}.storage.single-az`,
            what: "the standby's storage",
            quantity,
            basis: dataSize(quantity, context, resource),
          },
        ],
      },
      [standby],
    );
  },
};
