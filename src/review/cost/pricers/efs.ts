/** Shared file systems: https://aws.amazon.com/efs/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { constant, perUse, times } from '../amount.ts';
import { line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { assumed, monthly } from './questions.ts';

export const fileSystem: Pricer = {
  types: ['AWS::EFS::FileSystem'],
  questions: () => [
    monthly('storedGB', 'Data stored', 'GB', () => assumed(constant(5, 'GB'), 'a small shared folder')),
    monthly('transferGB', 'Data read and written (elastic throughput)', 'GB', (flow) =>
      assumed(perUse(0.001, 'GB'), `a megabyte per ${flow.uses.unit}`),
    ),
  ],
  items: (files, flow) => {
    const zone = files.properties.AvailabilityZoneName === undefined ? 'standard' : 'onezone';
    const elastic = textAt(files.properties, 'ThroughputMode') === 'elastic';
    const provisioned = read(files).number('ProvisionedThroughputInMibps', 0) ?? 0;
    return [
      line(`efs.${zone}.storage`, flow.of(files, 'storedGB')),
      ...(elastic
        ? [
            line('efs.elastic.read', times(flow.of(files, 'transferGB'), 0.5, 'half of it read')),
            line('efs.elastic.write', times(flow.of(files, 'transferGB'), 0.5, 'half of it written')),
          ]
        : []),
      ...(provisioned > 0 ? [line('efs.provisioned-throughput', constant(provisioned, 'MB/s'))] : []),
    ];
  },
};
