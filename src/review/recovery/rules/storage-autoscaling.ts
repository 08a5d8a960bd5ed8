/** Database storage that fills up and stops. */
import { isUnresolved, valueAt } from '../../../architecture/index.ts';
import { advisor, customRule, shown } from './kit.ts';

export const storageAutoscaling = customRule({
  id: 'storage-autoscaling',
  severity: 'low',
  title: 'RDS storage grows before it is full',
  why: 'A full disk stops the database; growing it by hand takes until somebody notices.',
  reference: advisor,
  check: (context) => {
    for (const resource of context.app.ofType('AWS::RDS::DBInstance')) {
      // Aurora's storage grows by itself.
      if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) continue;
      const most = valueAt(resource.properties, 'MaxAllocatedStorage');
      context.checked();
      if (isUnresolved(most))
        context.unclear({ resource, what: 'MaxAllocatedStorage', because: most.reason });
      else if (most === undefined)
        context.found({
          resource,
          title: `${resource.name} does not grow when its disk fills up`,
          fix: 'MaxAllocatedStorage: twice the present size (CDK: maxAllocatedStorage)',
          evidence: [shown(resource, 'MaxAllocatedStorage', most)],
        });
    }
  },
});
