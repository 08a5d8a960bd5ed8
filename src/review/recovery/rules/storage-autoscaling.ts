/** RDS storage that does not grow. */
import { isUnresolved, valueAt } from '../../../architecture/index.ts';
import { propertyEvidence, recoveryRule, trustedAdvisor } from './property-rule.ts';

export const storageAutoscaling = recoveryRule({
  id: 'storage-autoscaling',
  severity: 'low',
  title: 'RDS storage grows automatically',
  why: 'A full disk stops the database; until then somebody must notice and enlarge it.',
  reference: trustedAdvisor,
  check: (context) => {
    for (const resource of context.app.ofType('AWS::RDS::DBInstance')) {
      // Aurora's storage grows by itself.
      if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) continue;
      const maxStorage = valueAt(resource.properties, 'MaxAllocatedStorage');
      context.checked();
      if (isUnresolved(maxStorage))
        context.unclear({ resource, what: 'MaxAllocatedStorage', because: maxStorage.reason });
      else if (maxStorage === undefined)
        context.found({
          resource,
          title: `${resource.name} does not grow when its disk fills up`,
          fix: 'MaxAllocatedStorage: twice the present size (CDK: maxAllocatedStorage)',
          evidence: [propertyEvidence(resource, 'MaxAllocatedStorage', maxStorage)],
        });
    }
  },
});
